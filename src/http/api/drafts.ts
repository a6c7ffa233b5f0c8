// Handlers of content-operations.ts that change content: drafts, edits, signatures, reviews, imports, publishing.
// What may be done is runtime/content's; what a draft looks like to whoever asks is put together here.
import type { contentOperations } from '../../api/content-operations.ts';
import type { ConflictView, DraftView } from '../../api/content-shapes.ts';
import type { Actor } from '../../domain/staff.ts';
import { noDraft } from '../../runtime/content/drafts.ts';
import type { ContentRef } from '../../runtime/content/open-content.ts';
import type { MergeConflict } from '../../release/merge.ts';
import { listAuthors, listDrafts, listEdits, listRevisions, loadDraft, type DraftRecord } from '../../store/drafts.ts';
import { listDraftApprovals, listDraftComments } from '../../store/draft-reviews.ts';
import type { Reader } from '../../store/store.ts';
import { aliases, aliasOf, findContent, sightOf, whoChanged } from './content.ts';
import type { ApiParts, Handler } from './handler.ts';

type Operations = typeof contentOperations;
type Changing =
  | 'listDrafts'
  | 'createDraft'
  | 'readDraft'
  | 'renameDraft'
  | 'discardDraft'
  | 'editDraft'
  | 'revertEntry'
  | 'undoEdit'
  | 'signTexts'
  | 'signAnswer'
  | 'signEmergencyNumber'
  | 'signPrivateLane'
  | 'resolveConflicts'
  | 'commentDraft'
  | 'submitDraft'
  | 'approveDraft'
  | 'checkDraft'
  | 'publishDraft'
  | 'importContent';

export const draftHandlers: { readonly [N in Changing]: Handler<Operations[N]> } = {
  listDrafts: ({ actor }, parts) =>
    parts.store.read(async (reader) => {
      const drafts: DraftView[] = [];
      for (const draft of await listDrafts(reader)) drafts.push(await showDraft(reader, draft, actor, parts));
      return { drafts };
    }),
  async createDraft({ actor, body }, parts) {
    return show(await parts.content.drafts.create(actor, body.title), actor, parts);
  },
  async readDraft({ actor, params }, parts) {
    const draft = await show(params.id, actor, parts);
    const { ref, edits } = await findContent(params.id, parts);
    const { differences } = await parts.content.workshop.ask('differences', ref, { sight: await sightOf(actor, parts) });
    const names = await aliases(parts, edits);
    const told = differences.map((difference) => {
      const { by, at } = whoChanged(edits.get(difference.address), names);
      return { ...difference, by, at };
    });
    const conflicts = await findConflicts(draft, ref, parts);
    const comments = await parts.store.read(async (reader) => {
      const shown = [];
      for (const { by, ...comment } of await listDraftComments(reader, params.id))
        shown.push({ ...comment, by: await aliasOf(reader, by) });
      return shown;
    });
    return { ...draft, differences: told, conflicts, comments };
  },
  async renameDraft({ actor, params, body }, parts) {
    await parts.content.drafts.rename(actor, params.id, body.title);
    return show(params.id, actor, parts);
  },
  async discardDraft({ actor, params }, parts) {
    await parts.content.drafts.discard(actor, params.id);
    return show(params.id, actor, parts);
  },
  async editDraft({ actor, params, body }, parts) {
    const outcome = await parts.content.drafts.edit(actor, params.id, body.edits, body.sameMeaning);
    const addresses = body.edits.map(({ address }) => address);
    const { ref, edits } = await findContent(params.id, parts);
    const seen = await parts.content.workshop.ask('entries', ref, { addresses, sight: await sightOf(actor, parts) });
    const names = await aliases(parts, edits);
    const entries = seen.map((entry) => ({ ...entry, ...whoChanged(edits.get(entry.address), names) }));
    if (outcome.applied) return { applied: true, revision: outcome.revision, conflicts: [], entries };
    const wanted = new Map(body.edits.map((edit) => [edit.address, edit.value]));
    const conflicts = await parts.store.read(async (reader) => {
      const found: ConflictView[] = [];
      for (const { address, revision, by } of outcome.moved) {
        const entry = seen.find((one) => one.address === address);
        found.push({
          ...sides({ base: entry?.before, mine: wanted.get(address), theirs: entry?.value }),
          address,
          kind: entry?.kind ?? 'text',
          by: await aliasOf(reader, by),
          revision,
        });
      }
      return found;
    });
    return { applied: false, revision: outcome.revision, conflicts, entries };
  },
  async revertEntry({ actor, params, body }, parts) {
    await parts.content.drafts.revert(actor, params.id, body.addresses);
    return show(params.id, actor, parts);
  },
  undoEdit: ({ actor, params }, { content }) => content.drafts.undo(actor, params.id),
  async signTexts({ actor, params, body }, parts) {
    await parts.content.drafts.sign(actor, params.id, { what: 'texts', ...body });
    return show(params.id, actor, parts);
  },
  async signAnswer({ actor, params, body }, parts) {
    await parts.content.drafts.sign(actor, params.id, { what: 'answer', ...body });
    return show(params.id, actor, parts);
  },
  async signEmergencyNumber({ actor, params, body }, parts) {
    await parts.content.drafts.sign(actor, params.id, { what: 'emergency_number', ...body });
    return show(params.id, actor, parts);
  },
  async signPrivateLane({ actor, params, body }, parts) {
    await parts.content.drafts.sign(actor, params.id, { what: 'private_lane', ...body });
    return show(params.id, actor, parts);
  },
  async resolveConflicts({ actor, params, body }, parts) {
    await parts.content.publishing.resolve(actor, params.id, body.resolutions);
    return show(params.id, actor, parts);
  },
  async commentDraft({ actor, params, body }, { content }) {
    await content.drafts.comment(actor, params.id, body);
    return undefined;
  },
  async submitDraft({ actor, params }, parts) {
    await parts.content.drafts.submit(actor, params.id);
    return show(params.id, actor, parts);
  },
  async approveDraft({ actor, params, body }, parts) {
    await parts.content.drafts.approve(actor, params.id, body.revision, body.language);
    return show(params.id, actor, parts);
  },
  async checkDraft({ params }, parts) {
    const { ref, revision } = await findContent(params.id, parts);
    return { revision, ...(await parts.content.workshop.ask('check', ref, null)) };
  },
  async publishDraft({ actor, params, body }, { content }) {
    const { conflicts, ...outcome } = await content.publishing.publish(actor, params.id, body.revision);
    return { ...outcome, conflicts: conflicts.map((conflict) => showConflict(conflict, 0)) };
  },
  importContent({ actor, params, body }, { content }) {
    const { dryRun, files, ...request } = body;
    const given = files.map(({ name, base64 }) => ({ name, bytes: new Uint8Array(Buffer.from(base64, 'base64')) }));
    return content.drafts.import(actor, params.id, { ...request, files: given }, dryRun);
  },
};

