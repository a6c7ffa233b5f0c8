// Topics of a place: our own codes where the file has them, else those that its terms stand for, else the one given for all.
// Called by place-of-service.ts.
import { normalise } from '../../language/normalise.ts';
import { isOwn } from './own-attributes.ts';
import type { OwnAttributes } from './own-attributes.ts';
import type { Report } from './report.ts';
import type { HsdsAttribute } from './shape.ts';

export type TopicReader = (own: OwnAttributes, attributes: HsdsAttribute[], record: string) => string[];

/**
 * Makes the reader.
 * @param topicByTerm topic codes by what a directory calls its terms: `code`, `name` or `taxonomy:code`, in any letters
 */
export function createTopicReader(topicByTerm: Record<string, string>, defaultTopic: string, report: Report): TopicReader {
  const byTerm = new Map(Object.entries(topicByTerm).map(([term, topic]) => [keyOf(term), topic]));
  return (own, attributes, record) => {
    const foreign = attributes.filter((attribute) => !isOwn(attribute));
    const topics = foreign.flatMap((attribute) => {
      const topic = namesOf(attribute)
        .map((name) => byTerm.get(keyOf(name)))
        .find((each) => each !== undefined);
      if (topic === undefined && own.topics.length === 0) noteUnmapped(attribute, report);
      return topic === undefined ? [] : [topic];
    });
    if (own.topics.length > 0) return own.topics;
    if (topics.length > 0) return [...new Set(topics)];
    const message = `No term of this service stands for a topic, so it is given "${defaultTopic}". Set its topics.`;
    report.add({ severity: 'warning', code: 'topic.default', message, record, field: 'topics' });
    return [defaultTopic];
  };
}

/** The ways in which a term may be named in the mapping, most exact first. */
function namesOf({ taxonomy_term: term, value, label }: HsdsAttribute): string[] {
  if (term === undefined) return [value, label].filter((name) => name !== undefined);
  const taxonomy = term.taxonomy_detail?.name ?? term.taxonomy;
  const qualified = taxonomy === undefined || term.code === undefined ? undefined : `${taxonomy}:${term.code}`;
  return [qualified, term.term_uri, term.code, term.name].filter((name) => name !== undefined);
}

function keyOf(term: string): string {
  return normalise(term, { keepAccents: true });
}

function noteUnmapped(attribute: HsdsAttribute, report: Report): void {
  const [name = 'a term without a name'] = namesOf(attribute).toReversed();
  const message = 'This term stands for no topic yet. Say which topic it stands for, and import again.';
  report.count({ severity: 'info', code: 'topic.unmapped', message, field: name });
}
