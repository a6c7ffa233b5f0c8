// Reads files of others as edits of a draft: translators' files, directories, flows of RapidPro. All or nothing, with a report.
// Called in the workshop and by `ventanilla import`. Who may write the edits, and what follows from them, is plan-edits.ts's.
import type { ImportNote } from '../../api/content-shapes.ts';
import { readFileEntries } from '../../content/entries.ts';
import { planImport } from '../../content/exchange/apply-rows.ts';
import { readI18next } from '../../content/exchange/i18next-json.ts';
import { readPo } from '../../content/exchange/po.ts';
import type { ReadResult } from '../../content/exchange/read-result.ts';
import { readXliff } from '../../content/exchange/xliff.ts';
import { readHsds } from '../../content/hsds/read-hsds.ts';
import { readRapidPro } from '../../content/rapidpro/read-rapidpro.ts';
import type { CompiledRelease } from '../../release/compile.ts';
import { addressOf, type Entries } from '../../release/entry.ts';
import { textExchange } from './export-content.ts';
import { mergePlace } from './merge-place.ts';
import type { PlannedEdit } from './plan-edits.ts';
import { languagesOf, sourceLanguage } from './plan-edits.ts';
import { reviewAddress, textAddress } from './open-content.ts';

export interface ImportRequest {
  format: 'po' | 'xliff' | 'i18next' | 'hsds' | 'rapidpro';
  files: { name: string; bytes: Uint8Array }[];
  language: string | null;
  overwriteReviewed: boolean;
  locality: string | null;
  topic: string | null;
  /** Local date, YYYY-MM-DD. */
  today: string;
}

/** Tries words as the release would understand them. */
type Understand = CompiledRelease['understand'];

export interface ImportedEdits {
  edits: PlannedEdit[];
  states: Map<string, 'drafted' | 'machine-drafted'>;
  /** Texts that somebody looked at and left as they are: their state alone changes. */
  confirmed: PlannedEdit[];
  notes: ImportNote[];
}

/** What the files would change. Nothing where they cannot be read: the notes say why. */
export function importContent(entries: Entries, release: number, request: ImportRequest, understand: Understand | null): ImportedEdits {
  if (request.format === 'hsds') return importPlaces(entries, request);
  if (request.format === 'rapidpro') return importFlows(entries, request, understand);
  return importTexts(entries, release, request);
}

const nothing = (notes: ImportNote[]): ImportedEdits => ({ edits: [], states: new Map(), confirmed: [], notes });
const note = (severity: ImportNote['severity'], code: string, message: string, where: string | null = null): ImportNote => ({
  severity,
  code,
  message,
  where,
});

function importTexts(entries: Entries, release: number, request: ImportRequest): ImportedEdits {
  const result = nothing([]);
  for (const { name, bytes } of request.files) {
    const read = readTexts(request.format, name, bytes);
    result.notes.push(
      ...read.problems.map(({ severity, code, message, line, key }) =>
        note(severity, code, message, key ?? `${name}${line === undefined ? '' : `:${line}`}`),
      ),
    );
    if (!read.ok) return nothing(result.notes);
    const language = request.language ?? languageOf(entries, read.language);
    if (language === null || !languagesOf(entries).includes(language))
      return nothing([
        ...result.notes,
        note('error', 'import.language', `The file "${name}" is in no language of this hotline: choose the language.`, name),
      ]);
    if (read.release !== null && read.release !== release)
      result.notes.push(
        note(
          'warning',
          'import.release',
          `The file was exported from release ${read.release}; this draft changes release ${release}. Texts whose source has changed since are left out.`,
          name,
        ),
      );
    const plan = planImport(textExchange(entries, release, language), read, { overwriteReviewed: request.overwriteReviewed });
    for (const { key, target, state } of plan.changes) {
      const address = textAddress(language, key);
      result.edits.push({ address, value: target });
      result.states.set(address, state);
    }
    for (const { key, state } of plan.confirmed) result.confirmed.push({ address: reviewAddress(language, key), value: { state } });
    for (const { key, why } of plan.skipped)
      if (why !== 'unchanged' && why !== 'empty') result.notes.push(note('warning', `import.${why}`, SKIPPED[why], key));
  }
  return result;
}

/** The language of the content that a file names: `fr_FR` is French where there is no French of France. */
function languageOf(entries: Entries, named: string | null): string | null {
  const known = languagesOf(entries);
  const tag = named?.replace('_', '-') ?? '';
  return [tag, tag.split('-')[0] ?? ''].find((one) => known.includes(one)) ?? null;
}

const SKIPPED = {
  unknown_key: 'There is no such text here, or it is a list of words where the file has one text. It was left out.',
  reviewed: 'A reviewed text is not overwritten unless you say so.',
  source_changed: 'Its source has changed since the file was exported: translate it anew.',
  placeholders: 'Its values in {{ }} are not those of the source: mend it and import it again.',
  other_language: 'The file is in another language.',
} as const;

