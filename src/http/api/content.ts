// Handlers of content-operations.ts that look at content: releases, entries, texts, search, preview, exports; and roll-back. Drafts: drafts.ts.
// Reads happen in the workshop's thread; here it is found out which content is meant, and who stands behind an id.
import type { contentOperations } from '../../api/content-operations.ts';
import type { ReleaseView } from '../../api/content-shapes.ts';
import { draftRef, noDraft } from '../../runtime/content/drafts.ts';
import { loadEditor } from '../../runtime/content/load-editor.ts';
import type { ContentRef } from '../../runtime/content/open-content.ts';
import { listEdits, loadDraft, type DraftEdit } from '../../store/drafts.ts';
import { listReleases, type ReleaseRecord } from '../../store/releases.ts';
import type { StaffPermission } from '../../domain/role.ts';
import type { Actor } from '../../domain/staff.ts';
import type { Sight } from '../../runtime/content/sight.ts';
import { loadStaff } from '../../store/staff.ts';
import type { Reader } from '../../store/store.ts';
import { listQuestions } from '../../store/unanswered.ts';
import { appendAudit } from '../../store/audit.ts';
import type { ApiParts, Handler } from './handler.ts';

type Operations = typeof contentOperations;
type Looking =
  | 'listReleases'
  | 'rollBack'
  | 'compareContent'
  | 'readEntries'
  | 'searchContent'
  | 'readTexts'
  | 'playContent'
  | 'askContent'
  | 'exportContent'
  | 'listQuestions';

const PAGE = 50;

export const contentHandlers: { readonly [N in Looking]: Handler<Operations[N]> } = {
  listReleases: ({ query }, { store, services }) =>
    store.read(async (reader) => {
      const releases: ReleaseView[] = [];
      const current = services.releases.current().number;
      for (const release of await listReleases(reader, query.before, PAGE)) releases.push(await showRelease(reader, release, current));
      return { releases };
    }),
  rollBack: async ({ actor, params }, { content }) => ({ number: await content.publishing.rollBack(actor, params.number) }),
  async compareContent({ actor, query }, parts) {
    const [from, to] = await Promise.all([findContent(query.from, parts), findContent(query.to, parts)]);
    const { differences, total } = await parts.content.workshop.ask(
      'differences',
      to.ref,
      { sight: await sightOf(actor, parts) },
      from.ref,
    );
    return { differences: differences.map((difference) => ({ ...difference, by: null, at: null })), total };
  },
  async readEntries({ actor, params, query }, parts) {
    const { ref, edits, revision } = await findContent(params.source, parts);
    const seen = await parts.content.workshop.ask('entries', ref, { ...query, sight: await sightOf(actor, parts) });
    const names = await aliases(parts, edits);
    const entries = seen.map((entry) => ({ ...entry, ...whoChanged(edits.get(entry.address), names) }));
    return { revision, entries };
  },
  async searchContent({ actor, params, query }, parts) {
    const { ref } = await findContent(params.source, parts);
    return { hits: await parts.content.workshop.ask('search', ref, { ...query, sight: await sightOf(actor, parts) }) };
  },
  async readTexts({ actor, params, query }, parts) {
    const { ref, edits } = await findContent(params.source, parts);
    const editor = await loadEditor(parts.store, actor);
    const mine = editor.permissions.includes('content.edit')
      ? null
      : editor.permissions.includes('content.translate')
        ? [...editor.languages]
        : [];
    const revisions = new Map([...edits].map(([address, { revision }]) => [address, revision]));
    return parts.content.workshop.ask('texts', ref, { query, revisions, mine });
  },
  async playContent({ params, body }, parts) {
    const { ref } = await findContent(params.source, parts);
    return parts.content.workshop.ask('play', ref, body);
  },
  async askContent({ params, body }, parts) {
    const { ref } = await findContent(params.source, parts);
    return parts.content.workshop.ask('ask', ref, body);
  },
  async exportContent({ params, body }, parts) {
    const { ref } = await findContent(params.source, parts);
    const files = await parts.content.workshop.ask('export', ref, body);
    return { files: files.map(({ name, type, text }) => ({ name, type, base64: Buffer.from(text, 'utf8').toString('base64') })) };
  },
  listQuestions: ({ actor, query }, { store, now }) =>
    store.transaction(async (tx) => {
      const found = await listQuestions(tx, { language: query.language, after: query.after, limit: PAGE });
      await appendAudit(tx, {
        at: now(),
        actor: actor.id,
        action: 'content.read_questions',
        target: null,
        detail: { count: found.questions.length },
      });
      return found;
    }),
};

interface FoundContent {
  ref: ContentRef;
  revision: number;
  /** The draft's newest edits by address. */
  edits: ReadonlyMap<string, DraftEdit>;
}

/** The content that an address names. */
export async function findContent(source: string, { store, services }: ApiParts): Promise<FoundContent> {
  if (source === 'current' || /^\d+$/.test(source)) {
    const release = source === 'current' ? services.releases.current().number : Number(source);
    return { ref: { release, draft: null }, revision: 0, edits: new Map() };
  }
  return store.read(async (reader) => {
    const draft = await loadDraft(reader, source);
    if (!draft) throw noDraft();
    const edits = await listEdits(reader, source);
    return { ref: await draftRef(reader, draft), revision: draft.revision, edits: new Map(edits.map((edit) => [edit.address, edit])) };
  });
}

/** Aliases of those who made edits. */
export async function aliases(
  { store }: Pick<ApiParts, 'store'>,
  edits: ReadonlyMap<string, DraftEdit>,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set([...edits.values()].map(({ by }) => by));
  return store.read(async (reader) => {
    const names = new Map<string, string>();
    for (const id of ids) names.set(id, await aliasOf(reader, id));
    return names;
  });
}

/** What this caller sees of places. */
export async function sightOf(actor: Actor, { store }: Pick<ApiParts, 'store'>): Promise<Sight> {
  const { organisation } = await loadEditor(store, actor);
  const has = (permission: StaffPermission): boolean => actor.permissions.has(permission);
  const reads = has('content.edit') || has('content.translate') || has('content.review') || has('settings.manage');
  return { all: has('content.edit'), organisation, own: !reads };
}

/** By what others know somebody; a program by its id. */
export async function aliasOf(reader: Reader, id: string): Promise<string> {
  return (await loadStaff(reader, id))?.alias ?? id;
}

/** Who changed an entry, when, and with which edit. */
export function whoChanged(
  edit: DraftEdit | undefined,
  names: ReadonlyMap<string, string>,
): { revision: number; by: string | null; at: number | null } {
  return edit === undefined
    ? { revision: 0, by: null, at: null }
    : { revision: edit.revision, by: names.get(edit.by) ?? edit.by, at: edit.at };
}

async function showRelease(reader: Reader, release: ReleaseRecord, current: number): Promise<ReleaseView> {
  const { draftId: _draft, publishedBy, ...rest } = release;
  return { ...rest, publishedBy: publishedBy === null ? null : await aliasOf(reader, publishedBy), current: release.number === current };
}
