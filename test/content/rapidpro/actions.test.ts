// What nodes do becomes steps, or is left out and told: nothing leaves the line, no contact is changed, no name is shown.
import { describe, expect, it } from 'vitest';
import { decide, enter, flow, node, noteOf, play, send, setField, setResult, stepsOf, take, textsOf, wait } from './small-flows.ts';

const end = (uuid: string, text: string) => node(uuid, [send(text)]);

describe('values', () => {
  it('are kept while the conversation lasts: words, numbers, nothing, and what is worked out', () => {
    const actions = [
      setField('city', 'Lima "centro"'),
      setField('age', '12'),
      setField('plan', ''),
      setResult('Next Year', '@(fields.age + 1)'),
      setResult('line', 'Tengo @fields.age en @fields.city'),
      setResult('copy', '@fields.city'),
      setResult('day', '@(today())'),
    ];
    const result = take([flow('Values', [node('keep', actions)])]);
    expect(stepsOf(result, 'values').map(({ set }) => set)).toEqual([
      { city: '"Lima \\"centro\\""' },
      { age: 12 },
      { plan: null },
      { next_year: '(answers.age + 1.0)' },
      { line: '"Tengo " + (answers.age == null ? "" : string(answers.age)) + " en " + (answers.city == null ? "" : string(answers.city))' },
      { copy: 'answers.city' },
      { day: 'today' },
    ]);
    expect(noteOf(result, 'keep')).toMatchObject({ step: 'keep_city', outcome: 'changed', why: 'session_only' });
  });

  it('are shown in texts as they are worked out', async () => {
    const result = take([
      flow('Values', [
        node('keep', [setField('age', '12'), setResult('line', 'son @fields.age')], 'tell'),
        end('tell', 'Mire: @results.line, @(fields.age - 2), @(1 + 1).'),
      ]),
    ]);
    expect((await play(result, 'values'))[0]).toContain('Mire: son 12, 10, 2.');
  });

  it('that cannot be worked out are empty, and told', () => {
    const result = take([flow('Values', [node('keep', [setResult('part', '@(word_slice(fields.list, 0, 1))')])])]);
    expect(stepsOf(result, 'values')).toEqual([{ id: 'keep_part', set: { part: null } }]);
    expect(noteOf(result, 'keep')).toMatchObject({ outcome: 'changed', why: 'value_dropped' });
  });

  it('of a result and of a field of the same name are two', async () => {
    const result = take([
      flow('Two', [
        node('keep', [setField('city', 'Lima'), setResult('city', 'Quito')], 'tell'),
        end('tell', '@fields.city, @results.city'),
      ]),
    ]);
    expect((await play(result, 'two'))[0]).toContain('Lima, Quito');
  });
});

