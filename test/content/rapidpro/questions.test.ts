// A message and the node that waits after it become one question: with choices, or for a number, a date, a text.
import { describe, expect, it } from 'vitest';
import { flow, node, noteOf, play, playerOn, releaseOf, send, setField, stepsOf, take, textsOf, wait } from './small-flows.ts';

const end = (uuid: string, text: string) => node(uuid, [send(text)]);

describe('buttons', () => {
  const nodes = [
    node('ask', [send('¿Le gusta el té?', { buttons: ['Claro', 'Nunca'] })], 'hear'),
    wait(
      'hear',
      [
        ['has_any_word', ['claro sip'], 'Likes', 'likes'],
        ['has_only_phrase', ['nunca'], 'Hates', 'hates'],
      ],
      'again',
      { result: 'Tea' },
    ),
    end('likes', 'Qué bien.'),
    end('hates', 'Qué pena.'),
    node('again', [send('No lo veo claro.')], 'ask'),
  ];

  it('become the choices of the question, and the words of the cases their synonyms', () => {
    const result = take([flow('Tea time', nodes)]);
    expect(stepsOf(result, 'tea_time')[0]).toEqual({
      ask: 'le_gusta_el_te',
      choices: ['likes', 'hates'],
      save: 'tea',
      on_misunderstood: 'no_lo_veo_claro',
      next: { likes: 'que_bien', hates: 'que_pena' },
    });
    expect(textsOf(result, 'tea_time')).toEqual({
      le_gusta_el_te: '¿Le gusta el té?',
      'le_gusta_el_te.likes': 'Claro',
      'le_gusta_el_te.likes.synonyms': ['sip'],
      'le_gusta_el_te.hates': 'Nunca',
      no_lo_veo_claro: 'No lo veo claro.',
      que_bien: 'Qué bien.',
      que_pena: 'Qué pena.',
    });
    expect(noteOf(result, 'ask')).toEqual({ node: 'ask', step: 'le_gusta_el_te', outcome: 'taken_over' });
    expect(noteOf(result, 'hear')).toEqual({ node: 'hear', step: 'le_gusta_el_te', outcome: 'taken_over' });
  });

  it('lead where their category leads, and other words where all others lead', async () => {
    const result = take([flow('Tea time', nodes)]);
    const [asked, lost, liked] = await play(result, 'tea_time', ['bzzzt', 'sip']);
    expect(asked).toBe('¿Le gusta el té?');
    expect(lost).toBe('No lo veo claro.\n\n¿Le gusta el té?');
    expect(liked).toContain('Qué bien.');
  });

  it('that no case decides go the way of all others', async () => {
    const result = take([
      flow('Onward', [
        node('ask', [send('Lea esto.', { buttons: ['Siguiente'] })], 'hear'),
        wait('hear', [], 'more'),
        end('more', 'Y esto.'),
      ]),
    ]);
    expect(stepsOf(result, 'onward')[0]).toEqual({ ask: 'lea_esto', choices: ['siguiente'], store: false, on_misunderstood: 'y_esto' });
    expect((await play(result, 'onward', ['Siguiente']))[1]).toContain('Y esto.');
  });

  it('are left out and told where nothing waits for them', () => {
    const result = take([flow('Loud', [node('ask', [send('Adiós.', { buttons: ['Adiós'] })])])]);
    expect(stepsOf(result, 'loud')).toEqual([{ say: 'adios' }]);
    expect(noteOf(result, 'ask')).toMatchObject({ outcome: 'changed', why: 'quick_replies_left_out' });
  });

  it('that are too long get a short wording for WhatsApp, and are told', () => {
    const long = ['Quiero saber más sobre la escuela', 'Quiero saber más sobre el trabajo'];
    const cases: Parameters<typeof wait>[1] = [
      ['has_only_phrase', [long[0]!], 'School', 'a'],
      ['has_only_phrase', [long[1]!], 'Work', 'b'],
    ];
    const result = take([
      flow('Long', [node('ask', [send('¿Qué?', { buttons: long })], 'hear'), wait('hear', cases, 'ask'), end('a', 'A.'), end('b', 'B.')]),
    ]);
    const texts = textsOf(result, 'long');
    expect(texts['que.school_whatsapp']).toBe('Quiero saber más…');
    expect(texts['que.work_whatsapp']).toBe('…sobre el trabajo');
    expect(noteOf(result, 'hear')).toMatchObject({ outcome: 'changed', why: 'label_shortened' });
  });
});

