// The repository's own content: it compiles without an error, and says what the hotline promises to say.
// Runs at a fixed date, so that a clone does not age.
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { identifyLanguage } from '../../src/content/language-model.ts';
import { loadFiles } from '../../src/content/load-files.ts';
import { compileRelease } from '../../src/release/compile.ts';
import type { CompiledRelease, CompileResult } from '../../src/release/compile.ts';
import { formatProblem } from '../../src/release/problem.ts';

const now = Date.parse('2026-11-21T10:00:00Z');
let result: CompileResult;
let release: CompiledRelease;

beforeAll(async () => {
  result = compileRelease(await loadFiles(fileURLToPath(new URL('../../', import.meta.url))), { identify: identifyLanguage, now });
  if (result.release !== undefined) release = result.release;
});

describe('our own content', () => {
  it('has no errors', () => {
    const errors = result.problems.filter((problem) => problem.severity === 'error').map(formatProblem);
    expect(errors).toEqual([]);
    expect(result.release).toBeDefined();
  });

  it('is a demonstration in four languages, and no text claims a review', () => {
    expect(release.settings.demonstration).toBe(true);
    expect(release.offeredLanguages.map((language) => language.tag)).toEqual(['es', 'en', 'fr', 'ar']);
    for (const { tag } of release.offeredLanguages) expect(release.reviewState('system:limits', tag)).toBe('machine-drafted');
    expect(release.answers.every((answer) => answer.reviewed_by === null)).toBe(true);
  });

  it('has at least 20 answers, each in every language', () => {
    expect(release.answers.length).toBeGreaterThanOrEqual(20);
    for (const { tag } of release.offeredLanguages) {
      for (const { id } of release.answers) expect(release.texts.has(`answers:${id}`, tag), `${id} in ${tag}`).toBe(true);
    }
  });

  it('names no emergency number, because nobody signed one', () => {
    for (const { code } of release.localities) expect(release.emergencyNumber(code)).toBeNull();
    for (const { tag } of release.offeredLanguages) {
      for (const channel of ['sms', 'whatsapp', 'web']) {
        expect(release.texts.render({ key: 'system:emergency_no_number' }, tag, channel)).not.toMatch(/\p{Nd}{3}|\{\{/u);
      }
    }
  });

  it('switches the private lane off until it is signed', () => {
    const off = result.problems.filter((problem) => problem.code === 'private.unsigned').map((problem) => problem.file);
    expect(off).toContain('flows/private.yaml');
    expect(release.topicIsPrivate('SAF.GBV')).toBe(true);
  });

  it('shows no protected address', () => {
    for (const place of release.places.filter((each) => each.protected_address)) {
      const found = release.findPlaces({ topic: place.topics[0] ?? '', locality: place.locality, limit: 10 }, now);
      for (const shown of found.filter((each) => each.id === place.id)) expect(shown.address).toBeUndefined();
    }
  });
});
