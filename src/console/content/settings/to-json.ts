// A typed value as plain JSON, without what is undefined, as an edit of a draft takes it. Used by the forms of content.
import { z } from 'zod';
import type { EntryView } from '../../../api/content-shapes.ts';

const Json = z.json();

export function toJson(value: unknown): EntryView['value'] {
  return Json.parse(JSON.parse(JSON.stringify(value)));
}

/** The field as it is written; undefined where it says what stands there without being written, so that files hold no more than they must. */
export function unlessUsual<T>(field: T, usual: T): T | undefined {
  return JSON.stringify(field) === JSON.stringify(usual) ? undefined : field;
}