describe('a numbered list', () => {
  const text = 'Elija un número:\n1. Mujer\n2) Hombre\n0. No lo digo';
  const cases: Parameters<typeof wait>[1] = [
    ['has_any_word', ['1,'], '1', 'a'],
    ['has_any_word', ['2,'], '2', 'b'],
    ['has_any_word', ['0,'], '0', 'c'],
  ];
  const nodes = [
    node('ask', [send(text, { buttons: ['1', '2', '0'] })], 'hear'),
    wait('hear', cases, 'ask'),
    end('a', 'A.'),
    end('b', 'B.'),
    end('c', 'C.'),
  ];

  it('becomes labels, and leaves the text', () => {
    const result = take([flow('Who', nodes)]);
    expect(textsOf(result, 'who')).toMatchObject({
      elija_un_numero: 'Elija un número:',
      'elija_un_numero.n1': 'Mujer',
      'elija_un_numero.n2': 'Hombre',
      'elija_un_numero.n0': 'No lo digo',
    });
    expect(noteOf(result, 'ask')).toMatchObject({ outcome: 'changed', why: 'labels_from_list' });
  });

  it('is understood by the words and by the place of a label', async () => {
    const result = take([flow('Who', nodes)]);
    expect((await play(result, 'who', ['hombre']))[1]).toContain('B.');
    expect((await play(result, 'who', ['3']))[1]).toContain('C.');
  });

  it('that not every number has is asked as a number', async () => {
    const numbers: Parameters<typeof wait>[1] = [
      ['has_number_eq', ['1'], 'One', 'a'],
      ['has_number_between', ['2', '5'], 'Few', 'b'],
      ['has_number_gt', ['5'], 'Many', 'c'],
    ];
    const result = take([
      flow('Count', [
        node('ask', [send('¿Cuántos?')], 'hear'),
        wait('hear', numbers, null, { result: 'Count' }),
        end('a', 'A.'),
        end('b', 'B.'),
        end('c', 'C.'),
      ]),
    ]);
    expect(stepsOf(result, 'count')[0]).toEqual({
      ask: 'cuantos',
      type: 'number',
      save: 'count',
      next: [
        { if: 'answers.count == 1', to: 'a' },
        { if: 'answers.count >= 2 && answers.count <= 5', to: 'b' },
        { if: 'answers.count > 5', to: 'c' },
        { to: 'end' },
      ],
    });
    expect((await play(result, 'count', ['cuatro']))[1]).toContain('B.');
    expect((await play(result, 'count', ['17']))[1]).toContain('C.');
  });
});

