// What comes from outside never claims to be reviewed, never overwrites a reviewed text unasked, and never breaks a text's values.
import { describe, expect, it } from 'vitest';
import { planImport } from '../../../src/content/exchange/apply-rows.ts';
import type { ImportPlan } from '../../../src/content/exchange/apply-rows.ts';
import type { ReadRow } from '../../../src/content/exchange/read-result.ts';
import { sourceHashOf } from '../../../src/content/exchange/text-row.ts';
import type { TextRow, Words } from '../../../src/content/exchange/text-row.ts';
import { exchange, row } from './real-texts.ts';

function back(key: string, target: Words, more: Partial<ReadRow> = {}): ReadRow {
  return { key, target, state: null, sourceHash: null, source: null, ...more };
}

function plan(current: TextRow[], rows: ReadRow[], options: { overwriteReviewed?: boolean; language?: string | null } = {}): ImportPlan {
  const read = { ok: true as const, language: options.language ?? null, release: null, rows, problems: [] };
  return planImport(exchange(...current), read, { overwriteReviewed: options.overwriteReviewed ?? false });
}

/** Why one row is skipped; null where it is a change. */
function why(current: TextRow[], one: ReadRow, options: { overwriteReviewed?: boolean; language?: string | null } = {}): string | null {
  return plan(current, [one], options).skipped[0]?.why ?? null;
}

const hello = row('w:hello', 'Hello', 'Salut');

describe('a plan', () => {
  it('has the rows that differ as changes and a reason for each of the others', () => {
    const reviewed = row('w:ok', 'OK', 'Bien', { state: 'reviewed' });
    const result = plan(
      [hello, reviewed, row('w:new', 'New', null)],
      [back('w:hello', 'Salut'), back('w:ok', 'Bon'), back('w:new', 'Nouveau'), back('w:gone', 'Parti')],
    );
    expect(result).toEqual({
      changes: [{ key: 'w:new', target: 'Nouveau', state: 'drafted' }],
      confirmed: [],
      skipped: [
        { key: 'w:hello', why: 'unchanged' },
        { key: 'w:ok', why: 'reviewed', was: 'Bien', wanted: 'Bon' },
        { key: 'w:gone', why: 'unknown_key', was: null, wanted: 'Parti' },
      ],
    });
  });

  it.each([
    ['reviewed', 'drafted'],
    ['drafted', 'drafted'],
    [null, 'drafted'],
    ['stale', 'drafted'],
    ['machine-drafted', 'machine-drafted'],
  ] as const)('takes words that say %s as %s', (state, expected) => {
    expect(plan([hello], [back('w:hello', 'Bonjour', { state })]).changes).toEqual([
      { key: 'w:hello', target: 'Bonjour', state: expected },
    ]);
  });

  it('overwrites a reviewed text only when told to, and then it is reviewed no longer', () => {
    const reviewed = row('w:ok', 'OK', 'Bien', { state: 'reviewed' });
    expect(why([reviewed], back('w:ok', 'Bon', { state: 'reviewed' }))).toBe('reviewed');
    const forced = plan([reviewed], [back('w:ok', 'Bon', { state: 'reviewed' })], { overwriteReviewed: true });
    expect(forced.changes).toEqual([{ key: 'w:ok', target: 'Bon', state: 'drafted' }]);
  });

  it.each([[null], [''], ['  \n'], [[]], [['', ' ']]])('never empties a text: %j', (target) => {
    expect(why([hello, row('w:l', ['a'], ['b'])], back(Array.isArray(target) ? 'w:l' : 'w:hello', target))).toBe('empty');
  });

  it('does not make a list of a text, or a text of a list', () => {
    expect(why([hello], back('w:hello', ['Salut', 'Bonjour']))).toBe('unknown_key');
    expect(why([row('w:l', ['yes'], null)], back('w:l', 'oui'))).toBe('unknown_key');
    expect(why([row('w:l', ['yes'], null)], back('w:l', ['oui']))).toBeNull();
  });

  it('takes nothing from a file in another language', () => {
    expect(why([hello], back('w:hello', 'مرحبا'), { language: 'ar' })).toBe('other_language');
    expect(why([hello], back('w:hello', 'Bonjour'), { language: 'fr-CA' })).toBeNull();
    expect(why([hello], back('w:hello', 'Bonjour'), { language: 'FR' })).toBeNull();
  });
});

