// A place as it is written and as it is listed, and what each part of its form is given. Used by the files of places/.
import type { z } from 'zod';
import type { EntryView } from '../../../api/content-shapes.ts';
import type { Place } from '../../../domain/content.ts';
import type { Hotline } from '../settings/use-hotline.ts';
import type { PlaceLine } from './place-filter.ts';

/** As it is written: what is usual is left out. */
export type PlaceFields = z.input<typeof Place>;

/** A place as it is listed. */
export interface PlaceEntry extends PlaceLine {
  entry: EntryView;
  /** As it stands in the file, without what is usual. */
  written: PlaceFields;
}

/** What each part of the form is given. */
export interface PlacePartProps {
  fields: PlaceFields;
  change: (fields: Partial<PlaceFields>) => void;
  isWrong: (path: string) => boolean;
  hotline: Hotline;
}
