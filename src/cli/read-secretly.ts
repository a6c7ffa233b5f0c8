// Reads what must not be seen: an address, from a terminal without showing it, or from standard input.
// Used by the command `erase`. Nothing of it is printed, logged or kept.
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

export interface Answers {
  /** Asks and does not show what is typed. */
  secret(question: string): Promise<string>;
  /** Asks and shows what is typed. */
  plain(question: string): Promise<string>;
  close(): void;
}

/** Opens standard input: a person at a terminal, or a program that gives one answer a line. */
export function openAnswers(): Answers {
  const terminal = process.stdin.isTTY;
  let silent = false;
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!silent) process.stderr.write(chunk);
      done();
    },
  });
  const reader = createInterface({ input: process.stdin, output, terminal });
  const lines = reader[Symbol.asyncIterator]();

  async function next(question: string, hide: boolean): Promise<string> {
    if (terminal) process.stderr.write(question);
    silent = hide;
    const { value } = (await lines.next()) as { value: string | undefined };
    silent = false;
    if (terminal && hide) process.stderr.write('\n');
    return (value ?? '').trim();
  }

  return { secret: (question) => next(question, true), plain: (question) => next(question, false), close: () => reader.close() };
}