describe('a source that has changed', () => {
  it('is seen by the hash of the export', () => {
    expect(why([hello], back('w:hello', 'Bonjour', { sourceHash: sourceHashOf('Hello') }))).toBeNull();
    expect(why([hello], back('w:hello', 'Bonjour', { sourceHash: sourceHashOf('Hello!') }))).toBe('source_changed');
  });
  it('is seen by the source itself where there is no hash', () => {
    expect(why([hello], back('w:hello', 'Bonjour', { source: 'Hello' }))).toBeNull();
    expect(why([hello], back('w:hello', 'Bonjour', { source: 'Hello!' }))).toBe('source_changed');
    expect(why([row('w:l', ['a', 'b'], null)], back('w:l', ['x'], { source: ['a'] }))).toBe('source_changed');
  });
  it('is told by eight digits, of a list by all of its strings', () => {
    expect(sourceHashOf('Hello')).toBe('185f8db3');
    expect(
      new Set([sourceHashOf(['a', 'b']), sourceHashOf(['a']), sourceHashOf(['ab']), sourceHashOf('ab'), sourceHashOf(null)]).size,
    ).toBe(5);
  });
  it('does not matter where the words are the same anyway', () => {
    expect(why([hello], back('w:hello', 'Salut', { sourceHash: '00000000' }))).toBe('unchanged');
  });
});

describe('words that a person has looked at and left', () => {
  const machine = row('w:a', 'A', 'Un', { state: 'machine-drafted' });
  const confirmed = (now: TextRow, more: Partial<ReadRow>): unknown => plan([now], [back('w:a', 'Un', more)]).confirmed;
  it('are told apart from those of a machine', () => {
    expect(confirmed(machine, { state: 'drafted' })).toEqual([{ key: 'w:a', state: 'drafted' }]);
    expect(confirmed({ ...machine, state: 'stale' }, { state: 'reviewed' })).toEqual([{ key: 'w:a', state: 'drafted' }]);
  });
  it('are none where the file says nothing, the text was a person’s, or the source has changed', () => {
    expect(confirmed(machine, { state: null })).toEqual([]);
    expect(confirmed(machine, { state: 'machine-drafted' })).toEqual([]);
    expect(confirmed({ ...machine, state: 'reviewed' }, { state: 'drafted' })).toEqual([]);
    expect(confirmed(machine, { state: 'drafted', sourceHash: '00000000' })).toEqual([]);
  });
});

describe('values', () => {
  const days = row('w:days', 'Keep {{days}} days for {{ name }}', null);
  it.each([
    ['{{name}}: {{days}} jours', null],
    ['{{ name }}: {{days}} {{days}}', null],
    ['{{days}} jours', 'placeholders'],
    ['{{name}}: {{jours}}', 'placeholders'],
    ['{{name}} {{days}} {{more}}', 'placeholders'],
    ['{{name}} {days}', 'placeholders'],
    ['{{name}} {{days}', 'placeholders'],
    ['{{name}} {{days}} }}', 'placeholders'],
    ['{{name}} {{days}} $t(w:hello)', 'placeholders'],
  ])('must be those of the source: %s', (target, expected) => {
    expect(why([days], back('w:days', target))).toBe(expected);
  });

  it('include other texts that are set in', () => {
    const nested = row('w:n', 'See $t(w:hello)', null);
    expect(why([nested], back('w:n', 'Voir $t(w:hello)'))).toBeNull();
    expect(why([nested], back('w:n', 'Voir $t(w:salut)'))).toBe('placeholders');
    expect(why([nested], back('w:n', 'Voir'))).toBe('placeholders');
  });

  it('of a list may stand in any of its strings', () => {
    const list = row('w:l', ['a {{x}}', 'b'], null);
    expect(why([list], back('w:l', ['c', 'd', '{{x}}']))).toBeNull();
    expect(why([list], back('w:l', ['c']))).toBe('placeholders');
  });

  it('may be left out by a plural form, but not be new in it', () => {
    const counted = [
      row('w:q_one', 'One person', null),
      row('w:q_other', '{{count}} people', null),
      row('w:q_two', null, null),
      row('w:q', null, null),
    ];
    expect(why(counted, back('w:q_one', '{{count}} personne'))).toBeNull();
    expect(why(counted, back('w:q_two', 'Deux personnes'))).toBeNull();
    expect(why(counted, back('w:q_two', '{{name}}'))).toBe('placeholders');
    expect(why(counted, back('w:q', '{{count}}'))).toBeNull();
    expect(why(counted, back('w:q', 'Des personnes'))).toBe('placeholders');
  });

  it('must all be there in a text that only ends like a plural form', () => {
    expect(why([row('w:do_other', 'Write {{number}}', null)], back('w:do_other', 'Écrivez'))).toBe('placeholders');
  });

  it('of a form that the source has not are those of its general form', () => {
    const forms = [row('w:k', 'Keep {{days}}', null), row('w:k_whatsapp', '{{days}} {{name}}', null), row('w:k_sms', null, null)];
    expect(why(forms, back('w:k_sms', 'Garder {{days}}'))).toBeNull();
    expect(why(forms, back('w:k_sms', 'Garder'))).toBe('placeholders');
    expect(why(forms, back('w:k_sms', '{{days}} {{name}}'))).toBe('placeholders');
  });
});
