// What can be done with drafts and releases: begin, edit, sign, review, publish, put back. Made by the service, called by http/api/content*.ts.
// What edits mean is worked out in the workshop; here they are stored, one writer at a time, and every change is audited.
// 2026-11-30: nobody's work is lost. An edit names the revision that its author saw; where somebody has changed the entry since, nothing is
// written and both are shown. A newer release is merged when the draft is published; what both changed is decided by a person.
import { AppError } from '../../domain/errors.ts';
import type { Actor } from '../../domain/staff.ts';
import { appendAudit } from '../../store/audit.ts';
import {
  addDraft,
  addEdits,
  listAuthors,
  listEdits,
  listRevisions,
  loadDraft,
  undoLastBatch,
  updateDraft,
  type DraftRecord,
  type NewEdit,
} from '../../store/drafts.ts';
import { addDraftApproval, addDraftComment } from '../../store/draft-reviews.ts';
import type { Reader, Tx } from '../../store/store.ts';
import { newRowId } from '../../store/row-id.ts';
import type { Services } from '../services.ts';
import { localTime } from '../../util/local-time.ts';
import { loadEditor } from './load-editor.ts';
import type { ContentRef } from './open-content.ts';
import type { ImportRequest } from './import-content.ts';
import type { EditPlan, PlannedEdit } from './plan-edits.ts';
import { SEES_ALL } from './sight.ts';
import type { SignRequest } from './works.ts';
import type { Workshop } from './workshop.ts';

/** An edit with the revision of its entry that its author saw. */
export interface WantedDraftEdit extends PlannedEdit {
  expects: number;
}

/** Entries that somebody else has changed since, with the revision that they have now. */
export type EditOutcome =
  | { applied: true; revision: number }
  | { applied: false; revision: number; moved: { address: string; revision: number; by: string }[] };

/** All throw AppError: store.not_found, content.refused, content.invalid, each saying what to do. */
export interface DraftActions {
  create(actor: Actor, title: string): Promise<string>;
  rename(actor: Actor, id: string, title: string): Promise<void>;
  discard(actor: Actor, id: string): Promise<void>;
  edit(actor: Actor, id: string, edits: readonly WantedDraftEdit[], sameMeaning: boolean): Promise<EditOutcome>;
  sign(actor: Actor, id: string, request: SignRequest): Promise<void>;
  /** Puts entries back as they stand in the base. */
  revert(actor: Actor, id: string, addresses: readonly string[]): Promise<void>;
  /** Takes one's last edit back; gives the addresses that it had changed. */
  undo(actor: Actor, id: string): Promise<{ undone: string[]; revision: number }>;
  import(actor: Actor, id: string, request: Omit<ImportRequest, 'today'>, dryRun: boolean): Promise<ImportOutcome>;
  comment(actor: Actor, id: string, comment: { id: string; address: string | null; text: string }): Promise<void>;
  submit(actor: Actor, id: string): Promise<void>;
  approve(actor: Actor, id: string, revision: number, language: string | null): Promise<void>;
}

export interface ImportOutcome {
  changes: number;
  applied: boolean;
  notes: { severity: 'error' | 'warning' | 'info'; code: string; message: string; where: string | null }[];
  revision: number;
}

