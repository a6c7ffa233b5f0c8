// Publishing a large hotline: 100 flows, 27 languages, 500 answers, 1,000 transcripts, with people who write meanwhile.
// In this process, over HTTP, with real accounts; people's messages come from a loop that waits for nothing. Called by run.ts.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { projectFolder } from '../../src/app.ts';
import { openApiDesk, type ApiDesk } from '../support/api-desk.ts';
import type { Place } from '../support/places.ts';
import { percentile } from './measure.ts';
import type { Figure } from './run.ts';

const FLOWS = 100;
const ANSWERS = 500;
const ANSWERS_A_FILE = 25;
const TRANSCRIPTS = 1000;
const PER_SECOND = 20;
const QUIET_SECONDS = 10;
const REST_MS = 60_000;

/** How long publishing takes without the training of the answer search, and what people feel of it. */
export async function benchPublish(name: string, place: Place): Promise<Figure[]> {
  const folder = largeHotline();
  const desk = await openApiDesk(place, { clock: Date.now, folder });
  try {
    const eva = await desk.join({ alias: 'Eva', roles: ['editor'], languages: ['en'], deskIds: [] });
    const rosa = await desk.join({ alias: 'Rosa', roles: ['reviewer'], languages: ['en'], deskIds: [] });
    const { id } = await eva.call('createDraft', { body: { title: 'Opening hours' } });
    const params = { id };
    const edits = [{ address: 'flows/settings/hotline.yaml#complaint_answer_days', value: 15 + 1, expects: 0 }];
    await eva.call('editDraft', { params, body: { edits } });
    // Trains the answer search: that is measured apart (measure-answers).
    const first = performance.now();
    const { transcripts } = await eva.call('checkDraft', { params });
    const checked = performance.now() - first;
    // Copies of an answer answer what was asked of it: what was said to a free question is another one here.
    const other = transcripts.failed.map(({ file }) => ({ address: `${file}#transcript`, expects: 0 }));
    if (other.length > 0) await eva.call('editDraft', { params, body: { edits: other } });
    const { revision } = await eva.call('readDraft', { params });
    // Nobody has checked this revision: publishing does it all.
    await rosa.call('approveDraft', { params, body: { revision, language: null } });
    const people = writing(desk);
    await new Promise((resolve) => setTimeout(resolve, QUIET_SECONDS * 1000));
    const began = performance.now();
    const outcome = await eva.call('publishDraft', { params, body: { revision } });
    const ended = performance.now();
    await people.stop();
    const quiet = people.waited(began - QUIET_SECONDS * 1000, began);
    const meanwhile = people.waited(began, ended);
    const failed = outcome.check?.transcripts.failed.length ?? 0;
    if (outcome.number === null)
      throw new Error(`Not published: ${failed} transcripts, ${JSON.stringify(outcome.check?.problems.slice(0, 3))}`);
    const counts = { flows: FLOWS, answers: ANSWERS, transcripts: outcome.check?.transcripts.passed ?? 0, languages: 27 };
    return [
      { name: `publish_${name}`, value: Math.round(ended - began), unit: 'ms', first_check_with_training: Math.round(checked), ...counts },
      {
        name: `publish_others_p99_${name}`,
        value: Math.round(percentile(meanwhile, 0.99)),
        unit: 'ms',
        before: Math.round(percentile(quiet, 0.99)),
        median: Math.round(percentile(meanwhile, 0.5)),
        median_before: Math.round(percentile(quiet, 0.5)),
        messages: meanwhile.length,
      },
    ];
  } finally {
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** People who write all the time; from the moment at which a message was due to its answer, so that a standstill counts for all who came in it. */
function writing(desk: ApiDesk): { waited(from: number, to: number): number[]; stop(): Promise<void> } {
  const dues = new Map<string, number>();
  const answered: { due: number; ms: number }[] = [];
  const { sent, app } = desk.hotline;
  const first = performance.now();
  let seen = sent.length;
  let written = 0;
  const write = (due: number): void => {
    const value = `+34611${String(++written).padStart(6, '0')}`;
    dues.set(value, due);
    void app.service.context.receive({
      channel: 'test',
      externalId: `publish-${written}`,
      from: [{ kind: 'phone', value }],
      text: 'hola',
      media: [],
      opened: false,
      receivedAt: Date.now(),
    });
  };
  const writeDue = (): void => {
    const due = (): number => first + (written * 1000) / PER_SECOND;
    while (due() <= performance.now()) write(due());
  };
  const look = (): void => {
    for (const { to } of sent.slice(seen)) {
      const due = dues.get(to.value);
      if (due !== undefined) answered.push({ due, ms: performance.now() - due });
      dues.delete(to.value);
    }
    seen = sent.length;
  };
  const writer = setInterval(writeDue, 5);
  const looker = setInterval(look, 5);
  return {
    waited: (from, to) => answered.filter(({ due }) => due >= from && due < to).map(({ ms }) => ms),
    /** Writes no more and waits for what is still to be answered. */
    async stop() {
      clearInterval(writer);
      const until = performance.now() + REST_MS;
      while (dues.size > 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
      clearInterval(looker);
      if (dues.size > 0) throw new Error(`${dues.size} messages were not answered within ${REST_MS / 1000} s.`);
    },
  };
}

/** This project's content, made larger: its flows, answers and transcripts many times over, texts in all languages. */
function largeHotline(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-large-'));
  for (const name of ['flows', 'locales', 'test/flows'])
    cpSync(path.join(projectFolder, name), path.join(folder, name), { recursive: true });
  const tags = readdirSync(path.join(folder, 'locales')).filter((name) => !name.endsWith('.yaml'));
  copyFlows(folder, tags);
  copyAnswers(folder, tags);
  const transcripts = readdirSync(path.join(folder, 'test/flows'));
  for (let n = 0; n < TRANSCRIPTS - transcripts.length; n++) {
    const from = transcripts[n % transcripts.length] ?? '';
    cpSync(path.join(folder, 'test/flows', from), path.join(folder, 'test/flows', from.replace('.', `_copy_${n}.`)));
  }
  return folder;
}

function copyFlows(folder: string, tags: readonly string[]): void {
  const there = readdirSync(path.join(folder, 'flows')).filter((name) => name.endsWith('.yaml')).length;
  const flow = readFileSync(path.join(folder, 'flows/school.yaml'), 'utf8').replace(/^triggers:.*$/m, '');
  for (let n = there; n < FLOWS; n++) {
    writeFileSync(path.join(folder, `flows/copy_${n}.yaml`), flow);
    // A flow that nobody leads to would be a warning; its texts count all the same.
    for (const tag of tags) copyTexts(folder, tag, n);
  }
}

function copyTexts(folder: string, tag: string, n: number): void {
  const own = path.join(folder, 'locales', tag, 'school.json');
  const from = exists(own) ? own : path.join(folder, 'locales/en/school.json');
  const { keywords: _keywords, ...texts } = JSON.parse(readFileSync(from, 'utf8')) as Record<string, unknown>;
  writeFileSync(path.join(folder, 'locales', tag, `copy_${n}.json`), JSON.stringify(texts, null, 2));
}

function exists(file: string): boolean {
  try {
    return readFileSync(file).length > 0;
  } catch {
    return false;
  }
}

function copyAnswers(folder: string, languages: readonly string[]): void {
  const place = path.join(folder, 'flows/answers');
  const entries = readdirSync(place).flatMap(
    (file) => parse(readFileSync(path.join(place, file), 'utf8')) as { id: string; replaces?: string }[],
  );
  const general = entries.filter(({ replaces }) => replaces === undefined);
  mkdirSync(place, { recursive: true });
  const copies = Array.from({ length: ANSWERS - entries.length }, (_, n) => ({
    ...(general[n % general.length] as { id: string }),
    id: `C${n}`,
    from: general[n % general.length]?.id ?? '',
  }));
  // A file for each topic, as the shipped ones are.
  for (const [n, some] of chunks(copies, ANSWERS_A_FILE).entries())
    writeFileSync(path.join(place, `copies_${n}.yaml`), stringify(some.map(({ from: _from, ...entry }) => entry)));
  for (const tag of languages) {
    const file = path.join(folder, 'locales', tag, 'answers.json');
    const source = exists(file) ? file : path.join(folder, 'locales/en/answers.json');
    const texts = JSON.parse(readFileSync(source, 'utf8')) as Record<string, unknown>;
    const added = copies.flatMap(({ id, from }, n) =>
      Object.entries(texts).flatMap(([key, value]) => {
        if (key !== from && !key.startsWith(`${from}.`) && !key.startsWith(`${from}_`)) return [];
        const own =
          key === `${from}.title` && typeof value === 'string'
            ? `${value} ${n}`
            : key.endsWith('.phrasings') && Array.isArray(value)
              ? value.map((one) => `${String(one)} ${n}`)
              : value;
        return [[id + key.slice(from.length), own] as const];
      }),
    );
    writeFileSync(file, JSON.stringify({ ...texts, ...Object.fromEntries(added) }, null, 2));
  }
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, n) => list.slice(n * size, (n + 1) * size));
}
