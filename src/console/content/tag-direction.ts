// Which way a language of the hotline is written, by its tag alone. Used where texts of several languages stand beside each other.
// The hotline's own list of languages is not needed: a tag tells its script.
import { scriptDirection } from '../../rendering/scripts.ts';

const known = new Map<string, 'ltr' | 'rtl'>();

/** `ar` → `rtl`; left to right where the browser does not know the tag. */
export function tagDirection(tag: string): 'ltr' | 'rtl' {
  let direction = known.get(tag);
  if (direction === undefined) {
    try {
      direction = scriptDirection(new Intl.Locale(tag).maximize().script ?? '');
    } catch {
      direction = 'ltr';
    }
    known.set(tag, direction);
  }
  return direction;
}