describe('words without buttons', () => {
  it('are shown as choices named by their category', async () => {
    const cases: Parameters<typeof wait>[1] = [
      ['has_any_word', ['rojo colorado'], 'Rojo', 'a'],
      ['has_phrase', ['azul marino'], 'Azul', 'b'],
      ['has_beginning', ['verd'], 'Verde', 'c'],
    ];
    const result = take([
      flow('Colour', [
        node('ask', [send('¿Qué color?')], 'hear'),
        wait('hear', cases, 'ask'),
        end('a', 'A.'),
        end('b', 'B.'),
        end('c', 'C.'),
      ]),
    ]);
    expect(stepsOf(result, 'colour')[0]).toMatchObject({ choices: ['rojo', 'azul', 'verde'], store: false });
    expect((await play(result, 'colour', ['azul marino']))[1]).toContain('B.');
    expect((await play(result, 'colour', ['colorado']))[1]).toContain('A.');
  });

  it('beside which anything is taken are looked for in a free text', async () => {
    const cases: Parameters<typeof wait>[1] = [
      ['has_any_word', ['urge urgente'], 'Urgent', 'a'],
      ['has_text', [], 'All', 'b'],
    ];
    const result = take([
      flow('Free', [
        node('ask', [send('Cuente.')], 'hear'),
        wait('hear', cases, 'ask', { result: 'story' }),
        end('a', 'A.'),
        end('b', 'B.'),
      ]),
    ]);
    expect(stepsOf(result, 'free')[0]).toMatchObject({ ask: 'cuente', type: 'text', save: 'story' });
    expect((await play(result, 'free', ['esto urge mucho']))[1]).toContain('A.');
    expect((await play(result, 'free', ['la urgencia no es mía']))[1]).toContain('B.');
  });
});

describe('other kinds of reply', () => {
  it.each([
    ['has_phone', 'phone', '+34 600 111 222'],
    ['has_email', 'email', 'a@example.org'],
    ['has_date', 'date', '15/12/2026'],
    ['has_number', 'number', '12'],
  ])('%s asks for a %s', async (type, kind, reply) => {
    const result = take([
      flow('Kind', [
        node('ask', [send('¿Cuál?')], 'hear'),
        wait('hear', [[type, [], 'Yes', 'a']], 'b', { result: 'it' }),
        end('a', 'A.'),
        end('b', 'B.'),
      ]),
    ]);
    expect(stepsOf(result, 'kind')[0]).toEqual({ ask: 'cual', type: kind, save: 'it', on_misunderstood: 'b', next: 'a' });
    expect((await play(result, 'kind', [reply]))[1]).toContain('A.');
  });

  it('a date before and after another one', async () => {
    const cases: Parameters<typeof wait>[1] = [
      ['has_date_lt', ['2026-12-01'], 'Soon', 'a'],
      ['has_date_gt', ['2026-12-01'], 'Later', 'b'],
    ];
    const result = take([
      flow('When', [node('ask', [send('¿Cuándo?')], 'hear'), wait('hear', cases, null), end('a', 'A.'), end('b', 'B.')]),
    ]);
    expect((await play(result, 'when', ['24/11/2026']))[1]).toContain('A.');
    expect((await play(result, 'when', ['24/12/2026']))[1]).toContain('B.');
  });

  it('a wait without cases takes any text, a hint of a picture a picture', () => {
    const result = take([
      flow('Any', [
        node('ask', [send('Diga.')], 'hear'),
        wait('hear', [], 'show'),
        node('show', [send('Enseñe.')], 'see'),
        wait('see', [], null, { hint: 'image' }),
      ]),
    ]);
    expect(stepsOf(result, 'any')).toEqual([
      { ask: 'diga', type: 'text', store: false },
      { ask: 'ensene', type: 'media', store: false },
    ]);
  });

  it('a regular expression is refused: what it found goes the way of all others', () => {
    const cases: Parameters<typeof wait>[1] = [['has_pattern', ['^A\\d+$'], 'Code', 'a']];
    const result = take([
      flow('Code', [node('ask', [send('¿Código?')], 'hear'), wait('hear', cases, 'b'), end('a', 'A.'), end('b', 'B.')]),
    ]);
    expect(stepsOf(result, 'code')).toEqual([{ ask: 'codigo', type: 'text', store: false }, { say: 'b' }]);
    expect(noteOf(result, 'hear')).toMatchObject({ outcome: 'changed', why: 'pattern_left_out' });
    expect(noteOf(result, 'a')).toMatchObject({ step: null, outcome: 'not_supported', why: 'not_reached' });
  });

  it('a question for a name is not put', async () => {
    const nodes = [
      node('ask', [send('¿Cómo se llama?')], 'hear'),
      wait('hear', [['has_text', [], 'All', 'keep']], null, { result: 'First name' }),
      node('keep', [
        { type: 'set_contact_name', uuid: 'n', name: '@results.first_name' },
        setField('nickname', 'x'),
        send('Bienvenida, @contact.first_name.'),
      ]),
    ];
    const result = take([flow('Name', nodes)]);
    expect(await play(result, 'name')).toEqual(['Bienvenida.\n\nTexto.']);
    expect(noteOf(result, 'ask')).toMatchObject({ step: null, outcome: 'not_supported', why: 'asks_for_name' });
    expect(noteOf(result, 'keep')).toMatchObject({ outcome: 'changed', why: 'asks_for_name' });
    expect(JSON.stringify(result.files)).not.toContain('llama');
  });
});

