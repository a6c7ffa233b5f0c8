// A release ready to run: everything that the runtime needs to build the engine's environment, and nothing that it must read again.
// Made by compile.ts, never changed. Functions that depend on the time take `now`, in milliseconds since the epoch.
import type { Answer, HotlineSettings, Locality, Place, ReviewState, Topic } from '../domain/content.ts';
import type { PlaceQuery } from '../engine/env.ts';
import type { Program } from '../engine/program.ts';
import type { LanguageInfo } from '../rendering/language-info.ts';
import type { Texts } from '../rendering/texts.ts';
import type { LanguageFunctions } from './bind-language.ts';

export interface CompiledRelease extends LanguageFunctions {
  readonly number: number;
  readonly program: Program;
  readonly texts: Texts;
  readonly settings: HotlineSettings;
  /** All languages of the release; those that people are offered are `offeredLanguages`, in the order of the list. */
  readonly languages: LanguageInfo[];
  readonly offeredLanguages: { tag: string; name: string }[];
  readonly topics: Topic[];
  readonly localities: Locality[];
  /** As written: protected addresses are among them. What may be shown comes from findPlaces. */
  readonly places: Place[];
  readonly answers: Answer[];
  /** All texts of one namespace in a language, for pages that render by themselves (widget, demonstration page). Fallbacks filled in. */
  namespace(name: string, language: string): Record<string, string>;
  /** A text of the namespace `elsewhere` in a language that is not offered; null where it has none. */
  elsewhere(text: string, language: string): string | null;
  /** How far a text is reviewed; `key` is `namespace:key`. */
  reviewState(key: string, language: string): ReviewState;
  locality(code: string): Locality | null;
  localityNames(code: string, language: string): string[];
  topicIsPrivate(topic: string): boolean;
  localAnswer(entry: string, locality: string | null, now: number): Answer | null;
  findPlaces(query: PlaceQuery, now: number): Place[];
  isPlaceOpen(place: Place, now: number): boolean;
  /** A signed number for the locality, or null. */
  emergencyNumber(locality: string | null): string | null;
}
