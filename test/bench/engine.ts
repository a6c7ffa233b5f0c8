// The pure engine: turns a second through the real release, without store or network.
import { projectFolder } from '../../src/app.ts';
import { TERMINAL_CAPABILITIES } from '../../src/channels/terminal/terminal.ts';
import { identifyLanguage } from '../../src/content/language-model.ts';
import { loadFiles } from '../../src/content/load-files.ts';
import { compileRelease } from '../../src/release/compile.ts';
import { createPlayer } from '../../src/runtime/player.ts';
import type { Figure } from './run.ts';

const TALK = ['hola', '1', '1', '2', 'menu', '1', '2', 'back', 'repeat', 'menu'];

/** Turns a second, rendering included. */
export async function benchEngine(): Promise<Figure> {
  const { release } = compileRelease(await loadFiles(projectFolder), { identify: identifyLanguage });
  if (!release) throw new Error('The content does not compile.');
  const now = Date.parse('2026-11-23T10:00:00Z');
  const play = (rounds: number): number => {
    const started = performance.now();
    for (let round = 0; round < rounds; round++) {
      const player = createPlayer(release, { channel: 'sms', capabilities: TERMINAL_CAPABILITIES.sms, now: () => now });
      for (const text of TALK) player.play({ kind: 'message', text });
    }
    return (rounds * TALK.length * 1000) / (performance.now() - started);
  };
  play(200);
  return { name: 'engine_turns', value: play(1000), unit: 'turns/s' };
}
