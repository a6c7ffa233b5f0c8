// Every text that the release needs: those that flows name, those that the engine says by itself, and the names of places
// and topics. Called by compile.ts for the checks; the texts of answers have a check of their own.
import type { Program } from '../engine/program.ts';
import { ALERT_TEXT, SYSTEM_TEXTS, textsUsed } from '../engine/texts-used.ts';
import type { UsedText } from './check.ts';
import type { ReleaseContent } from './read-content.ts';
import type { ParsedFlow } from './read-flows.ts';

/** All needed texts, in the order: flows, engine, alert, places, topics. A text that is used twice stands twice. */
export function usedTexts(program: Program, flows: ParsedFlow[], content: ReleaseContent): UsedText[] {
  const ofFlows = flows.flatMap((flow) => {
    const compiled = program.flows.get(flow.id);
    return (compiled === undefined ? [] : textsUsed(compiled)).map(({ key, path }) => ({
      key,
      position: flow.at(path),
      by: `flow ${flow.id}`,
    }));
  });
  const ofEngine = SYSTEM_TEXTS.map((key) => ({ key, position: null, by: 'every hotline' }));
  const ofAlert =
    content.settings.value.alert === undefined
      ? []
      : [{ key: ALERT_TEXT, position: content.settings.at(['alert']), by: 'the alert in the settings' }];
  const ofPlaces = content.localities.map(({ value, at }) => ({
    key: `localities:${value.code}`,
    position: at([], 'code'),
    by: 'this place',
  }));
  const ofTopics = content.topics.map(({ value, at }) => ({ key: `topics:${value.code}`, position: at([], 'code'), by: 'this topic' }));
  return [...ofFlows, ...ofEngine, ...ofAlert, ...ofPlaces, ...ofTopics];
}
