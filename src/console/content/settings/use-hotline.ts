// What every page of answers, places and settings must know of the content that is looked at: its settings, topics, places and languages,
// with names in the language of the console. Used by answers/, places/, settings/, questions/. Changes nothing.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../../api/client.ts';
import type { EntryView } from '../../../api/content-shapes.ts';
import { HotlineSettings, Locality, Topic } from '../../../domain/content.ts';
import { addressOf, partsOf } from '../../../release/entry.ts';
import { isTimeZone } from '../../../release/time-zone.ts';
import { LanguageEntry, toLanguageInfo, type LanguageInfo } from '../../../rendering/language-info.ts';
import { localTime } from '../../../util/local-time.ts';
import { useRead } from '../../api.ts';

export const SETTINGS_FILE = 'flows/settings/hotline.yaml';
export const TOPICS_FILE = 'flows/settings/topics.yaml';
export const LOCALITIES_FILE = 'flows/settings/localities.yaml';

export interface Hotline {
  /** Those that can be read; a key that is absent is absent here. */
  settings: Partial<HotlineSettings>;
  /** The entry of a setting; undefined where it does not stand in the file. */
  entryOf(setting: string): EntryView | undefined;
  topics: readonly Topic[];
  localities: readonly Locality[];
  topicEntry(code: string): EntryView | undefined;
  localityEntry(code: string): EntryView | undefined;
  /** Offered to people, the source language first. */
  languages: readonly LanguageInfo[];
  /** All that the program knows. */
  knownLanguages: readonly LanguageInfo[];
  sourceLanguage: string;
  /** The code where it has no name yet. */
  nameOfTopic(code: string): string;
  nameOfLocality(code: string): string;
  /** `HEA.PRI` → its area and its name. */
  pathOfTopic(code: string): string;
  /** Country, region and city. */
  pathOfLocality(code: string): string;
  timezone: string;
  /** Local date of the hotline, YYYY-MM-DD. */
  today: string;
}

export interface HotlineRead {
  hotline: Hotline | null;
  error: ApiError | null;
  retry: () => void;
}

/** Reads it for a release or a draft. */
export function useHotline(source: string): HotlineRead {
  const { i18n } = useTranslation();
  const read = useRead('readEntries', [{ params: { source }, query: { kinds: 'setting,topic,locality,language' } }]);
  const entries = read.data?.entries;
  const sourceLanguage = textOf(
    entries?.find(({ address }) => address === addressOf(SETTINGS_FILE, 'source_language')),
    'en',
  );
  const isReady = entries !== undefined;
  const own = useNames(source, i18n.language, isReady);
  const general = useNames(source, sourceLanguage, isReady && sourceLanguage !== i18n.language);
  const hotline = useMemo(
    () => (entries && own ? toHotline(entries, sourceLanguage, new Map([...(general ?? []), ...own])) : null),
    [entries, own, general, sourceLanguage],
  );
  return { hotline, error: read.error, retry: () => void read.refetch() };
}

/** Names of topics and places in one language, by `topics:REG`; empty where the content does not speak it. */
function useNames(source: string, language: string, enabled: boolean): Map<string, string> | null {
  const file = (namespace: string) => ({ params: { source }, query: { file: `locales/${language}/${namespace}.json` } });
  const topics = useRead('readEntries', [file('topics')], { enabled });
  const localities = useRead('readEntries', [file('localities')], { enabled });
  const settled = !topics.isPending && !localities.isPending;
  return useMemo(() => {
    if (!settled) return null;
    const named = (namespace: string, found: readonly EntryView[] = []): [string, string][] =>
      found.flatMap(({ address, value }) => (typeof value === 'string' ? [[`${namespace}:${partsOf(address).key}`, value]] : []));
    return new Map([...named('topics', topics.data?.entries), ...named('localities', localities.data?.entries)]);
  }, [settled, topics.data, localities.data]);
}

function toHotline(entries: readonly EntryView[], sourceLanguage: string, names: ReadonlyMap<string, string>): Hotline {
  const byAddress = new Map(entries.filter(({ value }) => value !== undefined).map((entry) => [entry.address, entry]));
  const settings = readSettings(entries);
  const list = <T>(kind: EntryView['kind'], parse: (value: unknown) => { success: boolean; data?: T | undefined }): T[] =>
    entries.flatMap((entry) => {
      const read = entry.kind === kind ? parse(entry.value) : undefined;
      return read?.data === undefined ? [] : [read.data];
    });
  const knownLanguages = list('language', (value) => LanguageEntry.safeParse(value)).map(toLanguageInfo);
  const offered = new Set([sourceLanguage, ...(settings.languages ?? [])]);
  const nameOfTopic = (code: string): string => names.get(`topics:${code}`) ?? code;
  const nameOfLocality = (code: string): string => names.get(`localities:${code}`) ?? code;
  const timezone = settings.timezone !== undefined && isTimeZone(settings.timezone) ? settings.timezone : 'UTC';
  return {
    settings,
    entryOf: (setting) => byAddress.get(addressOf(SETTINGS_FILE, setting)),
    topics: list('topic', (value) => Topic.safeParse(value)),
    localities: list('locality', (value) => Locality.safeParse(value)),
    topicEntry: (code) => byAddress.get(addressOf(TOPICS_FILE, code)),
    localityEntry: (code) => byAddress.get(addressOf(LOCALITIES_FILE, code)),
    languages: [...offered].flatMap((tag) => knownLanguages.find((language) => language.tag === tag) ?? []),
    knownLanguages,
    sourceLanguage,
    nameOfTopic,
    nameOfLocality,
    pathOfTopic: (code) =>
      code.includes('.') ? `${nameOfTopic(code.slice(0, code.indexOf('.')))} · ${nameOfTopic(code)}` : nameOfTopic(code),
    pathOfLocality: (code) => placeParts(code).map(nameOfLocality).join(' · '),
    timezone,
    today: localTime(Date.now(), timezone).date,
  };
}

/** `ES-CT-BCN` → `ES`, `ES-CT`, `ES-CT-BCN`. */
function placeParts(code: string): string[] {
  return code.split('-').map((_, index, parts) => parts.slice(0, index + 1).join('-'));
}

/** Each setting by itself: one that is wrong hides no other. */
function readSettings(entries: readonly EntryView[]): Partial<HotlineSettings> {
  const found = new Map(entries.filter(({ kind }) => kind === 'setting').map(({ address, value }) => [partsOf(address).key, value]));
  const sound = Object.entries(HotlineSettings.shape).flatMap(([key, shape]) => {
    const read = found.get(key) === undefined ? undefined : shape.safeParse(found.get(key));
    return read?.success ? [[key, read.data]] : [];
  });
  return HotlineSettings.partial().parse(Object.fromEntries(sound));
}

function textOf(entry: EntryView | undefined, otherwise: string): string {
  return typeof entry?.value === 'string' ? entry.value : otherwise;
}
