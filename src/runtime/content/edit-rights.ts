// Who may write which entry. Editors write content; translators the texts and the glossary's words of their own languages; partners propose changes to the places
// of their own organisation. What carries somebody's signature is written by signing only (sign-edits.ts), never by an edit. Pure.
import type { StaffPermission } from '../../domain/role.ts';
import { partsOf, type EntryKind, type Json } from '../../release/entry.ts';
import { isJsonObject, sameJson } from '../../release/same-json.ts';

/** Whoever edits, as this room needs them. */
export interface Editor {
  id: string;
  alias: string;
  permissions: readonly StaffPermission[];
  /** BCP 47 tags. */
  languages: readonly string[];
  /** Name of the organisation. */
  organisation: string;
}

export interface WantedEdit {
  address: string;
  kind: EntryKind;
  before: Json | undefined;
  value: Json | undefined;
}

const may = (editor: Editor, permission: StaffPermission): boolean => editor.permissions.includes(permission);

/** Settings that hold signatures: whole keys that no edit writes. */
const SIGNED_SETTINGS: readonly string[] = ['emergency_numbers', 'private_lane_signed'];

/** Why this editor may not write it, as a sentence; null where they may. */
export function whyNotEdit(editor: Editor, edit: WantedEdit): string | null {
  const { kind, address } = edit;
  if (kind === 'review') return 'How far a text is reviewed is said by signing it.';
  if (kind === 'setting' && SIGNED_SETTINGS.includes(partsOf(address).key))
    return 'This setting carries signatures: a person signs it, nobody types it.';
  if (may(editor, 'content.edit')) return null;
  if (kind === 'setting' && may(editor, 'settings.manage')) return null;
  if (kind === 'text' && may(editor, 'content.translate')) {
    const language = address.split('/')[1] ?? '';
    return editor.languages.includes(language)
      ? null
      : `You translate ${editor.languages.join(', ') || 'no language yet'}; this text is in ${language}.`;
  }
  if (kind === 'term' && may(editor, 'content.translate')) return whyNotChangeTerm(editor, edit);
  if (kind === 'place' && may(editor, 'place.propose')) {
    const own = [edit.before, edit.value].every((value) => value === undefined || organisationOf(value) === editor.organisation);
    return own ? null : 'This place belongs to another organisation: you can propose changes to your own places.';
  }
  return 'This needs the permission "content.edit". Ask an administrator.';
}

/** Why this person may not sign texts of a language; null where they may. */
export function whyNotSign(editor: Editor, language: string): string | null {
  if (!may(editor, 'content.review')) return 'This needs the permission "content.review". Ask an administrator.';
  return editor.languages.includes(language)
    ? null
    : `${language} is not among your languages: who signs a text can read it. An administrator can add it to your languages.`;
}

/** A translator changes the words of their languages in a term that is there; the term itself is an editor's. */
function whyNotChangeTerm({ languages }: Editor, { before, value }: WantedEdit): string | null {
  if (!isJsonObject(before) || !isJsonObject(value))
    return 'Terms are added and removed by editors: you can change words of your languages.';
  const changed = [...new Set([...Object.keys(before), ...Object.keys(value)])].filter((key) => !sameJson(before[key], value[key]));
  const foreign = changed.find((key) => !languages.includes(key));
  if (foreign === undefined) return null;
  return `You translate ${languages.join(', ') || 'no language yet'}; this changes "${foreign}".`;
}

function organisationOf(value: Json): string | null {
  const { organization } = (value ?? {}) as { organization?: unknown };
  return typeof organization === 'string' ? organization : null;
}