function readTexts(format: ImportRequest['format'], name: string, bytes: Uint8Array): ReadResult {
  if (format === 'po') return readPo(bytes);
  if (format === 'xliff') return readXliff(bytes);
  const namespace = /^([a-z0-9_]+)\.json$/.exec(name)?.[1];
  const plain = readI18next(bytes);
  return plain.ok || namespace === undefined ? plain : readI18next(bytes, { namespace });
}

const DIRECTORY = 'flows/directory/places.yaml';

function importPlaces(entries: Entries, request: ImportRequest): ImportedEdits {
  const localities = [...entries.values()].flatMap(({ kind, key, value }) => {
    if (kind !== 'locality') return [];
    const { latitude, longitude } = value as { latitude?: number; longitude?: number };
    const named = languagesOf(entries).flatMap((tag) => {
      const name = entries.get(`locales/${tag}/localities.json#${key}`)?.value;
      return typeof name === 'string' ? [name] : [];
    });
    return [
      { code: key, names: named, ...(latitude === undefined ? {} : { latitude }), ...(longitude === undefined ? {} : { longitude }) },
    ];
  });
  const { places, report } = readHsds(request.files, {
    today: request.today,
    source: `Open Referral file ${request.files[0]?.name ?? ''}, ${request.today}`,
    defaultTopic: request.topic ?? firstTopic(entries),
    localities,
    privateTopics: privateTopics(entries),
    ...(request.locality === null ? {} : { locality: request.locality }),
  });
  const notes = report.map(({ severity, code, message, record }) => note(severity, code, message, record ?? null));
  const fileOf = new Map([...entries.values()].flatMap(({ kind, key, file }) => (kind === 'place' ? [[key, file] as const] : [])));
  return {
    ...nothing(notes),
    edits: places.map((place) => {
      const address = addressOf(fileOf.get(place.id) ?? DIRECTORY, place.id);
      return { address, value: mergePlace(entries.get(address)?.value, place) };
    }),
  };
}

function privateTopics(entries: Entries): string[] {
  return [...entries.values()].flatMap(({ kind, key, value }) =>
    kind === 'topic' && (value as { private?: boolean }).private === true ? [key] : [],
  );
}

function firstTopic(entries: Entries): string {
  for (const { kind, key } of entries.values()) if (kind === 'topic') return key;
  return '';
}

function importFlows(entries: Entries, request: ImportRequest, understand: Understand | null): ImportedEdits {
  const languages: Record<string, string> = {};
  for (const { kind, key, value } of entries.values()) {
    if (kind !== 'language') continue;
    const { iso3 } = value as { iso3?: string };
    if (iso3 !== undefined) languages[iso3] = key;
  }
  const flows = new Set(
    [...entries.values()].flatMap(({ kind, file }) => (kind === 'flow_order' ? [file.slice('flows/'.length, -'.yaml'.length)] : [])),
  );
  const result = nothing([]);
  for (const { name, bytes } of request.files) {
    const read = readRapidPro(bytes, {
      languages,
      existingFlows: flows,
      sourceLanguage: sourceLanguage(entries),
      ...(request.topic === null ? {} : { topic: request.topic }),
      ...(understand === null ? {} : { understand }),
    });
    result.notes.push(...read.problems.map(({ severity, code, message }) => note(severity, code, message, name)));
    if (read.problems.some(({ severity }) => severity === 'error') && read.flows.length === 0) return nothing(result.notes);
    for (const flow of read.flows) {
      flows.add(flow.id);
      const counts = Map.groupBy(flow.report, ({ outcome }) => outcome);
      const count = (outcome: 'taken_over' | 'changed' | 'not_supported'): number => counts.get(outcome)?.length ?? 0;
      result.notes.push(
        note(
          'info',
          'rapidpro.flow',
          `Flow "${flow.name}" becomes ${flow.id}: ${count('taken_over')} nodes taken over, ${count('changed')} changed, ${count('not_supported')} not supported.`,
          flow.id,
        ),
        ...flow.report.flatMap(({ node, step, outcome, why, detail }) =>
          outcome === 'taken_over'
            ? []
            : [
                note(
                  outcome === 'changed' ? 'info' : 'warning',
                  `rapidpro.${why ?? outcome}`,
                  detail ?? why ?? outcome,
                  `${flow.id} ${step ?? node}`,
                ),
              ],
        ),
      );
    }
    for (const [path, text] of Object.entries(read.files))
      for (const entry of readFileEntries(path, text)) result.edits.push({ address: addressOf(entry.file, entry.key), value: entry.value });
  }
  return result;
}
