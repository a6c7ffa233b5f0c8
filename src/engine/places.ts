// Says places of the directory: name, address, phone, hours; whether papers are asked for; what is still to be confirmed.
// A protected address never leaves here.
import type { Place } from '../domain/content.ts';
import { describeHours } from './local-time.ts';
import type { Turn } from './program.ts';
import { say } from './turn.ts';

/** Says each place, and once at the end that unconfirmed details are to be confirmed. */
export function sayPlaces(turn: Turn, places: Place[]): void {
  for (const place of places) {
    say(turn, { literal: describePlace(place, turn.session.language) });
    say(turn, `system:place_papers_${place.asks_for_papers}`);
  }
  if (places.some((place) => place.confirm_locally)) say(turn, 'system:confirm_locally');
}

/** Name, address, phone, address on the web and hours of a place: words that are no sentence. */
function describePlace(place: Place, language: string | null): string {
  const parts = [
    place.names[language ?? ''] ?? place.name,
    place.protected_address ? undefined : place.address,
    place.phones.join(' / '),
    place.url,
    describeHours(place.hours, language),
  ];
  return parts.filter((part) => part !== undefined && part !== '').join('. ');
}