/** Makes the actions. */
export function createDraftActions(services: Pick<Services, 'store' | 'releases' | 'clock'>, workshop: Workshop): DraftActions {
  const { store, clock, releases } = services;
  const today = (): string => localTime(clock(), releases.current().settings.timezone).date;

  /** Changes a draft that is open, and says so in the audit log. */
  async function change<T>(actor: Actor, id: string, action: string, work: (tx: Tx, draft: DraftRecord) => Promise<T>): Promise<T> {
    return store.transaction(async (tx) => {
      const draft = await openDraft(tx, id);
      const result = await work(tx, draft);
      await appendAudit(tx, { at: clock(), actor: actor.id, action: `content.${action}`, target: id });
      return result;
    });
  }

  /** Stores what the workshop planned, unless somebody else was there first. */
  async function write(actor: Actor, id: string, seen: DraftRecord, plan: EditPlan, action: string): Promise<void> {
    if (!plan.ok) throw refuse(plan.address, plan.reason);
    await change(actor, id, action, async (tx, draft) => {
      const addresses = plan.edits.map(({ address }) => address);
      if (addresses.length === 0) return;
      const moved = await movedSince(tx, draft, addresses, seen.revision);
      if (moved.length > 0) throw new AppError('content.moved', 'Somebody else changed this meanwhile. Look at it again.');
      await addEdits(tx, draft, action === 'sign' ? plan.edits.map((edit) => ({ ...edit, signs: true })) : plan.edits, actor.id, clock());
    });
  }

  async function read(id: string): Promise<{ draft: DraftRecord; ref: ContentRef }> {
    return store.read(async (reader) => {
      const draft = await openDraft(reader, id);
      return { draft, ref: await draftRef(reader, draft) };
    });
  }

  return {
    async create(actor, title) {
      const id = newRowId(clock());
      await store.transaction(async (tx) => {
        await addDraft(tx, { id, title, base: releases.current().number, by: actor.id, at: clock() });
        await appendAudit(tx, { at: clock(), actor: actor.id, action: 'content.begin', target: id });
      });
      return id;
    },
    rename: (actor, id, title) => change(actor, id, 'rename', (tx) => updateDraft(tx, id, { title }, clock())),
    discard: (actor, id) =>
      change(actor, id, 'discard', async (tx, draft) => {
        if (draft.createdBy !== actor.id && !actor.permissions.has('content.edit'))
          throw new AppError('content.refused', 'Whoever began a draft gives it up, or an editor.');
        await updateDraft(tx, id, { state: 'discarded' }, clock());
      }),
    async edit(actor, id, edits, sameMeaning) {
      const { draft: seen, ref } = await read(id);
      const editor = await loadEditor(store, actor);
      const wanted = edits.map(({ expects: _expects, ...edit }) => edit);
      const plan = await workshop.ask('plan', ref, { edits: wanted, sameMeaning, editor });
      if (!plan.ok) throw refuse(plan.address, plan.reason);
      return change(actor, id, 'edit', async (tx, draft): Promise<EditOutcome> => {
        const expected = new Map(edits.map(({ address, expects }) => [address, expects]));
        const now = await listRevisions(tx, id, [...expected.keys()]);
        const moved = [...now].flatMap(([address, { revision, by }]) =>
          revision === expected.get(address) || (by === actor.id && revision <= seen.revision) ? [] : [{ address, revision, by }],
        );
        if (moved.length > 0) return { applied: false, revision: draft.revision, moved };
        return {
          applied: true,
          revision: plan.edits.length === 0 ? draft.revision : await addEdits(tx, draft, plan.edits, actor.id, clock()),
        };
      });
    },
    async sign(actor, id, request) {
      const { draft, ref } = await read(id);
      const edits = await store.read((reader) => listEdits(reader, id));
      const own = new Set(edits.flatMap(({ address, by }) => (by === actor.id ? [address] : [])));
      const signing = { editor: await loadEditor(store, actor), today: today(), own };
      await write(actor, id, draft, await workshop.ask('sign', ref, { request, signing }), 'sign');
    },
    async revert(actor, id, addresses) {
      const { ref } = await read(id);
      const seen = await workshop.ask('entries', ref, { addresses, sight: SEES_ALL });
      // Putting back is an edit like any other: the same rights hold.
      const back = seen.map(({ address, before }): PlannedEdit => (before === undefined ? { address } : { address, value: before }));
      const plan = await workshop.ask('plan', ref, {
        edits: back.filter(({ address }) => !isDerived(address)),
        sameMeaning: true,
        editor: await loadEditor(store, actor),
      });
      if (!plan.ok) throw refuse(plan.address, plan.reason);
      await change(actor, id, 'revert', async (tx, draft) => {
        const touched = await listEdits(tx, id);
        const states = touched
          .map(({ address }) => address)
          .filter((address) => isDerived(address) && addresses.some((text) => belongsTo(address, text)));
        const reverted = [...new Set([...addresses, ...states])].map((address): NewEdit => ({ address, reverts: true }));
        await addEdits(tx, draft, reverted, actor.id, clock());
      });
    },
    undo: (actor, id) =>
      change(actor, id, 'undo', async (tx, draft) => {
        const undone = await undoLastBatch(tx, draft, actor.id, clock());
        return { undone, revision: draft.revision + (undone.length > 0 ? 1 : 0) };
      }),
    async import(actor, id, request, dryRun) {
      const { draft: seen, ref } = await read(id);
      const { plan, notes } = await workshop.ask('import', ref, {
        request: { ...request, today: today() },
        editor: await loadEditor(store, actor),
      });
      if (!plan.ok) throw refuse(plan.address, plan.reason);
      const broken = notes.some(({ severity }) => severity === 'error') && plan.edits.length === 0;
      if (!dryRun && !broken) await write(actor, id, seen, plan, 'import');
      const revision = await store.read(async (reader) => (await loadDraft(reader, id))?.revision ?? 0);
      return { changes: plan.edits.length, applied: !dryRun && !broken && plan.edits.length > 0, notes, revision };
    },
    comment: (actor, id, { id: commentId, address, text }) =>
      store.transaction(async (tx) => {
        if (!(await loadDraft(tx, id))) throw noDraft();
        await addDraftComment(tx, id, { id: commentId, address, text, by: actor.id, at: clock() });
      }),
    submit: (actor, id) => change(actor, id, 'submit', (tx) => updateDraft(tx, id, { submittedAt: clock() }, clock())),
    async approve(actor, id, revision, language) {
      const editor = await loadEditor(store, actor);
      if (language !== null && !editor.languages.includes(language))
        throw new AppError('content.refused', `${language} is not among your languages: its community is asked by somebody who reads it.`);
      await change(actor, id, 'approve', async (tx, draft) => {
        if (draft.revision !== revision)
          throw new AppError('content.moved', 'The draft has changed since you looked at it. Look at the changes again.');
        const alone = releases.current().settings.publishing.second_person && language === null;
        if (alone && (await listAuthors(tx, id)).includes(actor.id))
          throw new AppError('content.refused', 'You wrote part of this draft: somebody else approves it.');
        await addDraftApproval(tx, id, { revision, language, by: actor.id, at: clock() });
      });
    },
  };
}