describe('waiting', () => {
  it('ends in time where the flow says so', async () => {
    const result = take([
      flow('Late', [node('ask', [send('¿Sigue ahí?')], 'hear'), wait('hear', [], 'a', { late: 'b' }), end('a', 'A.'), end('b', 'B.')]),
    ]);
    expect(stepsOf(result, 'late')[0]).toMatchObject({ timeout: { seconds: 3600, next: 'b' } });
    expect((await play(result, 'late', ['/late']))[1]).toContain('B.');
  });

  it('asks in the words that were said, past nodes that only keep or decide', () => {
    const nodes = [
      node('say', [send('¿Seguro?')], 'set'),
      node('set', [setField('step', '2')], 'hear'),
      wait('hear', [], null, { result: 'sure' }),
    ];
    expect(stepsOf(take([flow('Past', nodes)]), 'past')).toEqual([
      { id: 'keep_step', set: { step: 2 } },
      { ask: 'seguro', type: 'text', save: 'sure' },
    ]);
  });

  it('without a word goes on at once where nothing was decided, and has its words written where something was', () => {
    const result = take([
      flow('Silent', [wait('first', [], 'second'), wait('second', [['has_any_word', ['bueno'], 'Bueno', 'a']], 'a'), end('a', 'A.')]),
    ]);
    expect(stepsOf(result, 'silent')[0]).toMatchObject({ ask: 'text', choices: ['bueno'] });
    expect(textsOf(result, 'silent')).toMatchObject({ text: '…' });
    expect(noteOf(result, 'first')).toMatchObject({ step: null, why: 'wait_left_out' });
    expect(noteOf(result, 'second')).toMatchObject({ outcome: 'changed', why: 'no_question' });
  });

  it('again without a word asks the last question again', () => {
    const result = take([
      flow('Twice', [
        node('ask', [send('¿Dos cosas?')], 'one'),
        wait('one', [], 'two', { result: 'one' }),
        wait('two', [], null, { result: 'two' }),
      ]),
    ]);
    expect(stepsOf(result, 'twice')).toEqual([
      { ask: 'dos_cosas', type: 'text', save: 'one' },
      { ask: 'dos_cosas_2', type: 'text', save: 'two' },
    ]);
    expect(noteOf(result, 'two')).toMatchObject({ outcome: 'changed', why: 'question_repeated' });
  });

  it('keeps a reply of one kind apart from what is computed under the same name', async () => {
    const nodes = [
      node('ask', [send('¿Cuántos?')], 'hear'),
      wait('hear', [['has_number_gt', ['9'], 'Many', 'many']], 'few', { result: 'size' }),
      node('many', [{ type: 'set_run_result', uuid: 'r', name: 'Size', value: 'muchos' }], 'tell'),
      end('few', 'Son @results.size.'),
      end('tell', 'Son @results.size.'),
    ];
    const result = take([flow('Size', nodes)]);
    expect((await play(result, 'size', ['12']))[1]).toContain('Son muchos.');
    expect((await play(result, 'size', ['3']))[1]).toContain('Son 3.');
    const player = playerOn(await releaseOf(result), 'size');
    player.play({ kind: 'opened' });
    expect(player.session()?.stack.at(-1)?.step).toBe('cuantos');
  });
});
