// The hotline's settings must agree with themselves and name only languages, flows and places that exist.
import type { CheckContext } from '../check.ts';
import { isPhoneNumber, PHONE_HINT } from '../phone-number.ts';
import { isTimeZone } from '../time-zone.ts';
import { errorAt } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { checkTemplates } from './templates.ts';

/** Runs before the other checks: on wrong settings they would only repeat what is wrong. */
export const checkSettings = (context: Pick<CheckContext, 'content' | 'flows'>): Problem[] => [
  ...checkLanguages(context),
  ...checkFlows(context),
  ...checkNumbers(context),
  ...checkPlacesAndTimes(context),
  ...checkTemplates(context),
];

function checkLanguages({ content }: Pick<CheckContext, 'content'>): Problem[] {
  const { value: settings, at } = content.settings;
  const known = new Set(content.languages.map((language) => language.value.tag));
  const named: [tag: string, path: PropertyKey[]][] = [
    ...settings.languages.map((tag, index): [string, PropertyKey[]] => [tag, ['languages', index]]),
    ...settings.required_languages.map((tag, index): [string, PropertyKey[]] => [tag, ['required_languages', index]]),
    [settings.source_language, ['source_language']],
    [settings.default_language, ['default_language']],
    ...Object.keys(settings.private_lane_signed).map((tag): [string, PropertyKey[]] => [tag, ['private_lane_signed', tag]]),
  ];
  const unknown = named
    .filter(([tag]) => !known.has(tag))
    .map(([tag, path]) =>
      errorAt(at(path), 'settings.language', `The language "${tag}" is not in locales/languages.yaml; add it there or mend the tag.`),
    );
  if (settings.languages.includes(settings.default_language)) return unknown;
  const message = `The default language "${settings.default_language}" is not among the languages that people are offered.`;
  return [...unknown, errorAt(at(['default_language']), 'settings.language', message)];
}

function checkFlows({ content, flows }: Pick<CheckContext, 'content' | 'flows'>): Problem[] {
  const { value: settings, at } = content.settings;
  return (['entry_flow', 'menu_flow'] as const)
    .filter((key) => !flows.some((flow) => flow.id === settings[key]))
    .map((key) =>
      errorAt(at([key]), 'settings.flow', `There is no flow "${settings[key]}": write the name of a file in flows/ without .yaml.`),
    );
}

function checkNumbers({ content }: Pick<CheckContext, 'content'>): Problem[] {
  const { value: settings, at } = content.settings;
  const emergency = settings.emergency_numbers.flatMap(({ number }, index) =>
    isPhoneNumber(number)
      ? []
      : [errorAt(at(['emergency_numbers', index, 'number']), 'settings.number', `This is no number to call: ${PHONE_HINT}.`)],
  );
  const own = Object.entries(settings.public_numbers).flatMap(([name, number]) =>
    number === undefined || isPhoneNumber(number)
      ? []
      : [errorAt(at(['public_numbers', name]), 'settings.number', `This is no number to write to: ${PHONE_HINT}.`)],
  );
  return [...emergency, ...own];
}

function checkPlacesAndTimes({ content }: Pick<CheckContext, 'content'>): Problem[] {
  const { value: settings, at } = content.settings;
  const known = new Set(content.localities.map((locality) => locality.value.code));
  const named: [code: string, path: PropertyKey[]][] = [
    ...settings.localities.map((code, index): [string, PropertyKey[]] => [code, ['localities', index]]),
    ...settings.emergency_numbers.map(({ locality }, index): [string, PropertyKey[]] => [
      locality,
      ['emergency_numbers', index, 'locality'],
    ]),
  ];
  const problems = named
    .filter(([code]) => !known.has(code))
    .map(([code, path]) =>
      errorAt(
        at(path),
        'settings.locality',
        `The place "${code}" is not in flows/settings/localities.yaml; add it there or mend the code.`,
      ),
    );
  if (!isTimeZone(settings.timezone)) {
    problems.push(
      errorAt(at(['timezone']), 'settings.timezone', `"${settings.timezone}" is no time zone; write one such as Europe/Madrid.`),
    );
  }
  return problems;
}
