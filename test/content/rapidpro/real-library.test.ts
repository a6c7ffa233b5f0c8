// A whole library of real flows (ParentText: 159 flows, 1,673 nodes), where it lies beside the project or at PEERS: all of it is taken over,
// passes the checks together with the hotline's own content, and can be walked through without a fault. It is read in place, never copied.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectFolder } from '../../../src/app.ts';
import { TERMINAL_CAPABILITIES } from '../../../src/channels/terminal/terminal.ts';
import { memorySource } from '../../../src/content/file-source.ts';
import { identifyLanguage } from '../../../src/content/language-model.ts';
import { loadFiles } from '../../../src/content/load-files.ts';
import { readRapidPro, type RapidProResult } from '../../../src/content/rapidpro/read-rapidpro.ts';
import { summariseImport } from '../../../src/content/rapidpro/summarise.ts';
import { compileRelease, type CompiledRelease } from '../../../src/release/compile.ts';
import { formatProblem } from '../../../src/release/problem.ts';
import { createPlayer } from '../../../src/runtime/player.ts';

const peers = process.env['PEERS'] ?? path.resolve(projectFolder, '../shared/peers');
const library = path.join(peers, 'rapidpro/parenttext_all.json.gz');
const WRITTEN = ['yes', 'no', 'next', '1', '2', '3', '0', '12', 'hello', 'asdf', 'something else entirely', 'oui', '👍', ''];
const INPUTS = 200;
const MOST_TIME = 240_000;
const MONDAY_MORNING = Date.parse('2026-11-23T10:00:00Z');

describe.skipIf(!existsSync(library))('the ParentText library (skipped where there is no rapidpro/ among the peers)', () => {
  let imported: RapidProResult;
  let release: CompiledRelease;
  let errors: string[];

  beforeAll(async () => {
    const own = await loadFiles(projectFolder);
    const { understand } = compileRelease(own, { identify: identifyLanguage }).release!;
    const existingFlows = new Set(own.flows.map(({ id }) => id));
    imported = readRapidPro(readFileSync(library), {
      languages: { eng: 'en', fra: 'fr' },
      existingFlows,
      sourceLanguage: 'en',
      understand,
    });
    // The library is written in English and mostly in French; the hotline's other languages would be for its translators.
    const settings = own.texts['flows/settings/hotline.yaml']!.replace(/^required_languages: .*$/m, 'required_languages: [en]');
    const files = { ...own.texts, 'flows/settings/hotline.yaml': settings, ...imported.files };
    const compiled = compileRelease(await loadFiles(memorySource(files)), { identify: identifyLanguage });
    errors = compiled.problems.filter(({ severity }) => severity === 'error').map(formatProblem);
    if (compiled.release) release = compiled.release;
  }, MOST_TIME);

  it('is taken over whole, with a note for every node', () => {
    expect(imported.flows).toHaveLength(159);
    expect(imported.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(Object.keys(imported.files).filter((file) => file.startsWith('flows/'))).toHaveLength(159);
    const { nodes, outcomes, reasons } = summariseImport(imported.flows);
    expect(nodes).toBe(1673);
    expect(outcomes.taken_over + outcomes.changed).toBeGreaterThan(nodes * 0.8);
    expect(reasons.find(({ why }) => why === 'label_taken')).toBeUndefined();
  });

  it('passes every check of a release, together with the own content', () => expect(errors).toEqual([]));

  it(
    'can be walked through: no flow meets a fault or falls silent',
    () => {
      const faulty = imported.flows.flatMap(({ id }, index) => {
        const fault = walk(id, 20_261_130 + index);
        return fault === null ? [] : [`${id}: ${fault}`];
      });
      expect(faulty).toEqual([]);
    },
    MOST_TIME,
  );

  /** Writes what a button says or something else, for many turns; begins again when the flow is over. @returns what went wrong */
  function walk(flow: string, from: number): string | null {
    let seed = from;
    const random = (): number => {
      seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
      return seed / 4_294_967_296;
    };
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    let now = MONDAY_MORNING;
    const begin = () =>
      createPlayer(release, { channel: 'web', capabilities: TERMINAL_CAPABILITIES.web, now: () => now, flow, language: 'en' });
    let player = begin();
    let turn = player.play({ kind: 'opened' });
    for (let count = 0; count < INPUTS; count += 1) {
      now += 1000;
      const fault = turn.events.find(({ type }) => type === 'error');
      if (fault) return JSON.stringify(fault);
      if (player.owner() === 'flow' && turn.messages.every(({ text }) => text === '')) return `silence at turn ${count}`;
      const session = player.session();
      if (player.owner() !== 'flow' || !session || session.stack.length === 0) {
        player = begin();
        turn = player.play({ kind: 'opened' });
        continue;
      }
      const labels = turn.messages.flatMap((message) => (message.layout === 'text' ? [] : message.choices.map(({ label }) => label)));
      const text = labels.length > 0 && random() < 0.7 ? pick(labels) : pick(WRITTEN);
      const late = random() < 0.03 && session.wait !== null ? player.play({ kind: 'timeout', token: session.wait.token }) : null;
      if (late === null) turn = player.play({ kind: 'message', text });
      else if (late.messages.length > 0) turn = late;
    }
    return null;
  }
});
