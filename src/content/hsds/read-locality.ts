// Which place of the hotline's tree a location lies in: by names in its address, else by the nearest place with coordinates.
// Called by place-of-service.ts.
import { normalise } from '../../language/normalise.ts';
import { contains, depth, EVERYWHERE } from '../../release/locality-tree.ts';
import type { HsdsAddress, HsdsLocation } from './shape.ts';

/** A place of the tree with its names, in any languages. */
export interface NamedLocality extends Point {
  code: string;
  names: string[];
}

/** In degrees; unknown where one of the two is missing. */
interface Point {
  latitude?: number | undefined;
  longitude?: number | undefined;
}

/** Finds localities of one hotline. `within`: the place that all of the directory lies in. */
export type LocalityFinder = (location: HsdsLocation | undefined) => string;

/** Farther than this from the middle of a place is not in it. */
const NEAR_KM = 30;
/** Farther than this from a place, a location of the same name is another. */
const SAME_NAME_KM = 300;
const EARTH_RADIUS_KM = 6371;

/** Makes the finder. What it cannot place is in `within`, or everywhere. */
export function createLocalityFinder(localities: NamedLocality[], within: string | undefined): LocalityFinder {
  const inside = localities.filter(({ code }) => code !== EVERYWHERE && contains(within ?? EVERYWHERE, code));
  const byCode = new Map(inside.map((locality) => [locality.code, locality]));
  const byName = new Map<string, string[]>();
  for (const { code, names } of inside) {
    for (const name of [code, ...names].map((each) => normalise(each))) byName.set(name, [...(byName.get(name) ?? []), code]);
  }
  const named = (text: string | undefined): string[] => (text === undefined ? [] : (byName.get(normalise(text)) ?? []));

  return (location) => {
    if (location === undefined) return within ?? EVERYWHERE;
    const addresses = location.addresses.flatMap((address) => partsOf(address)).filter((part) => part !== undefined);
    const found = addresses.flatMap((part) => named(part));
    // A name may stand for places in two countries: one that the rest of the address leads to counts.
    const country = countryOf(location, named);
    const fitting = found.filter((code) => (country === null || contains(country, code)) && !isFar(byCode.get(code), location));
    const best = [...fitting, ...nearest(inside, location, country)].toSorted((a, b) => depth(b) - depth(a))[0];
    return best ?? within ?? EVERYWHERE;
  };
}

function partsOf({ city, region, state_province, country }: HsdsAddress): (string | undefined)[] {
  return [city, region, state_province, country];
}

/** The country of an address, as its code; null where it has none, or one that no code is known of. */
export function countryOf(location: HsdsLocation | undefined, named: (text: string) => string[] = () => []): string | null {
  for (const { country } of location?.addresses ?? []) {
    if (country === undefined) continue;
    if (/^[A-Za-z]{2}$/.test(country)) return country.toUpperCase() === 'UK' ? 'GB' : country.toUpperCase();
    const code = named(country).find((each) => depth(each) === 1);
    if (code !== undefined) return code;
  }
  return null;
}

function isFar(locality: Point | undefined, location: Point): boolean {
  return (distanceKm(locality, location) ?? 0) > SAME_NAME_KM;
}

function nearest(localities: NamedLocality[], location: Point, country: string | null): string[] {
  const near = localities
    .filter(({ code }) => country === null || contains(country, code))
    .map((locality) => ({ code: locality.code, kilometres: distanceKm(locality, location) ?? Infinity }))
    .filter(({ kilometres }) => kilometres <= NEAR_KM);
  return near.toSorted((a, b) => a.kilometres - b.kilometres).map(({ code }) => code);
}

/** Great-circle distance, by the haversine formula; null where one of the points is not known. */
function distanceKm(from: Point | undefined, to: Point): number | null {
  if (from?.latitude === undefined || from.longitude === undefined) return null;
  if (to.latitude === undefined || to.longitude === undefined) return null;
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const a =
    Math.sin(radians(to.latitude - from.latitude) / 2) ** 2 +
    Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * Math.sin(radians(to.longitude - from.longitude) / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, a)));
}
