// `ventanilla audit verify`: follows the audit log from its first entry to its sealed head, and says which entry is not as it was
// written. `ventanilla audit head` prints the head, to be kept where nobody who can write the database can write.
import { parseArgs } from 'node:util';
import { AppError } from '../../domain/errors.ts';
import { auditHead, hashOfEntry, verifyAudit, type AuditHead } from '../../store/audit.ts';
import type { Store } from '../../store/store.ts';
import type { Command } from '../command.ts';
import { openStoreBeside } from '../open-store-beside.ts';

export const audit: Command = {
  name: 'audit',
  summary: 'check that nobody has changed the audit log, or print its head',
  usage: 'audit verify [--known "NUMBER HASH"] [--json] | audit head [--json]',
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { known: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const [what] = positionals;
    if ((what !== 'verify' && what !== 'head') || positionals.length > 1)
      throw new AppError('cli.usage', 'Say what to do: audit verify, or audit head.');
    const known = values.known === undefined ? null : parseHead(values.known);
    const store = await openStoreBeside();
    try {
      return what === 'head' ? await printHead(store, values.json) : await verify(store, known, values.json);
    } finally {
      await store.close();
    }
  },
};

async function printHead(store: Store, json: boolean): Promise<number> {
  const head = await store.read(auditHead);
  console.log(json ? JSON.stringify(head) : `${head.seq} ${head.hash}`);
  if (!head.sound) console.error('The head is not what this program wrote. Run `ventanilla audit verify`.');
  return head.sound ? 0 : 1;
}

async function verify(store: Store, known: AuditHead | null, json: boolean): Promise<number> {
  const verdict = await store.read(verifyAudit);
  const cut = known !== null && (await store.read((reader) => hashOfEntry(reader, known.seq))) !== known.hash;
  if (json) console.log(JSON.stringify({ ...verdict, ...(known === null ? {} : { known: !cut }) }));
  else if (!verdict.intact) console.error(`Entry ${verdict.seq} of the audit log is wrong: ${verdict.reason}.`);
  else if (!cut) console.log(`The audit log is intact: ${verdict.head.seq} entries. Head: ${verdict.head.seq} ${verdict.head.hash}`);
  if (cut && !json)
    console.error(`Entry ${known.seq} of the audit log is not the one whose hash was given: the log was cut off or written anew since.`);
  return verdict.intact && !cut ? 0 : 1;
}

function parseHead(text: string): AuditHead {
  const [, seq, hash] = /^(\d+) ([0-9a-f]{64})$/.exec(text.trim().replaceAll(':', '')) ?? [];
  if (seq === undefined || hash === undefined)
    throw new AppError(
      'cli.usage',
      '--known takes what `ventanilla audit head` printed, or the number and hash of an entry in the log: a number, a space, and 64 letters and digits.',
    );
  return { seq: Number(seq), hash };
}
