// Emergency words: the emergency text is the very next line, whatever was asked and whoever owns the conversation.
import { describe, expect, it } from 'vitest';
import type { EngineEnv } from '../../src/engine/env.ts';
import { converse, HOTLINE, programOf, type Played } from './test-program.ts';

const program = programOf(HOTLINE);
const E1 = {
  type: 'say',
  kind: 'system',
  line: {
    text: { key: 'system:emergency_no_number' },
    choices: [
      { id: 'safe', label: { key: 'system:emergency.safe' } },
      { id: 'person', label: { key: 'system:emergency.person' } },
    ],
  },
};

function expectEmergency({ events, facts }: Played, kind = 'danger'): void {
  expect(events[0]).toEqual(E1);
  expect(facts).toContainEqual({ type: 'emergency', kind });
}

describe('emergency words', () => {
  it('come before language, limits and consent in a first message, in that language', () => {
    const arabic = converse(program).send('أنا في خطر');
    expectEmergency(arabic);
    expect(arabic.session.language).toBe('ar');
    expectEmergency(converse(program).send('peligro'));
    expectEmergency(
      converse(program).send('help me now', {
        guessLanguage: () => {
          throw new Error('broken');
        },
      }),
    );
  });

  it('are answered in the language of the words unless another was chosen', () => {
    const chat = converse(program);
    chat.open({ languageHint: 'es' });
    expect(chat.send('أنا في خطر').session.language).toBe('ar');
    const chosen = converse(program, { language: 'es' });
    expect(chosen.send('أنا في خطر').session.language).toBe('es');
  });

  it.each(['flow', 'queue', 'staff', 'closed', 'stopped'] as const)('are answered under the owner %s', (owner) => {
    const chat = converse(program, { flow: 'school' });
    chat.open();
    const played = chat.send('estoy en peligro', { owner });
    expectEmergency(played);
    expect(played.says).toEqual(['system:emergency_no_number']);
  });

  it.each([
    ['hola'],
    ['hola', '3'],
    ['hola', '1', '2'],
    ['hola', '1', 'idioma'],
    ['hola', 'borrar'],
    ['hola', '1', 'queja', '1'],
    ['xyzzy'],
  ])('are answered at any step: %s', (...said) => {
    const chat = converse(program);
    for (const text of said) chat.send(text);
    expectEmergency(chat.send('hay peligro aquí'));
  });

  it('name the signed number of the place', () => {
    const { events } = converse(program, { flow: 'menu' }).send('peligro', { emergencyNumber: () => '112' });
    expect(events[0]).toMatchObject({ line: { text: { key: 'system:emergency', params: { number: '112' } } } });
  });

  it('leave the earlier question waiting: "I am safe" repeats it', () => {
    const chat = converse(program, { flow: 'work' });
    chat.open();
    chat.send('peligro');
    const safe = chat.send('1');
    expect(safe.says).toEqual(['work:weeks']);
    expect(chat.send('20').says).toEqual(['work:long', 'work:proof', 'system:menu_hint']);
  });

  it('leave the earlier question waiting: a reply to it is taken at once', () => {
    const chat = converse(program, { flow: 'work' });
    chat.open();
    chat.send('peligro');
    expect(chat.send('20').says).toEqual(['work:long', 'work:proof', 'system:menu_hint']);
  });

  it('lead to a person at once, with priority emergency', () => {
    const chat = converse(program, { flow: 'school' });
    chat.open();
    chat.send('peligro');
    const person = chat.send('2');
    expect(person.says).toEqual(['system:handoff_open']);
    expect(person.facts).toContainEqual({
      type: 'handoff',
      priority: 'emergency',
      topic: 'EDU.ENR',
      reason: 'emergency',
      private: false,
      callback: false,
    });
  });

  it('lead to a person also by the button of an older message', () => {
    const chat = converse(program, { flow: 'work' });
    chat.open();
    chat.send('peligro');
    chat.send('20');
    expect(chat.take({ kind: 'message', text: 'Necesito una persona', payload: 'person' }).facts).toContainEqual(
      expect.objectContaining({ type: 'handoff' }),
    );
  });

  it('begin the session after "I am safe" where nothing had begun', () => {
    const chat = converse(program);
    chat.send('peligro');
    expect(chat.send('1').says).toEqual(['system:limits_no_number', 'welcome:keep']);
  });

  it('can be met again and again', () => {
    const chat = converse(program, { flow: 'school' });
    chat.open();
    for (let i = 0; i < 3; i++) expectEmergency(chat.send('peligro'));
    expect(chat.send('1').says).toEqual(['school:age']);
  });
});

describe('after words of violence, self-harm, exploitation or a child in need', () => {
  it.each([
    ['me pega', 'violence'],
    ['quiero suicidarme', 'self_harm'],
    ['no me deja salir', 'trafficking'],
    ['niño solo', 'child'],
  ])('%s: private, a person is offered, nothing is asked about it', (text, kind) => {
    const chat = converse(program, { flow: 'school' });
    chat.open();
    const met = chat.send(text);
    expectEmergency(met, kind);
    expect(met.session.facts.private).toBe(true);
    const safe = chat.send('1');
    expect(safe.says).toEqual(['system:private_offer', 'system:private_exit']);
    expect(safe.choices).toEqual(['yes', 'no']);
    const person = chat.send('1');
    expect(person.facts).toContainEqual(expect.objectContaining({ type: 'handoff', private: true, priority: 'urgent', reason: 'private' }));
  });

  it('goes back to the question that waited when the offer is declined', () => {
    const chat = converse(program, { flow: 'school' });
    chat.open();
    chat.send('me pega');
    chat.send('1');
    expect(chat.send('no').says).toEqual(['school:age']);
  });

  it('keeps no question in words', () => {
    const chat = converse(program, { flow: 'menu' });
    chat.open();
    chat.send('¿puedo ir al médico?');
    expect(chat.send('me pega').session.facts.question).toBe(null);
  });
});

describe('"I need a person" under other owners', () => {
  const cases: [EngineEnv['owner'], string[]][] = [
    ['queue', ['system:handoff_open']],
    ['staff', ['system:silent_person']],
    ['stopped', ['system:handoff_open']],
  ];
  it.each(cases)('%s', (owner, says) => {
    const chat = converse(program, { flow: 'school' });
    chat.open();
    chat.send('peligro', { owner });
    const person = chat.send('2', { owner });
    expect(person.says).toEqual(says);
    expect(person.facts).toContainEqual(expect.objectContaining({ type: 'handoff', priority: 'emergency' }));
    expect(person.events.every((event) => event.type !== 'say' || event.kind === 'system')).toBe(true);
    expect(person.facts.some(({ type }) => type === 'started')).toBe(owner === 'stopped');
  });

  it('"I am safe" is silent where people own the conversation', () => {
    const chat = converse(program, { flow: 'school' });
    chat.open();
    chat.send('peligro', { owner: 'staff' });
    expect(chat.send('1', { owner: 'staff' }).events).toEqual([]);
  });
});
