// Which places a list shows, those first whose day has passed. Used by the list of places. Pure.
import type { ListFilter } from '../listing/use-list-filter.ts';
import type { Place } from '../../../domain/content.ts';
import { contains, EVERYWHERE } from '../../../release/locality-tree.ts';
import { isPhoneNumber } from '../../../release/phone-number.ts';

export const PLACE_STATES = ['overdue', 'unconfirmed', 'protected', 'unreachable', 'changed'] as const;
export type PlaceState = (typeof PLACE_STATES)[number];

export type PlaceFilter = ListFilter<PlaceState>;

export interface PlaceLine {
  place: Place;
  /** By the draft that is looked at. */
  changed: boolean;
}

export function filterPlaces<T extends PlaceLine>(lines: readonly T[], filter: PlaceFilter, today: string): T[] {
  const words = filter.words.trim().toLocaleLowerCase();
  const hasWords = ({ name, names, organization = '', address = '' }: Place): boolean =>
    [name, ...Object.values(names), organization, address].join('\n').toLocaleLowerCase().includes(words);
  return lines
    .filter(
      ({ place }) => filter.topic === '' || place.topics.some((topic) => topic === filter.topic || topic.startsWith(`${filter.topic}.`)),
    )
    .filter(({ place }) => isIn(place.locality, filter.locality))
    .filter((line) => filter.state === '' || isInState(line, filter.state, today))
    .filter(({ place }) => words === '' || hasWords(place))
    .sort((a, b) => Number(isPlaceOverdue(b.place, today)) - Number(isPlaceOverdue(a.place, today)));
}

/** Past its day people are told to confirm it. */
export function isPlaceOverdue(place: Pick<Place, 'verify_by'>, today: string): boolean {
  return place.verify_by < today;
}

/** Whether there is any way to get there that people may be told. */
export function isReachable({ phones, address, url, protected_address }: Place): boolean {
  return phones.some(isPhoneNumber) || (!protected_address && (address !== undefined || url !== undefined));
}

function isIn(locality: string, wanted: string): boolean {
  if (wanted === '') return true;
  return wanted === EVERYWHERE ? locality === EVERYWHERE : contains(wanted, locality);
}

function isInState({ place, changed }: PlaceLine, state: PlaceState, today: string): boolean {
  switch (state) {
    case 'overdue':
      return isPlaceOverdue(place, today);
    case 'unconfirmed':
      return place.confirm_locally;
    case 'protected':
      return place.protected_address;
    case 'unreachable':
      return !isReachable(place);
    case 'changed':
      return changed;
  }
}
