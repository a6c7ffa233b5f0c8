// `ventanilla simulate --conversations N`: load against itself. Plays N conversations of random walks in this process, on a
// store that is thrown away afterwards, and prints turns, faults and latencies. Production data is neither read nor written.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openApp, projectFolder } from '../../app.ts';
import { AppError } from '../../domain/errors.ts';
import type { Command } from '../command.ts';
import { progressLine } from '../progress-line.ts';
import { openSimulation, type Simulation } from '../simulation.ts';

const AT_ONCE = 50;
const MAX_CONVERSATIONS = 1_000_000;

export const simulate: Command = {
  name: 'simulate',
  summary: 'play random conversations against a throw-away store: simulate --conversations N',
  usage: 'simulate [--conversations N] [--turns N] [--seed N] [--json]',
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        conversations: { type: 'string', default: '100' },
        turns: { type: 'string', default: '12' },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
      },
    });
    const conversations = count(values.conversations, '--conversations');
    const result = await play(conversations, count(values.turns, '--turns'), count(values.seed, '--seed'));
    if (values.json) console.log(JSON.stringify(result));
    else {
      console.log(`${result.conversations} conversations, ${result.turns} turns in ${result.seconds} s: ${result.turnsPerSecond} a second`);
      console.log(`answered after, ms: median ${result.p50Ms}, 95% ${result.p95Ms}, 99% ${result.p99Ms}, longest ${result.longestMs}`);
      console.log(`faults: ${result.faults}, not answered: ${result.unanswered}`);
    }
    return result.faults + result.unanswered > 0 ? 1 : 0;
  },
};

function count(text: string, name: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value <= MAX_CONVERSATIONS) return value;
  throw new AppError('cli.usage', `${name} is a whole number from 1 to ${MAX_CONVERSATIONS}. Usage: ventanilla ${simulate.usage}`);
}

interface Result {
  conversations: number;
  turns: number;
  seconds: number;
  turnsPerSecond: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  longestMs: number;
  faults: number;
  unanswered: number;
}

async function play(conversations: number, turns: number, seed: number): Promise<Result> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-simulation-'));
  const simulation = openSimulation(seed);
  const line = progressLine();
  try {
    // Nothing of the environment gets in: no database, no provider, no staff.
    const environment = { DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent' };
    const app = await openApp({ folder: projectFolder, environment, log: simulation.log, modules: [simulation.module] });
    const began = performance.now();
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < conversations) {
        await simulation.converse(next++, turns);
        line.show(`${next} of ${conversations} conversations …`);
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, conversations) }, lane));
    const seconds = (performance.now() - began) / 1000;
    const failed = await app.service.metrics.turns.get();
    await app.close();
    const bad = failed.values.filter(({ labels }) => labels.result !== 'done' && labels.result !== 'passed_over');
    return summarise(
      simulation,
      conversations,
      seconds,
      bad.reduce((sum, { value }) => sum + value, 0),
    );
  } finally {
    line.done();
    rmSync(folder, { recursive: true, force: true });
  }
}

function summarise({ latencies, faults, unanswered }: Simulation, conversations: number, seconds: number, failedTurns: number): Result {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
  return {
    conversations,
    turns: sorted.length,
    seconds: Math.round(seconds * 10) / 10,
    turnsPerSecond: Math.round(sorted.length / seconds),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    longestMs: at(1),
    faults: faults() + failedTurns,
    unanswered: unanswered(),
  };
}
