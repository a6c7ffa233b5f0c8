// Whoever edits content, with the languages and the organisation that their rights depend on. Called before every edit.
import type { Actor } from '../../domain/staff.ts';
import { loadOrganisation } from '../../store/organisations.ts';
import { loadStaff } from '../../store/staff.ts';
import type { Store } from '../../store/store.ts';
import type { Editor } from './edit-rights.ts';

/** The editor behind an actor. A program with a token has no languages: it translates nothing. */
export async function loadEditor(store: Store, actor: Actor): Promise<Editor> {
  const { member, organisation } = await store.read(async (reader) => ({
    member: await loadStaff(reader, actor.id),
    organisation: await loadOrganisation(reader, actor.organisationId),
  }));
  return {
    id: actor.id,
    alias: actor.alias,
    permissions: [...actor.permissions],
    languages: member?.languages ?? [],
    organisation: organisation?.name ?? '',
  };
}
