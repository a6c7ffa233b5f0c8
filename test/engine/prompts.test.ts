// Questions of people's work: asked under any owner, answered under any owner, and never in the way of what a person wants to say.
import { describe, expect, it } from 'vitest';
import type { Prompt, PromptAnswer } from '../../src/domain/prompt.ts';
import type { EngineEnv } from '../../src/engine/env.ts';
import { NOON } from './test-env.ts';
import { converse, HOTLINE, programOf, type Played } from './test-program.ts';

const program = programOf(HOTLINE);
const DAY = 24 * 3_600_000;
const CONSENT: Prompt = { name: 'referral_consent', about: 'r1', organisation: 'Casa', items: ['alias', 'contact', 'topic'] };
const RATING: Prompt = { name: 'rating', about: 'c1', followUpDays: 14 };

function asked(prompt: Prompt, env: Partial<EngineEnv> = {}) {
  const chat = converse(program, { flow: 'school', language: 'es', env });
  chat.open({ owner: 'flow' });
  const played = chat.take({ kind: 'prompt', lines: [], prompt });
  return { chat, played };
}

const answers = ({ facts }: Played): PromptAnswer[] => facts.flatMap((fact) => (fact.type === 'prompt_answered' ? [fact.answer] : []));

describe('consent to a referral', () => {
  it('names the organisation and every item, says nothing else, and outlives a change of owner', () => {
    const { played } = asked(CONSENT, { owner: 'staff' });
    expect(played.events).toEqual([
      {
        type: 'say',
        kind: 'system',
        line: {
          text: {
            key: 'system:referral_consent',
            params: {
              organisation: 'Casa',
              items: [{ key: 'system:disclose.alias' }, { key: 'system:disclose.contact' }, { key: 'system:disclose.topic' }],
            },
          },
          choices: [
            { id: 'yes', label: { key: 'system:yes' } },
            { id: 'no', label: { key: 'system:no' } },
            { id: 'choose', label: { key: 'system:referral_consent.choose' } },
          ],
        },
      },
    ]);
  });

  it.each(['flow', 'queue', 'staff', 'closed'] as const)('is answered under the owner %s', (owner) => {
    const { chat } = asked(CONSENT, { owner });
    expect(answers(chat.send('1'))).toEqual([
      { name: 'referral_consent', about: 'r1', items: ['alias', 'contact', 'topic'], textKey: 'system:referral_consent' },
    ]);
  });

  it('goes item by item where the person wants that, and an item without a yes is not among them', () => {
    const { chat } = asked(CONSENT, { owner: 'staff' });
    expect(chat.send('3').says).toEqual(['system:referral_item']);
    expect(answers(chat.send('1'))).toEqual([]);
    expect(chat.send('2').says).toEqual(['system:referral_item']);
    expect(answers(chat.send('1'))).toEqual([
      { name: 'referral_consent', about: 'r1', items: ['alias', 'topic'], textKey: 'system:referral_item' },
    ]);
  });

  it('is a refusal where no item got a yes', () => {
    const { chat } = asked({ ...CONSENT, items: ['topic'] }, { owner: 'staff' });
    chat.send('3');
    const refused = chat.send('2');
    expect(refused.says).toEqual(['system:referral_refused']);
    expect(answers(refused)).toMatchObject([{ items: [] }]);
  });

  it('gives way to danger and to DELETE, and asks the flow anew where the flow goes on', () => {
    const { chat } = asked(CONSENT, { owner: 'flow' });
    expect(chat.send('1').says).toEqual(['system:referral_agreed', 'school:age']);
    const other = asked(CONSENT, { owner: 'staff' }).chat;
    expect(other.send('peligro').says[0]).toBe('system:emergency_no_number');
    const third = asked(CONSENT, { owner: 'staff' }).chat;
    expect(third.send('borrar').says).toEqual(['system:delete_confirm']);
  });

  it.each(['flow', 'staff'] as const)(
    'is over under the owner %s once the person writes something else, and a later yes is none',
    (owner) => {
      const { chat } = asked(CONSENT, { owner });
      const other = chat.send('¿para qué?');
      expect(other.facts).toContainEqual({ type: 'consent_unanswered', about: 'r1' });
      expect(answers(chat.send('sí'))).toEqual([]);
      const { chat: begun } = asked(CONSENT, { owner });
      begun.send('3');
      expect(begun.send('¿cómo?').facts).toContainEqual({ type: 'consent_unanswered', about: 'r1' });
      expect(answers(begun.send('sí'))).toEqual([]);
    },
  );

  it('is over once people say something, a command was obeyed or another question is put, and goes on where it is asked anew', () => {
    const over = { type: 'consent_unanswered', about: 'r1' };
    const put = (prompt: Prompt | null) => asked(CONSENT, { owner: 'staff' }).chat.take({ kind: 'prompt', lines: [], prompt });
    expect(put(null)).toMatchObject({ events: [over] });
    expect(put({ name: 'sms_consent' }).facts).toEqual([over]);
    expect(put({ ...CONSENT, about: 'r2' }).facts).toEqual([over]);
    expect(put(CONSENT).facts).toEqual([]);
    const { chat } = asked(CONSENT, { owner: 'staff' });
    expect(chat.send('estado').facts).toContainEqual(over);
    expect(answers(chat.send('1'))).toEqual([]);
  });

  it('is not given by what was written before the question, which people get as it is', () => {
    const { chat } = asked(CONSENT, { owner: 'staff' });
    expect(chat.take({ kind: 'message', text: 'sí', at: NOON - 1 }).events).toEqual([]);
    expect(answers(chat.take({ kind: 'message', text: 'sí', at: NOON + 1 }))).toHaveLength(1);
    const flow = asked(CONSENT, { owner: 'flow' }).chat;
    expect(answers(flow.take({ kind: 'message', text: '1', at: NOON - 1 }))).toEqual([]);
    expect(flow.session().wait?.data?.['dialogue']).toBeUndefined();
  });

  it.each(['flow', 'queue', 'staff', 'closed'] as const)('is taken back with one word under the owner %s', (owner) => {
    const { chat } = asked(CONSENT, { owner });
    const withdrawn = chat.send('retirar');
    expect(withdrawn.facts).toContainEqual({ type: 'consent_withdrawn' });
    expect(withdrawn.says[0]).toBe('system:withdrawn');
  });

  it('is taken back without a word to somebody who has stopped the line', () => {
    const withdrawn = asked(CONSENT).chat.send('retirar', { owner: 'stopped' });
    expect(withdrawn.facts).toContainEqual({ type: 'consent_withdrawn' });
    expect(withdrawn.says).toEqual([]);
  });
});

