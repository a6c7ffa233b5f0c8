// Logs say nothing of people, whatever is handed to them.
import { expect, it } from 'vitest';
import { AppError } from '../../src/domain/errors.ts';
import { openLog } from '../../src/util/log.ts';

function logged(fields: Record<string, unknown>): string {
  const lines: string[] = [];
  openLog('info', { write: (line: string) => void lines.push(line) }).error(fields, 'something failed');
  return lines.join('');
}

it("drops a foreign error's message, which may quote a person", () => {
  const line = logged({ error: new Error('could not send "mi marido me pega" to +34600123456') });
  expect(line).not.toMatch(/marido|600123456/);
  expect(line).toContain('"name":"Error"');
});

it('keeps our own message and code, with numbers masked', () => {
  const line = logged({ error: new AppError('channel.rejected', 'Refused for +34 600 123 456', { cause: new Error('secret cause') }) });
  expect(line).toContain('channel.rejected');
  expect(line).not.toMatch(/600 123 456|secret cause/);
});

it('writes no objects', () => expect(logged({ body: { text: 'hola' } })).not.toContain('hola'));