/** A draft that can still be changed. */
export async function openDraft(reader: Reader, id: string): Promise<DraftRecord> {
  const draft = await loadDraft(reader, id, { lock: true });
  if (!draft) throw noDraft();
  if (draft.state !== 'open')
    throw new AppError(
      'content.refused',
      draft.state === 'published' ? 'This draft is published. Begin a new one.' : 'This draft was given up. Begin a new one.',
    );
  return draft;
}

/** A draft as the workshop opens it. */
export async function draftRef(reader: Reader, { id, base, revision }: DraftRecord): Promise<ContentRef> {
  const edits = await listEdits(reader, id);
  return { release: base, draft: { id, revision, changes: edits.map(({ address, value }) => ({ address, value })) } };
}

export const noDraft = (): AppError => new AppError('store.not_found', 'There is no such draft.');

function refuse(address: string, reason: string): AppError {
  return new AppError('content.refused', `${address}: ${reason}`);
}

/** Entries whose newest edit is newer than what was seen. */
async function movedSince(tx: Tx, draft: DraftRecord, addresses: readonly string[], seen: number): Promise<string[]> {
  const now = await listRevisions(tx, draft.id, addresses);
  return [...now].flatMap(([address, { revision }]) => (revision > seen ? [address] : []));
}

/** States of texts follow the texts that they belong to. */
const isDerived = (address: string): boolean => address.includes('/review.json#texts/');

/** Whether a state is that of a text, in whatever language: what made it stale is gone. */
function belongsTo(state: string, text: string): boolean {
  const match = /^locales\/[^/]+\/([^/]+)\.json#(.+)$/.exec(text);
  return match !== null && state.endsWith(`#texts/${match[1]}:${match[2]}`);
}
