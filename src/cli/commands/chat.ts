// `ventanilla chat`: talks to the hotline in this terminal, in any language, as any channel, with no network and no store.
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { projectFolder } from '../../app.ts';
import { openTerminal, TERMINAL_CAPABILITIES, TERMINAL_STYLES } from '../../channels/terminal/terminal.ts';
import { AppError } from '../../domain/errors.ts';
import type { TurnInput } from '../../engine/env.ts';
import { createPlayer } from '../../runtime/player.ts';
import { newId } from '../../util/ids.ts';
import type { Command } from '../command.ts';
import { compileOrReport } from '../compile-or-report.ts';

export const chat: Command = {
  name: 'chat',
  summary: 'talk to the hotline here, in any language, as any channel',
  usage: 'chat [--flow FLOW] [--language TAG] [--channel sms|whatsapp|web]',
  async run(args) {
    const { values } = parseArgs({
      args,
      options: { flow: { type: 'string' }, language: { type: 'string' }, channel: { type: 'string', default: 'web' } },
    });
    const style = TERMINAL_STYLES.find((name) => name === values.channel);
    if (!style) throw new AppError('cli.usage', `--channel is one of ${TERMINAL_STYLES.join(', ')}.`);
    const release = (await compileOrReport(projectFolder))?.release;
    if (!release) return 1;
    if (values.flow && !release.program.flows.has(values.flow))
      throw new AppError('cli.usage', `There is no flow "${values.flow}". Flows: ${[...release.program.flows.keys()].join(', ')}.`);
    const player = createPlayer(release, {
      channel: style,
      capabilities: TERMINAL_CAPABILITIES[style],
      now: Date.now,
      ...(values.flow ? { flow: values.flow } : {}),
      ...(values.language ? { language: values.language } : {}),
    });
    const terminal = openTerminal({ style, write: (text) => process.stdout.write(`\n${text}`), now: Date.now, newId });
    const say = async (input: TurnInput): Promise<void> => {
      const to = { kind: 'user' as const, value: 'terminal' };
      for (const message of player.play(input).messages)
        await terminal.channel.send({ id: newId(), conversationId: 'terminal', to, message, createdAt: Date.now(), attempts: 0 });
    };
    if (values.flow) await say({ kind: 'opened' });
    console.log('Type a message, or /1 to press a button; an empty line or Ctrl-D ends.\n');
    const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ', terminal: process.stdin.isTTY });
    lines.prompt();
    for await (const line of lines) {
      if (line.trim() === '') break;
      const { text, payload } = terminal.read(line);
      await say({ kind: 'message', text, ...(payload === undefined ? {} : { payload }) });
      lines.prompt();
    }
    lines.close();
    return 0;
  },
};
