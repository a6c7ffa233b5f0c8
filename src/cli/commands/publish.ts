// `ventanilla publish DRAFT`: publishes a draft after every check, transcript and approval that it needs. A command approves nothing.
import { parseArgs } from 'node:util';
import { AppError } from '../../domain/errors.ts';
import { loadDraft } from '../../store/drafts.ts';
import type { Command } from '../command.ts';
import { OPERATOR, withContent } from '../open-content.ts';

export const publish: Command = {
  name: 'publish',
  summary: 'publish a draft, after every check and approval',
  usage: 'publish DRAFT',
  run(args) {
    const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
    const [id] = positionals;
    if (id === undefined) throw new AppError('cli.usage', `Usage: ventanilla ${publish.usage}. Drafts and their ids stand in the console.`);
    return withContent(async ({ store, content }) => {
      const draft = await store.read((reader) => loadDraft(reader, id));
      if (!draft) throw new AppError('store.not_found', 'There is no such draft.');
      const { number, check, conflicts, needs } = await content.publishing.publish(OPERATOR, id, draft.revision);
      if (number !== null) {
        console.log(`Release ${number} is in place. A running service takes it up within seconds.`);
        return 0;
      }
      if (needs.approval) console.error('Somebody who wrote nothing of it has to approve it first, in the console.');
      for (const language of needs.languages) console.error(`The community of ${language} has to sign it first, in the console.`);
      for (const { address } of conflicts)
        console.error(`A newer release changed this as well: ${address}. Decide in the console which stands.`);
      for (const problem of check?.problems ?? [])
        if (problem.severity === 'error') console.error(`${problem.file}:${problem.line}: ${problem.message}`);
      for (const { file, expected, said } of check?.transcripts.failed ?? [])
        console.error(`${file} expects "${expected}", but the line says: ${said}`);
      console.error('Nothing was published.');
      return 1;
    });
  },
};
