// A typed value as plain JSON, without what is undefined, as an edit of a draft takes it. Used by the forms of content.
import { z } from 'zod';
import type { EntryView } from '../../../api/content-shapes.ts';

const Json = z.json();

export function toJson(value: unknown): EntryView['value'] {
  return Json.parse(JSON.parse(JSON.stringify(value)));
}