describe('the rating', () => {
  it('is the number that is written; then a follow-up is asked for, and kept only with a yes', () => {
    const { chat } = asked(RATING, { owner: 'closed' });
    const rated = chat.send('3');
    expect(answers(rated)).toEqual([{ name: 'rating', about: 'c1', rating: 3 }]);
    expect(rated.says).toEqual(['system:follow_up_consent']);
    expect(answers(chat.send('1'))).toMatchObject([{ name: 'follow_up_consent', given: true, days: 14 }]);
    expect(answers(asked({ ...RATING, followUpDays: null }, { owner: 'closed' }).chat.send('1'))).toMatchObject([{ rating: 1 }]);
  });

  it('is forgotten when the person writes something else, which is heard as ever', () => {
    const { chat } = asked(RATING, { owner: 'flow' });
    expect(chat.send('menu').says).toContain('menu:need');
    expect(answers(chat.send('3'))).toEqual([]);
    const other = asked(RATING, { owner: 'flow' }).chat;
    expect(other.send('¿puedo ir al médico?').says.join()).toContain('answers:Q06');
  });
});

describe('the follow-up', () => {
  it('is answered days after it was asked, and is in nobody’s way', () => {
    const { chat } = asked({ name: 'follow_up', about: 'c1' });
    expect(answers(chat.send('2', { now: NOON + 3 * DAY }))).toEqual([{ name: 'follow_up', about: 'c1', got: 'refused' }]);
    const other = asked({ name: 'follow_up', about: 'c1' }).chat;
    expect(other.send('trabajo', { now: NOON + 3 * DAY }).says).toContain('system:continue_or_restart');
  });

  it('reaches somebody whose session is over, in their own language', () => {
    const chat = converse(program, { language: 'ar' });
    expect(chat.take({ kind: 'prompt', lines: [], prompt: { name: 'follow_up', about: 'c1' } }).says).toEqual(['system:follow_up']);
    expect(answers(chat.send('1'))).toMatchObject([{ got: 'yes' }]);
  });
});

describe('the answer to a complaint', () => {
  it('is said first, and a no is told apart from a yes', () => {
    const chat = converse(program, { language: 'es' });
    const lines = [{ text: { literal: 'Lo corregimos.' } }];
    const played = chat.take({ kind: 'prompt', lines, prompt: { name: 'satisfied', about: 'Q-123456' } });
    expect(played.says).toEqual(['Lo corregimos.', 'system:satisfied']);
    const no = chat.send('2');
    expect(answers(no)).toEqual([{ name: 'satisfied', about: 'Q-123456', satisfied: false }]);
    expect(no.says[0]).toBe('system:second_reviewer');
  });

  it('is asked about until something else is written, by the person or to them', () => {
    for (const between of [
      { kind: 'message' as const, text: '¿y ahora?' },
      { kind: 'prompt' as const, lines: [], prompt: null },
    ]) {
      const { chat } = asked({ name: 'satisfied', about: 'Q-123456' }, { owner: 'staff' });
      chat.take(between);
      expect(answers(chat.send('sí'))).toEqual([]);
    }
  });
});
