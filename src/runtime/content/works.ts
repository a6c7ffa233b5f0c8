// What the workshop does, by name: each work is given the content that is open and its own request, and answers with plain data.
// Run in the worker (workshop-worker.ts), asked for through workshop.ts. Nothing here touches the store or the network.
import type { AskView, CheckView, PlayView, ProblemView, TextsView } from '../../api/content-shapes.ts';
import { TERMINAL_CAPABILITIES } from '../../channels/terminal/terminal.ts';
import { diffEntries } from '../../release/diff.ts';
import type { EntryChange } from '../../release/entry.ts';
import { mergeChanges, type MergeConflict } from '../../release/merge.ts';
import { describeDifference, type DifferenceDescription } from '../../release/say-difference.ts';
import { askPreview, playPreview, type PlayRequest } from './preview.ts';
import { checkContent, passes } from './check-content.ts';
import { exportContent, type ExportFormat, type WrittenFile } from './export-content.ts';
import { importContent, type ImportedEdits, type ImportRequest } from './import-content.ts';
import type { OpenContent } from './open-content.ts';
import type { Editor } from './edit-rights.ts';
import { planEdits, type EditPlan, type PlannedEdit } from './plan-edits.ts';
import { conceal, isSeen, type Sight } from './sight.ts';
import { signAnswer, signEmergencyNumber, signPrivateLane, signTexts, type Signing } from './sign-edits.ts';
import { viewTexts, type TextsQuery } from './view-texts.ts';
import { searchEntries, viewEntries, viewProblems, type EntriesQuery, type SearchHit, type SeenEntry } from './view-entries.ts';

/** Content on the bench: its release, and another one beside it where two are compared. */
export interface Opened {
  content: OpenContent;
  release: number;
  other: OpenContent | null;
  now: number;
}

export interface SeenDifference extends Omit<DifferenceDescription, 'file'> {
  address: string;
}

export type SignRequest =
  | { what: 'texts'; addresses: string[]; reviewed: boolean }
  | { what: 'answer'; address: string; reviewBy: string }
  | { what: 'emergency_number'; locality: string; number: string | null }
  | { what: 'private_lane'; language: string; signed: boolean };

export interface BuiltRelease {
  check: Omit<CheckView, 'revision'>;
  /** Files of the release; null where the check says no. */
  files: Record<string, string> | null;
}

const MAX_DIFFERENCES = 1000;

export const works = {
  entries: ({ content }: Opened, { sight, ...query }: EntriesQuery & { sight: Sight }): SeenEntry[] => viewEntries(content, query, sight),

  search: ({ content }: Opened, { q, sight }: { q: string; sight: Sight }): SearchHit[] => searchEntries(content, q, sight),

  texts: (
    { content }: Opened,
    { query, revisions, mine }: { query: TextsQuery; revisions: Map<string, number>; mine: string[] | null },
  ): TextsView => viewTexts(content, query, revisions, (tag) => mine === null || mine.includes(tag)),

  /** From `other`, or from the draft's base, to the content. */
  differences: ({ content, other }: Opened, { sight }: { sight: Sight }): { differences: SeenDifference[]; total: number } => {
    const found = diffEntries(other?.entries ?? content.base, content.entries)
      .filter(({ kind, before, after }) => isSeen(kind, [before, after], sight))
      .map(({ before, after, ...rest }) => ({
        ...rest,
        ...(before === undefined ? {} : { before: conceal(rest.kind, before, sight) }),
        ...(after === undefined ? {} : { after: conceal(rest.kind, after, sight) }),
      }));
    const differences = found.slice(0, MAX_DIFFERENCES).map((difference) => {
      const { file: _file, ...description } = describeDifference(difference);
      return { address: difference.address, ...description };
    });
    return { differences, total: found.length };
  },

  /** What is left to do on top of `other`, a newer release, and what both changed. */
  merge: ({ content, other }: Opened, _request: null): { changes: EntryChange[]; conflicts: MergeConflict[] } =>
    other === null ? { changes: [], conflicts: [] } : mergeChanges(content.base, content.entries, other.entries),

  plan: ({ content }: Opened, { edits, sameMeaning, editor }: { edits: PlannedEdit[]; sameMeaning: boolean; editor: Editor }): EditPlan =>
    planEdits(content.entries, edits, { editor, sameMeaning }),

  sign: ({ content }: Opened, { request, signing }: { request: SignRequest; signing: Signing }): EditPlan => {
    if (request.what === 'texts') return signTexts(content.entries, request.addresses, request.reviewed, signing);
    if (request.what === 'answer') return signAnswer(content.entries, request.address, request.reviewBy, signing);
    if (request.what === 'private_lane') return signPrivateLane(content.entries, request.language, request.signed, signing);
    return signEmergencyNumber(content.entries, request.locality, request.number, signing);
  },

  check: ({ content, now }: Opened, _request: null): Promise<Omit<CheckView, 'revision'>> => checkContent(content, now),

  /** Everything that publishing needs of the content. */
  build: async ({ content, now }: Opened, _request: null): Promise<BuiltRelease> => {
    const check = await checkContent(content, now);
    return { check, files: passes(check) ? { ...content.texts() } : null };
  },

  play: async ({ content, now }: Opened, request: PlayRequest): Promise<PlayView> => {
    const release = await content.playable(now);
    if (release === null) return { turns: [], currency: null, totalPrice: null, segments: 0, problems: await errorsOf(content, now) };
    return playPreview(release, request, { now, capabilities: TERMINAL_CAPABILITIES });
  },

  ask: async ({ content, now }: Opened, request: { question: string; language: string; locality: string | null }): Promise<AskView> => {
    const release = await content.playable(now);
    if (release === null) return { outcome: 'none', ranked: [], high: 0, low: 0, problems: await errorsOf(content, now) };
    return askPreview(release, request.question, request.language, request.locality, now);
  },

  export: ({ content, release }: Opened, { format, language }: { format: ExportFormat; language: string | null }): WrittenFile[] =>
    exportContent(content.entries, release, format, language),

  import: async (
    { content, release, now }: Opened,
    { request, editor }: { request: ImportRequest; editor: Editor },
  ): Promise<{ plan: EditPlan; notes: ImportedEdits['notes'] }> => {
    const understand = request.format === 'rapidpro' ? ((await content.playable(now))?.understand ?? null) : null;
    const { edits, states, confirmed, notes } = importContent(content.entries, release, request, understand);
    const plan = planEdits(content.entries, edits, { editor, sameMeaning: false, states });
    if (!plan.ok) return { plan, notes };
    const changed = new Set(plan.edits.map(({ address }) => address));
    return { plan: { ok: true, edits: [...plan.edits, ...confirmed.filter(({ address }) => !changed.has(address))] }, notes };
  },
} as const;

/** What stands in the way of running at all. */
async function errorsOf(content: OpenContent, now: number): Promise<ProblemView[]> {
  const { problems } = await content.compiled(now);
  const errors = problems.filter(({ severity }) => severity === 'error').slice(0, 50);
  return viewProblems(errors, content.entries, await content.source());
}

export type Works = typeof works;
export type WorkName = keyof Works;
export type WorkRequest<N extends WorkName> = Parameters<Works[N]>[1];
export type WorkAnswer<N extends WorkName> = Awaited<ReturnType<Works[N]>>;
