// Every check and every transcript on content that is not published yet. Called in the workshop: before publishing and when asked.
import { parse } from 'yaml';
import type { CheckView } from '../../api/content-shapes.ts';
import { TERMINAL_CAPABILITIES } from '../../channels/terminal/terminal.ts';
import type { CompiledRelease } from '../../release/compile.ts';
import { sortProblems, warningAt, type Problem } from '../../release/problem.ts';
import { Transcript } from '../../release/transcript.ts';
import { playTranscript } from '../transcripts.ts';
import type { OpenContent } from './open-content.ts';
import { viewProblems } from './view-entries.ts';

const MAX_PROBLEMS = 300;
const MAX_SHOWN = 50;

/** What lies on the bench is checked once: whoever publishes what was checked a moment ago does not wait for the same once more. */
const checked = new WeakMap<OpenContent, Promise<Omit<CheckView, 'revision'>>>();

/** Problems, errors first; transcripts are played only where the content compiles. */
export function checkContent(content: OpenContent, now: number): Promise<Omit<CheckView, 'revision'>> {
  const known = checked.get(content) ?? check(content, now);
  checked.set(content, known);
  return known;
}

async function check(content: OpenContent, now: number): Promise<Omit<CheckView, 'revision'>> {
  const { release, problems } = await content.compiled(now);
  const transcripts = release === undefined ? { passed: 0, failed: [] } : playAll(release, content.texts());
  return { problems: viewProblems(firstOf(problems), content.entries, await content.source()), transcripts };
}

/** Whether it may be published as far as checks go. */
export function passes({ problems, transcripts }: Omit<CheckView, 'revision'>): boolean {
  return problems.every(({ severity }) => severity !== 'error') && transcripts.failed.length === 0;
}

function playAll(release: CompiledRelease, texts: Readonly<Record<string, string>>): CheckView['transcripts'] {
  const failed: CheckView['transcripts']['failed'] = [];
  let passed = 0;
  for (const [file, text] of Object.entries(texts)) {
    if (!file.startsWith('test/flows/')) continue;
    const result = playOne(release, text);
    if (result === null) passed += 1;
    else failed.push({ file, ...result });
  }
  return { passed, failed: failed.slice(0, MAX_SHOWN) };
}

function playOne(release: CompiledRelease, text: string): { entry: number; expected: string; said: string } | null {
  const parsed = Transcript.safeParse(readYaml(text));
  if (!parsed.success) return { entry: 0, expected: 'a list of what is said in turn', said: parsed.error.issues[0]?.message ?? '' };
  const result = playTranscript(release, parsed.data, TERMINAL_CAPABILITIES);
  return result.passed ? null : { entry: result.entry, expected: result.expected, said: result.said };
}

function readYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 20 }) as unknown;
  } catch {
    return null;
  }
}

/** Thousands of warnings help nobody; errors all count. */
function firstOf(problems: readonly Problem[]): Problem[] {
  const sorted = sortProblems([...problems]);
  if (sorted.length <= MAX_PROBLEMS) return sorted;
  const at = { file: sorted[MAX_PROBLEMS]?.file ?? '', line: 1, column: 1 };
  return [...sorted.slice(0, MAX_PROBLEMS), warningAt(at, 'check.more', `And ${sorted.length - MAX_PROBLEMS} more.`)];
}
