// `ventanilla diff A B`: what differs between two releases or drafts, in words.
import { parseArgs } from 'node:util';
import { AppError } from '../../domain/errors.ts';
import { sayInEnglish } from '../../release/say-difference.ts';
import { SEES_ALL } from '../../runtime/content/sight.ts';
import { partsOf } from '../../release/entry.ts';
import type { Command } from '../command.ts';
import { withContent } from '../open-content.ts';

export const diff: Command = {
  name: 'diff',
  summary: 'say what differs between two releases or drafts: diff 1 current',
  usage: 'diff A B [--json]',
  run(args) {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json: { type: 'boolean', default: false } } });
    const [from, to] = positionals;
    if (from === undefined || to === undefined) throw new AppError('cli.usage', `Usage: ventanilla ${diff.usage}`);
    return withContent(async ({ content, find }) => {
      const [before, after] = [await find(from), await find(to)];
      const { differences, total } = await content.workshop.ask('differences', after, { sight: SEES_ALL }, before);
      if (values.json) console.log(JSON.stringify({ total, differences }, null, 2));
      else {
        for (const difference of differences) console.log(sayInEnglish({ ...difference, file: partsOf(difference.address).file }));
        console.log(total === 0 ? 'Nothing differs.' : `${total} ${total === 1 ? 'entry differs' : 'entries differ'}.`);
      }
      return 0;
    });
  },
};
