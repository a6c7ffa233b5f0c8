// Publishing a draft and putting an earlier release back. Called by http/api/content.ts. Everything that can stand in the way is looked at
// before anything is written: conflicts with a newer release, approvals, checks, transcripts. The release and the end of its draft are one
// commit; conversations that run go on in the release in which they began.
import type { CheckView } from '../../api/content-shapes.ts';
import { parseArchive } from '../../content/release-archive.ts';
import { AppError } from '../../domain/errors.ts';
import type { Actor } from '../../domain/staff.ts';
import type { EntryChange } from '../../release/entry.ts';
import { appendAudit } from '../../store/audit.ts';
import { addEdits, listAuthors, listEdits, updateDraft, type DraftRecord } from '../../store/drafts.ts';
import { listDraftApprovals } from '../../store/draft-reviews.ts';
import { loadRelease } from '../../store/releases.ts';
import type { Reader, Tx } from '../../store/store.ts';
import type { Services } from '../services.ts';
import { draftRef, openDraft } from './drafts.ts';
import type { ContentRef } from './open-content.ts';
import type { MergeConflict } from '../../release/merge.ts';
import type { Workshop } from './workshop.ts';

/** What a draft still lacks. */
export interface Needs {
  /** Somebody else's approval of this revision. */
  approval: boolean;
  /** Languages whose community has not signed this revision. */
  languages: string[];
}

export interface PublishOutcome {
  number: number | null;
  check: CheckView | null;
  conflicts: MergeConflict[];
  needs: Needs;
}

export interface Publishing {
  publish(actor: Actor, id: string, revision: number): Promise<PublishOutcome>;
  /** Puts the content of an earlier release back, as the next one. Returns its number. */
  rollBack(actor: Actor, number: number): Promise<number>;
  /** What both the draft and newer releases changed. */
  conflicts(content: ContentRef): Promise<MergeConflict[]>;
  /** Moves a draft onto the current release; what both changed is decided by `resolutions`. */
  resolve(actor: Actor, id: string, resolutions: readonly { address: string; take: 'mine' | 'theirs' }[]): Promise<void>;
  needs(reader: Reader, draft: DraftRecord): Promise<Needs>;
}

/** Makes the actions. */
export function createPublishing(services: Pick<Services, 'store' | 'releases' | 'clock'>, workshop: Workshop): Publishing {
  const { store, clock, releases } = services;

  async function needs(reader: Reader, { id, revision }: DraftRecord): Promise<Needs> {
    const { publishing } = releases.current().settings;
    const approvals = (await listDraftApprovals(reader, id)).filter((approval) => approval.revision === revision);
    const authors = new Set(await listAuthors(reader, id));
    const others = approvals.filter(({ by, language }) => language === null && !authors.has(by));
    const signed = new Set(approvals.map(({ language }) => language));
    return {
      approval: publishing.second_person && others.length === 0,
      languages: publishing.sign_off_languages.filter((language) => !signed.has(language)),
    };
  }

  async function mergeOnto(ref: ContentRef, latest: number): Promise<{ changes: EntryChange[]; conflicts: MergeConflict[] }> {
    if (ref.release === latest) return { changes: ref.draft?.changes ?? [], conflicts: [] };
    return workshop.ask('merge', ref, null, { release: latest, draft: null });
  }

  return {
    needs,
    conflicts: async (content) => (await mergeOnto(content, releases.current().number)).conflicts,
    async publish(actor, id, revision) {
      const { draft, ref, missing } = await store.read(async (reader) => {
        const found = await openDraft(reader, id);
        return { draft: found, ref: await draftRef(reader, found), missing: await needs(reader, found) };
      });
      if (draft.revision !== revision)
        throw new AppError('content.moved', 'The draft has changed since you looked at it. Look at the changes again.');
      if (missing.approval || missing.languages.length > 0) return { number: null, check: null, conflicts: [], needs: missing };
      const latest = releases.current().number;
      const { changes, conflicts } = await mergeOnto(ref, latest);
      if (conflicts.length > 0) return { number: null, check: null, conflicts, needs: missing };
      if (changes.length === 0) throw new AppError('content.refused', 'This draft changes nothing.');
      // What somebody has just had checked is on the bench still.
      const merged: ContentRef = ref.release === latest ? ref : { release: latest, draft: { id: `${id} on ${latest}`, revision, changes } };
      const { check, files } = await workshop.ask('build', merged, null);
      if (files === null) return { number: null, check: { revision, ...check }, conflicts: [], needs: missing };
      const source = await releases.sourceOf(files);
      const within = async (tx: Tx, number: number): Promise<void> => {
        const now = await openDraft(tx, id);
        if (now.revision !== revision)
          throw new AppError('content.moved', 'Somebody changed the draft while it was being published. Look at the changes again.');
        await updateDraft(tx, id, { state: 'published', publishedAs: number }, clock());
        await appendAudit(tx, {
          at: clock(),
          actor: actor.id,
          action: 'content.publish',
          target: String(number),
          detail: { draft: id, revision },
        });
      };
      const number = await releases.publish(source, clock(), {
        by: actor.id,
        title: draft.title,
        draftId: id,
        checked: true,
        after: latest,
        within,
      });
      return { number, check: { revision, ...check }, conflicts: [], needs: missing };
    },
    async rollBack(actor, number) {
      const latest = releases.current().number;
      if (number === latest) throw new AppError('content.refused', 'This release is the current one.');
      const stored = await store.read((reader) => loadRelease(reader, number));
      if (!stored) throw new AppError('store.not_found', 'There is no such release.');
      const within = (tx: Tx, next: number): Promise<void> =>
        appendAudit(tx, { at: clock(), actor: actor.id, action: 'content.roll_back', target: String(next), detail: { to: number } });
      const why = { by: actor.id, title: stored.title, rolledBackTo: number, checked: true, after: latest, within };
      const { files } = await parseArchive(stored.archive);
      return releases.publish(await releases.sourceOf(files), clock(), why);
    },
    async resolve(actor, id, resolutions) {
      const { draft, ref } = await store.read(async (reader) => {
        const found = await openDraft(reader, id);
        return { draft: found, ref: await draftRef(reader, found) };
      });
      const latest = releases.current().number;
      const { changes, conflicts } = await mergeOnto(ref, latest);
      const decided = new Map(resolutions.map(({ address, take }) => [address, take]));
      const open = conflicts.filter(({ address }) => !decided.has(address));
      if (open.length > 0)
        throw new AppError(
          'content.refused',
          `Decide which stands where both changed the same: ${open.map(({ address }) => address).join(', ')}.`,
        );
      const mine = conflicts
        .filter(({ address }) => decided.get(address) === 'mine')
        .map(({ address, mine: value }): EntryChange => ({ address, value }));
      await store.transaction(async (tx) => {
        const now = await openDraft(tx, id);
        if (now.revision !== draft.revision) throw new AppError('content.moved', 'Somebody changed the draft meanwhile. Look at it again.');
        const kept = [...changes, ...mine];
        const keptAddresses = new Set(kept.map(({ address }) => address));
        const gone = (await listEdits(tx, id)).filter(({ address }) => !keptAddresses.has(address));
        await addEdits(tx, now, [...kept, ...gone.map(({ address }) => ({ address, reverts: true }))], actor.id, clock());
        await updateDraft(tx, id, { base: latest }, clock());
        await appendAudit(tx, { at: clock(), actor: actor.id, action: 'content.resolve', target: id, detail: { base: latest } });
      });
    },
  };
}
