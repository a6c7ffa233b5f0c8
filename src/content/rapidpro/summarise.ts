// Counts the notes of an import, for printing. Called by the import of the command line and of the console.
import { NOTE_WORDS, type NodeNote, type NoteCode, type Outcome } from './report.ts';

interface ImportSummary {
  flows: number;
  nodes: number;
  outcomes: Record<Outcome, number>;
  /** How often each reason was the weightiest of a node, the most frequent first, with its words. */
  reasons: { why: NoteCode; words: string; nodes: number }[];
}

/** Counts by outcome and by reason. */
export function summariseImport(flows: readonly { report: readonly NodeNote[] }[]): ImportSummary {
  const notes = flows.flatMap(({ report }) => report);
  const outcomes: Record<Outcome, number> = { taken_over: 0, changed: 0, not_supported: 0 };
  const reasons = new Map<NoteCode, number>();
  for (const { outcome, why } of notes) {
    outcomes[outcome] += 1;
    if (why !== undefined) reasons.set(why, (reasons.get(why) ?? 0) + 1);
  }
  return {
    flows: flows.length,
    nodes: notes.length,
    outcomes,
    reasons: [...reasons]
      .map(([why, nodes]) => ({ why, words: NOTE_WORDS[why], nodes }))
      .toSorted((a, b) => b.nodes - a.nodes || (a.why < b.why ? -1 : 1)),
  };
}