describe('texts', () => {
  const told = (text: string) => {
    const result = take([flow('Told', [end('tell', text)])]);
    return { text: textsOf(result, 'told'), note: noteOf(result, 'tell') };
  };

  it.each([
    ['Hola @contact.first_name, bienvenida', 'Hola, bienvenida'],
    ['Hola @contact.name!', 'Hola!'],
    ['@contact: escriba.', 'escriba.'],
    ['Su número es @urns.tel o @contact.tel.', 'Su número es o.'],
    ['@results.nickname y @fields.mother_name, gracias', 'y, gracias'],
  ])('show no name and no number of a person: %s', (text, shown) => {
    const { text: texts, note } = told(text);
    expect(Object.values(texts)).toEqual([shown]);
    expect(note).toMatchObject({ outcome: 'changed', why: 'name_removed' });
  });

  it('keep what only looks like a value, and no braces and invisible marks', () => {
    expect(Object.values(told('a@b.org, @@home, {x} \u202eok').text)).toEqual(['a@b.org, @home, (x) ok']);
  });

  it('of which nothing remains are left out', () => {
    const { text, note } = told('@webhook.text');
    expect(text).toEqual({});
    expect(note).toMatchObject({ step: null, outcome: 'not_supported', why: 'expression_left_out' });
  });

  it('that are long are said in parts, the same in every language, cut where sentences end', () => {
    const sentence = (word: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${word} número ${index} de las frases.`).join(' ');
    const spanish = sentence('Esta es la frase', 40);
    const localization = { ara: { 'say long': { text: [sentence('هذه هي الجملة', 30)] } } };
    const result = take([flow('Long', [node('tell', [send(spanish, { uuid: 'say long' })])], { localization })]);
    const steps = stepsOf(result, 'long');
    expect(steps.length).toBeGreaterThan(1);
    for (const language of ['es', 'ar']) {
      const parts = steps.map(({ say }) => String(textsOf(result, 'long', language)[say ?? '']));
      expect(parts.every((part) => part.endsWith('.') && part.length <= 1024)).toBe(true);
    }
    expect(steps.map(({ say }) => textsOf(result, 'long')[say ?? '']).join(' ')).toBe(spanish);
    expect(noteOf(result, 'tell')).toMatchObject({ outcome: 'changed', why: 'text_split' });
  });

  it('said twice in a flow are one text', () => {
    const result = take([
      flow('Twice', [node('one', [send('Perdón.', { uuid: 'u1' })], 'two'), node('two', [send('Bien.'), send('Perdón.', { uuid: 'u2' })])]),
    ]);
    expect(stepsOf(result, 'twice')).toEqual([{ say: 'perdon' }, { say: 'bien' }, { id: 'perdon_2', say: 'perdon' }]);
  });

  it('lose their pictures, and their templates of WhatsApp', () => {
    const result = take([
      flow('Media', [
        node('tell', [
          send('Mire.', {
            attachments: ['image:https://example.org/a.jpg', 'audio:@fields.path'],
            templating: { template: { uuid: 't', name: 't' } },
          }),
        ]),
      ]),
    ]);
    expect(stepsOf(result, 'media')).toEqual([{ say: 'mire' }]);
    expect(noteOf(result, 'tell')).toMatchObject({ outcome: 'changed', why: 'media_left_out', detail: '2; also: template_left_out' });
    expect(result.problems).toContainEqual(
      expect.objectContaining({ code: 'media_left_out', message: expect.stringContaining('2 ') as string }),
    );
  });
});

describe('what would leave the line', () => {
  const calling = (type: string, operand: string, success: [string, string[]]) =>
    take([
      flow('Calling', [
        decide('call', operand, [[success[0], success[1], 'Success', 'a']], 'b', {
          actions: [{ type, uuid: 'x', url: 'https://example.org', result_name: 'Answer' }],
          otherName: 'Failure',
        }),
        end('a', 'A.'),
        end('b', 'B.'),
      ]),
    ]);

  it.each([
    ['call_webhook', '@results.answer.category', ['has_only_text', ['Success']]],
    ['call_webhook', '@webhook.status', ['has_number_between', ['200', '299']]],
    ['call_resthook', '@results.answer.category', ['has_only_text', ['Success']]],
    ['call_classifier', '@results.answer', ['has_top_intent', ['book', '0.8']]],
    ['transfer_airtime', '@locals._new_transfer', ['has_text', []]],
    ['call_llm', '@locals._llm_output', ['has_text', []]],
  ] as const)('%s is taken for failed', async (type, operand, [test, args]) => {
    const result = calling(type, operand, [test, [...args]]);
    expect((await play(result, 'calling'))[0]).toContain('B.');
    expect(noteOf(result, 'call')).toMatchObject({ step: null, outcome: 'not_supported', why: 'call_left_out', detail: type });
  });

  it.each(['send_email', 'send_broadcast', 'start_session'])('%s is left out', (type) => {
    const result = take([flow('Leaving', [node('do', [{ type, uuid: 'x', addresses: ['a@example.org'] }, send('Bien.')])])]);
    expect(stepsOf(result, 'leaving')).toEqual([{ say: 'bien' }]);
    expect(noteOf(result, 'do')).toMatchObject({ step: 'bien', outcome: 'changed', why: 'call_left_out' });
  });

  it.each([
    ['add_contact_groups', 'group_left_out'],
    ['remove_contact_groups', 'group_left_out'],
    ['set_contact_language', 'contact_left_out'],
    ['set_contact_name', 'contact_left_out'],
    ['set_contact_status', 'contact_left_out'],
    ['add_contact_urn', 'contact_left_out'],
    ['play_audio', 'media_left_out'],
    ['add_input_labels', 'action_left_out'],
    ['something_new', 'action_left_out'],
  ])('%s does nothing here', (type, why) => {
    const result = take([
      flow('Nothing', [node('do', [{ type, uuid: 'x', name: '', groups: [{ uuid: 'g', name: 'G' }] }], 'tell'), end('tell', 'Bien.')]),
    ]);
    expect(stepsOf(result, 'nothing')).toEqual([{ say: 'bien' }]);
    expect(noteOf(result, 'do')).toMatchObject({ step: null, outcome: 'not_supported', why });
  });
});

describe('people', () => {
  it.each([
    [
      '13.1.0',
      { type: 'open_ticket', uuid: 'x', ticketer: { uuid: 't', name: 'T' }, subject: 'Ayuda', body: '@results', result_name: 'Ticket' },
      '@results.ticket',
    ],
    ['14.2.0', { type: 'open_ticket', uuid: 'x', topic: { uuid: 't', name: 'T' }, assignee: null, note: 'Ayuda' }, '@locals._new_ticket'],
  ])('a ticket of spec %s calls a person', async (spec, action, operand) => {
    const nodes = [
      decide('ticket', operand, [['has_text', [], 'Success', 'a']], 'b', { actions: [action], otherName: 'Failure' }),
      end('a', 'A.'),
      end('b', 'B.'),
    ];
    const result = take([flow('Ticket', nodes, { spec_version: spec })]);
    expect(stepsOf(result, 'ticket')).toEqual([{ id: 'person', handoff: { priority: 'normal' } }, { say: 'a' }]);
    expect(noteOf(result, 'ticket')).toMatchObject({ step: 'person', outcome: 'changed', why: 'became_person' });
    expect((await play(result, 'ticket'))[0]).toContain('Texto.');
  });
});

describe('spec 14', () => {
  it('is read like spec 13', async () => {
    const localization = { ara: { q: { text: ['هل؟'], quick_replies: ['حسنا', 'مستحيل'] } } };
    const nodes = [
      node('ask', [send('¿Vale?', { uuid: 'q', buttons: ['Claro', 'Nunca'], template: null, template_variables: [] })], 'hear'),
      wait('hear', [['has_any_word', ['claro'], 'Claro', 'a']], 'b', { result: 'ok' }),
      end('a', 'A.'),
      end('b', 'B.'),
    ];
    const result = take([flow('New', nodes, { spec_version: '14.4.0', language: 'und', expire_after_minutes: 10_080, localization })]);
    expect((await play(result, 'new', ['Claro']))[1]).toContain('A.');
    expect((await play(result, 'new', ['Nunca']))[1]).toContain('B.');
    expect((await play(result, 'new', ['حسنا'], 'ar'))[0]).toBe('هل؟');
  });
});

it('a flow that begins another for good goes there, and one that only calls it comes back', async () => {
  const child = flow('Child', [end('c', 'Hija.')]);
  const calls = flow('Calls', [node('do', [enter('Child')], 'tell'), end('tell', 'Vuelta.')]);
  const leaves = flow('Leaves', [node('do', [send('Adiós.'), enter('Child', { terminal: true })], 'tell'), end('tell', 'Vuelta.')]);
  const result = take([child, calls, leaves]);
  expect((await play(result, 'calls'))[0]).toContain('Hija.\n\nVuelta.');
  expect((await play(result, 'leaves'))[0]).toBe('Adiós.\n\nHija.\n\nTexto.');
  expect(noteOf(result, 'do')).toMatchObject({ outcome: 'taken_over' });
});