async function show(id: string, actor: Actor, parts: ApiParts): Promise<DraftView> {
  return parts.store.read(async (reader) => {
    const draft = await loadDraft(reader, id);
    if (!draft) throw noDraft();
    return showDraft(reader, draft, actor, parts);
  });
}

async function showDraft(reader: Reader, draft: DraftRecord, actor: Actor, { services, content }: ApiParts): Promise<DraftView> {
  const { id, revision, createdBy, state } = draft;
  const needs = await content.publishing.needs(reader, draft);
  const approvals = [];
  for (const { by, at, language, revision: seen } of await listDraftApprovals(reader, id))
    approvals.push({ by: await aliasOf(reader, by), at, language, outdated: seen !== revision });
  const wrote = (await listAuthors(reader, id)).includes(actor.id);
  const open = state === 'open';
  const has = (permission: 'content.edit' | 'content.review' | 'content.translate' | 'place.propose' | 'settings.manage'): boolean =>
    actor.permissions.has(permission);
  const secondPerson = services.releases.current().settings.publishing.second_person;
  return {
    ...draft,
    createdBy: await aliasOf(reader, createdBy),
    behind: open && draft.base !== services.releases.current().number,
    // What follows from a changed text is told beside it.
    changes: (await listEdits(reader, id)).filter(({ address }) => !address.includes('/review.json#')).length,
    approvals,
    needs,
    can: {
      edit: open && (has('content.edit') || has('content.translate') || has('place.propose') || has('settings.manage')),
      approve: open && has('content.review') && !(secondPerson && wrote),
      publish: open && (has('content.edit') || has('content.review')) && !needs.approval && needs.languages.length === 0,
    },
  };
}

async function findConflicts({ id, state, behind }: DraftView, ref: ContentRef, { store, content }: ApiParts): Promise<ConflictView[]> {
  const conflicts = state === 'open' && behind ? await content.publishing.conflicts(ref) : [];
  if (conflicts.length === 0) return [];
  const addresses = conflicts.map(({ address }) => address);
  const revisions = await store.read((reader) => listRevisions(reader, id, addresses));
  return conflicts.map((conflict) => showConflict(conflict, revisions.get(conflict.address)?.revision ?? 0));
}

function showConflict({ address, kind, base, mine, theirs }: MergeConflict, revision: number): ConflictView {
  return { address, kind, ...sides({ base, mine, theirs }), by: null, revision };
}

type Json = ConflictView['mine'];

/** Only the sides that have a value. */
function sides(given: { base?: unknown; mine?: unknown; theirs?: unknown }): { base?: Json; mine?: Json; theirs?: Json } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
