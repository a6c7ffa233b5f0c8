// Places of the directory must name topics and localities that exist, numbers that can be called and hours that can be read.
import type { Place } from '../../domain/content.ts';
import type { Check, CheckContext } from '../check.ts';
import type { Located } from '../parse-part.ts';
import { isPhoneNumber, PHONE_HINT } from '../phone-number.ts';
import { errorAt, warningAt } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { isTimeZone } from '../time-zone.ts';

export const checkPlaces: Check = (context) => {
  const topics = new Set(context.content.topics.map((topic) => topic.value.code));
  const localities = new Set(context.content.localities.map((locality) => locality.value.code));
  const seen = new Set<string>();
  return context.content.places.flatMap((place) => {
    const { value, at } = place;
    const problems = value.topics
      .map((topic, index) => ({ topic, index }))
      .filter(({ topic }) => !topics.has(topic))
      .map(({ topic, index }) =>
        errorAt(
          at(['topics', index]),
          'place.unknown',
          `The topic "${topic}" is not in flows/settings/topics.yaml; mend the code or add it.`,
        ),
      );
    if (!localities.has(value.locality)) {
      const message = `The place "${value.locality}" is not in flows/settings/localities.yaml; mend the code or add it.`;
      problems.push(errorAt(at([], 'locality'), 'place.unknown', message));
    }
    if (seen.has(value.id))
      problems.push(errorAt(at([], 'id'), 'place.twice', `The place "${value.id}" stands twice; give one another id.`));
    seen.add(value.id);
    return [...problems, ...checkContact(place), ...checkHours(place), ...checkDate(context, place)];
  });
};

function checkContact({ value, at }: Located<Place>): Problem[] {
  const problems = value.phones
    .map((phone, index) => ({ phone, index }))
    .filter(({ phone }) => !isPhoneNumber(phone))
    .map(({ index }) => errorAt(at(['phones', index]), 'place.phone', `This is no number to call: ${PHONE_HINT}.`));
  const reachable = value.phones.length > 0 || (!value.protected_address && (value.address !== undefined || value.url !== undefined));
  if (!reachable) {
    const hint = value.protected_address
      ? 'a protected address is never shown, so it needs a phone'
      : 'it needs a phone, an address or a link';
    problems.push(warningAt(at([], 'id'), 'place.unreachable', `Nobody can reach this place: ${hint}.`));
  }
  return problems;
}

function checkHours({ value, at }: Located<Place>): Problem[] {
  const problems = value.hours.flatMap((hours, index) =>
    (['opens_at', 'closes_at'] as const)
      .filter((key) => !/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(hours[key]))
      .map((key) => errorAt(at(['hours', index], key), 'place.hours', `"${hours[key]}" is no time of day; write 00:00 to 24:00.`)),
  );
  if (value.timezone !== undefined && !isTimeZone(value.timezone)) {
    problems.push(errorAt(at([], 'timezone'), 'place.timezone', `"${value.timezone}" is no time zone; write one such as Europe/Madrid.`));
  }
  return problems;
}

function checkDate({ today }: CheckContext, { value, at }: Located<Place>): Problem[] {
  if (today === null || value.verify_by >= today) return [];
  const message =
    'This place is past the date by which it was to be verified; people are told to confirm it. Verify it and set a new date.';
  return [warningAt(at([], 'verify_by'), 'place.overdue', message)];
}
