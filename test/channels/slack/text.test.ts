// Words into Slack and out of it: no bell for the desk, no markup for the person.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseHead, threadMessage } from '../../../src/channels/slack/blocks.ts';
import { escapeText, splitText, toPlainText } from '../../../src/channels/slack/text.ts';
import type { CaseNotice } from '../../../src/channels/staff-surface.ts';

const notice: CaseNotice = {
  caseId: 'case-1',
  alias: 'blue heron',
  private: false,
  priority: 'urgent',
  topic: 'EDU.ENR',
  language: 'es',
  channel: 'sms',
  reason: 'asked',
  callback: false,
  summary: 'Busco escuela <!channel> para @here & mi hija',
  openedAt: 0,
  link: null,
};

describe("a person's words", () => {
  it('mention nobody, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeText(text);
        return !/[<>]/.test(escaped) && !/@(?!\u200D)/.test(escaped);
      }),
    );
  });
  it('stand in plain text only, and never in the notification', () => {
    const head = caseHead(notice, { status: 'waiting' });
    const thread = threadMessage({ id: '1', from: 'person', text: '*Ayuda* <@U1> @here https://x.example.org' });
    expect(head.text).toBe('New case: EDU.ENR, es, urgent');
    expect(thread.text).toBe('The person wrote.');
    const markup = JSON.stringify([head, thread], (_name, value: unknown) =>
      (value as { type?: string })?.type === 'plain_text' ? undefined : value,
    );
    expect(markup).not.toMatch(/escuela|Ayuda/);
    expect(JSON.stringify(head)).toContain('&lt;!channel&gt; para @\u200Dhere &amp; mi hija');
  });
  it('turn no direction and link nowhere', () => {
    const thread = threadMessage({
      id: '1',
      from: 'person',
      text: '\u202Eevil\u202C \u2066<https://x.example|here>\u2069 <!channel> @here <@U1>',
    });
    const shown = JSON.stringify(thread);
    expect(shown).not.toMatch(/[\u202A-\u202E\u2066-\u2069]|<[!@#h]/);
    expect(shown).toContain('&lt;!channel&gt;');
  });
  it('are cut into pieces that Slack takes, losing nothing but spaces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'ñ', '🙂', ' ', '\n', '&amp;', '&lt;', 'palabra '), { maxLength: 80 }),
        fc.integer({ min: 12, max: 40 }),
        (parts, max) => {
          const text = parts.join('');
          const pieces = splitText(text, max);
          expect(pieces.every((piece) => piece.length <= max && !/[\uD800-\uDBFF]$/.test(piece) && !/&[a-z]{0,3}$/.test(piece))).toBe(true);
          expect(pieces.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        },
      ),
    );
  });
});

describe('a private case', () => {
  it('says that it is there, and nothing else', () => {
    const head = caseHead({ ...notice, private: true }, { status: 'waiting' });
    expect(head.text).toBe('New private case');
    expect(JSON.stringify(head)).not.toMatch(/EDU|urgent|heron|sms|escuela|asked|"es"/);
  });
});

describe('the head of a thread', () => {
  const actions = (state: Parameters<typeof caseHead>[1]) =>
    JSON.stringify(caseHead(notice, state)).match(/case_(claim|transfer|release|close)/g);
  it('offers what can still be done', () => {
    expect(actions({ status: 'waiting' })).toEqual(['case_claim', 'case_transfer', 'case_close']);
    expect(actions({ status: 'claimed', by: 'slack:U1' })).toEqual(['case_transfer', 'case_release', 'case_close']);
    expect(actions({ status: 'closed', by: null })).toBeNull();
  });
  it('says who has the case', () => {
    expect(JSON.stringify(caseHead(notice, { status: 'claimed', by: 'slack:U1' }))).toContain('Claimed by <@U1>.');
    expect(JSON.stringify(caseHead(notice, { status: 'closed', by: 'Marta <@U2>' }))).toContain('Closed by Marta &lt;@\u200DU2&gt;.');
  });
});

describe('a staff message for the person', () => {
  it.each([
    ['Hola &amp; buenos días &lt;3', 'Hola & buenos días <3'],
    ['Mire <https://example.org/a?b=1&amp;c=2>', 'Mire https://example.org/a?b=1&c=2'],
    ['Mire <https://example.org|example.org>', 'Mire example.org'],
    ['Mire <https://example.org/x|esta página>', 'Mire esta página (https://example.org/x)'],
    ['Llame al <tel:900123456|900 123 456>', 'Llame al 900 123 456 (900123456)'],
    ['Escriba a <mailto:a@example.org|a@example.org>', 'Escriba a a@example.org'],
  ])('%s becomes plain words', (markup, words) => expect(toPlainText(markup)).toBe(words));
  it.each(['<@U1> ¿lo ves?', 'mira <#C1|general>', '<!here> ayuda', '<!subteam^S1>'])('%s is not for the person', (markup) =>
    expect(toPlainText(markup)).toBeNull(),
  );
});
