// A new answer as edits of a draft: the entry and its words in the source language, all or nothing. Used by add-answer.tsx. Pure.
import type { Answer } from '../../../domain/content.ts';
import { addressOf } from '../../../release/entry.ts';
import { listOf } from '../settings/lines.ts';
import { toJson } from '../settings/to-json.ts';
import type { Edit } from '../use-edits.ts';

/** As it is typed. */
export interface NewAnswer {
  topic: string;
  locality: string;
  kind: Answer['kind'];
  source: string;
  reviewBy: string;
  flow: string | undefined;
  replaces: string | undefined;
  title: string;
  text: string;
  /** One a line. */
  phrasings: string;
}

export function answerEdits(given: NewAnswer & { id: string; file: string }, language: string): Edit[] {
  const { id } = given;
  const answer: Answer = {
    id,
    topic: given.topic,
    locality: given.locality,
    kind: given.kind,
    source: given.source.trim(),
    // Nobody has checked it yet.
    reviewed_by: null,
    reviewed_on: null,
    review_by: given.reviewBy,
    replaces: given.replaces,
    flow: given.flow,
  };
  const word = (key: string, value: Edit['value']): Edit => ({
    address: addressOf(`locales/${language}/answers.json`, key),
    value,
    expects: 0,
  });
  const phrasings = listOf(given.phrasings);
  return [
    { address: addressOf(given.file, id), value: toJson(answer), expects: 0 },
    word(`${id}.title`, given.title.trim()),
    word(id, given.text.trim()),
    ...(phrasings.length === 0 ? [] : [word(`${id}.phrasings`, phrasings)]),
  ];
}
