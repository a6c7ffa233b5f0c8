// Finds places of the directory for a need: by topic, nearest first, with filters. Called by the engine through the release.
// A protected address never leaves this file: such a place is found, and only its name and phone are given away.
import type { Place } from '../domain/content.ts';
import type { PlaceQuery } from '../engine/env.ts';
import { treeDistance } from './locality-tree.ts';
import type { LocalityTree } from './locality-tree.ts';
import { isOpen } from './opening-hours.ts';

/** What the search needs of its release. */
export interface PlaceDirectory {
  places: Place[];
  /** Taken for the person's place where that is not known: the area of the whole hotline. */
  area: string;
  localities: LocalityTree;
  timezone: string;
}

const EARTH_RADIUS_KM = 6371;
/** Farther than this from a shared location, a place is of no use. */
const MAX_KM = 300;

/**
 * The nearest places for a query, best first. Near means kilometres when the person shared a location, else steps in the tree
 * of localities; a place in another country is never near. Past its date a place is given as "confirm locally".
 * @param today local date, YYYY-MM-DD
 */
export function findPlaces(directory: PlaceDirectory, query: PlaceQuery, now: number, today: string): Place[] {
  return directory.places
    .filter((place) => serves(place, query.topic) && passes(place, query) && (!query.openNow || isOpen(place, now, directory.timezone)))
    .flatMap((place) => {
      const distance = distanceTo(place, query, directory);
      return distance === null ? [] : [{ place, distance }];
    })
    .sort(
      (a, b) =>
        a.distance - b.distance || exactness(b.place, query.topic) - exactness(a.place, query.topic) || (a.place.id < b.place.id ? -1 : 1),
    )
    .slice(0, query.limit)
    .map(({ place }) => presentable(place, today));
}

/** A topic is served by places of that topic, of its parent (EDU for EDU.SUP) and, when the parent is asked for, of its branches. */
function serves(place: Place, topic: string): boolean {
  return place.topics.some((offered) => offered === topic || topic.startsWith(`${offered}.`) || offered.startsWith(`${topic}.`));
}

function exactness(place: Place, topic: string): number {
  return place.topics.includes(topic) ? 1 : 0;
}

function passes(place: Place, query: PlaceQuery): boolean {
  if (query.womenOnly === true && !place.women_only) return false;
  if (query.femaleStaff === true && !place.female_staff && !place.women_only) return false;
  return query.childFriendly !== true || place.child_friendly;
}

/** Comparable only within one query; null: too far or in another country. */
function distanceTo(place: Place, query: PlaceQuery, { localities, area }: PlaceDirectory): number | null {
  if (query.near !== undefined) {
    const there = coordinatesOf(place, localities);
    if (there !== null) {
      const kilometres = distanceKm(query.near, there);
      return kilometres <= MAX_KM ? kilometres : null;
    }
    if (place.locality === '*') return MAX_KM;
  }
  const steps = treeDistance(query.locality ?? area, place.locality);
  return steps === null || query.near === undefined ? steps : MAX_KM + steps;
}

function coordinatesOf(place: Place, localities: LocalityTree): { latitude: number; longitude: number } | null {
  if (place.latitude !== undefined && place.longitude !== undefined) return { latitude: place.latitude, longitude: place.longitude };
  return localities.coordinates(place.locality);
}

/** Great-circle distance, by the haversine formula. */
function distanceKm(from: { latitude: number; longitude: number }, to: { latitude: number; longitude: number }): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const a =
    Math.sin(radians(to.latitude - from.latitude) / 2) ** 2 +
    Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * Math.sin(radians(to.longitude - from.longitude) / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(a));
}

/** What may be shown of a place: no protected address, and a word of caution once its date has passed. */
export function presentable(place: Place, today: string): Place {
  const shown = place.verify_by < today ? { ...place, confirm_locally: true } : place;
  if (!shown.protected_address) return shown;
  const { address: _address, latitude: _latitude, longitude: _longitude, url: _url, ...rest } = shown;
  return rest;
}
