// Whether the pinned alert of the settings stands now. Called by the runtime for every turn, and by the start page.
// The words themselves are the text `system:alert`; who hears them and when is the engine's business.
import type { HotlineSettings } from '../domain/content.ts';

/** Until when the alert stands, as the settings have it; null where there is none, or it is over. `now` in ms. */
export function standingAlert({ alert }: Pick<HotlineSettings, 'alert'>, now: number): string | null {
  return alert !== undefined && now < Date.parse(alert.until) ? alert.until : null;
}
