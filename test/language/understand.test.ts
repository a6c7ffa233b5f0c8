// What a message means at a point of a conversation: the order of understanding, and each kind of reply.
import { describe, expect, it } from 'vitest';
import type { EngineEnv } from '../../src/engine/env.ts';
import type { Expectation } from '../../src/language/understanding.ts';
import { choicesOf, MENU, NOW, understand } from './understanding-kit.ts';

const menu: Expectation = { kind: 'choice', choices: MENU };
const read = (text: string, expecting: Expectation = menu, language: string | null = 'es') =>
  understand({ text }, expecting, language, NOW);
const valueOf = (text: string, expecting: Expectation, language: string | null = 'es') => {
  const found = read(text, expecting, language);
  return found.kind === 'reply' ? found.value : found.kind;
};

describe('the order of understanding', () => {
  it('is what the engine asks for', () => {
    const env: EngineEnv['understand'] = (input, expecting, language) => understand(input, expecting, language, NOW);
    expect(env({ text: 'menú' }, { kind: 'none' }, null)).toEqual({ kind: 'command', command: 'menu' });
  });
  it('puts emergency words before everything', () => {
    expect(read('2 mi marido me pega')).toEqual({ kind: 'emergency', emergency: 'violence' });
    expect(understand({ text: 'socorro', payload: 'health' }, menu, 'es')).toEqual({ kind: 'emergency', emergency: 'danger' });
    expect(read('je veux mourir', { kind: 'text', maxChars: 100 }, 'ar')).toEqual({ kind: 'emergency', emergency: 'self_harm' });
  });
  it('puts commands before payload, number and label', () => {
    expect(understand({ text: 'menú', payload: 'health' }, menu, 'es')).toEqual({ kind: 'command', command: 'menu' });
    expect(read('persona')).toEqual({ kind: 'command', command: 'person' });
  });
  it('puts a payload before the text', () => {
    expect(understand({ text: 'Trabajo', payload: 'health' }, menu, 'es')).toEqual({ kind: 'reply', value: 'health', via: 'payload' });
  });
  it('takes the language switch of the web chat at any step, after emergency words only', () => {
    expect(understand({ text: 'Français', payload: 'language:fr' }, menu, 'es')).toEqual({
      kind: 'command',
      command: 'language',
      argument: 'fr',
    });
    expect(understand({ text: 'Klingon', payload: 'language:tlh' }, { kind: 'none' }, 'es').kind).toBe('nothing');
    expect(understand({ text: 'socorro', payload: 'language:fr' }, menu, 'es').kind).toBe('emergency');
  });
  it('reads the text when the payload belongs to an earlier question', () => {
    expect(understand({ text: 'Trabajo', payload: 'old_choice' }, menu, 'es')).toEqual({ kind: 'reply', value: 'work', via: 'label' });
  });
  it('puts the number before the label and the label before the near match', () => {
    expect(read('2')).toEqual({ kind: 'reply', value: 'school', via: 'number' });
    expect(read('Salud')).toEqual({ kind: 'reply', value: 'health', via: 'label' });
    expect(read('consulaods')).toEqual({ kind: 'reply', value: 'consulates', via: 'near' });
  });
  it('says that nothing was understood', () => {
    expect(read('asdfgh')).toEqual({ kind: 'nothing' });
    expect(read('')).toEqual({ kind: 'nothing' });
    expect(read('🌞')).toEqual({ kind: 'nothing' });
  });
});

describe('a clear answer', () => {
  const clearly: Expectation = {
    kind: 'choice',
    choices: [
      { id: 'yes', label: { key: 'system:yes' } },
      { id: 'no', label: { key: 'system:no' } },
    ],
    clearly: true,
  };
  it.each(['1', 'Sí', 'si', 'sí, por favor', 'sí quiero', 'yes', 'oui', 'نعم'])('is "%s"', (text) => {
    expect(valueOf(text, clearly)).toBe('yes');
  });
  it.each(['2', 'no', 'no gracias', 'لا'])('is "%s", too', (text) => {
    expect(valueOf(text, clearly)).toBe('no');
  });
  it.each(['ok', 'bueno', 'vale', 'por favor', 'claro', 'dale', '👍', 's', 'sí pero mañana', 'please', 'طيب'])('is not "%s"', (text) => {
    expect(valueOf(text, clearly)).toBe('nothing');
  });
});

describe('commands', () => {
  it.each([
    ['STOP', 'stop'],
    ['Parar.', 'stop'],
    ['/menu', 'menu'],
    ['#ayuda', 'help'],
    ['arrêt', 'stop'],
    ['توقف', 'stop'],
    ['BORRAR', 'delete'],
    ['supprimer', 'delete'],
    ['احذف', 'delete'],
    ['Cambiar de idioma!', 'language'],
    ['queja', 'complaint'],
    ['go back', 'back'],
    ['quiero hablar con una persona', 'person'],
    ['repeat', 'repeat'],
    ['START', 'start'],
  ])('%s → %s, in any conversation', (text, command) => {
    for (const language of ['es', 'ar', null]) expect(read(text, { kind: 'none' }, language)).toEqual({ kind: 'command', command });
  });
  it('count only as the whole message', () => {
    expect(read('necesito ayuda con la escuela de mi hija', { kind: 'none' }).kind).not.toBe('command');
    expect(read('estoy de baja por enfermedad', { kind: 'none' }).kind).not.toBe('command');
  });
  it('are never guessed from something near', () => expect(read('stopp it', { kind: 'none' }).kind).toBe('nothing'));
  it('count where free text is asked', () => {
    expect(read('stop', { kind: 'text', maxChars: 500 })).toEqual({ kind: 'command', command: 'stop' });
  });
  it.each(['Q-482193', 'q482193', 'queja Q-482193', 'Q‑٤٨٢١٩٣', 'estado q 482193', 'status Q-482193?', 'mi queja Q-482193'])(
    '%s asks for the state of a complaint',
    (text) => expect(read(text, { kind: 'none' })).toEqual({ kind: 'command', command: 'status', argument: 'Q-482193' }),
  );
  it('does not take a complaint number out of a story', () => {
    expect(read('mi hermano puso la Q-482193 y nadie contesta', { kind: 'text', maxChars: 500 }).kind).toBe('reply');
  });
  it('switches to a language that is named where nothing like it was asked', () => {
    expect(read('English', { kind: 'none' })).toEqual({ kind: 'command', command: 'language', argument: 'en' });
  });
});

describe('a choice', () => {
  it.each([
    '٢',
    '２',
    '2)',
    '2.',
    '(2)',
    '2️⃣',
    'opción 2',
    'número dos',
    'el segundo',
    'la 2',
    'dos',
    'nº 2',
    '2º',
    'la segunda por favor',
  ])('%s is the second', (text) => expect(read(text)).toEqual({ kind: 'reply', value: 'school', via: 'number' }));
  it.each([
    ['the last one', 'en'],
    ['la última', 'es'],
    ['le dernier', 'fr'],
    ['الأخير', 'ar'],
    ['0', 'es'],
    ['10', 'es'],
  ])('%s is the last of ten', (text, language) => expect(valueOf(text, menu, language)).toBe('person'));
  it.each([
    ['الثاني', 'ar'],
    ['deuxième', 'fr'],
    ['le deuxième', 'fr'],
    ['second one', 'en'],
    ['the second one', 'en'],
    ['number two please', 'en'],
    ['رقم ٢', 'ar'],
  ])('%s is the second in %s', (text, language) => expect(valueOf(text, menu, language)).toBe('school'));
  it('does not read two numbers, a number out of range or a refusal as one', () => {
    expect(read('2 3').kind).not.toBe('reply');
    expect(read('11').kind).toBe('nothing');
    expect(read('ninguno de los dos').kind).toBe('nothing');
    expect(read('no quiero la 2').kind).not.toBe('reply');
  });
  it('is found by synonym, without accents, with small words around it', () => {
    expect(valueOf('NIÑOS', menu)).toBe('children');
    expect(valueOf('ninos y familia', menu)).toBe('children');
    expect(read('la salud por favor')).toEqual({ kind: 'reply', value: 'health', via: 'near' });
  });
  it('is found by a label of another language, exactly written', () => expect(valueOf('Health', menu, 'es')).toBe('health'));
  it('is found in any language while none is known', () => {
    for (const text of ['Salud', 'Health', 'Santé', 'الصحة']) expect(valueOf(text, menu, null)).toBe('health');
  });
  it('is found nearly, within limits, and not when two are as near', () => {
    expect(valueOf('docmentos', menu)).toBe('documents');
    expect(valueOf('trbajo', menu)).toBe('work');
    const twins: Expectation = {
      kind: 'choice',
      choices: [
        { id: 'a', label: { literal: 'casas' } },
        { id: 'b', label: { literal: 'cases' } },
      ],
    };
    expect(read('casus', twins).kind).toBe('nothing');
  });
  it('tells labels apart that only accents tell apart', () => {
    const years: Expectation = {
      kind: 'choice',
      choices: [
        { id: 'a', label: { literal: 'peña' } },
        { id: 'b', label: { literal: 'pena' } },
      ],
    };
    expect(valueOf('Peña', years)).toBe('a');
    expect(valueOf('pena', years)).toBe('b');
  });
  it('takes yes and no where choices are called so', () => {
    const confirm: Expectation = { kind: 'choice', choices: choicesOf('system:delete_confirm', ['yes', 'no']) };
    expect(valueOf('dale', confirm)).toBe('yes');
    expect(valueOf('👎', confirm)).toBe('no');
    expect(valueOf('Sí, borrar', confirm)).toBe('yes');
  });
});

describe('yes or no', () => {
  const ask: Expectation = { kind: 'yes_no' };
  it.each(['sí', 'si', 'SI', 's', '👍', '✅', 'vale', 'yes', 'oui', 'نعم', 'ايوه', '1', 'claro que sí', 'sí quiero', 'sí, por favor'])(
    '%s is yes',
    (text) => expect(valueOf(text, ask)).toBe(true),
  );
  it.each(['no', 'n', '👎', '❌', 'nope', 'non', 'لا', '2', 'no gracias', 'no tengo', 'todavía no'])('%s is no', (text) =>
    expect(valueOf(text, ask)).toBe(false),
  );
  it.each(['no entiendo nada de esto', 'sí pero no sé dónde está la oficina', 'quizás'])('%s is neither', (text) =>
    expect(valueOf(text, ask)).toBe('nothing'),
  );
  it('may be skipped, by word or button', () => {
    expect(valueOf('prefiero no decir', ask)).toBeNull();
    expect(understand({ text: 'x', payload: 'skip' }, ask, 'es')).toEqual({ kind: 'reply', value: null, via: 'payload' });
    expect(understand({ text: 'Sí', payload: 'yes' }, ask, 'es')).toEqual({ kind: 'reply', value: true, via: 'payload' });
  });
});

describe('values', () => {
  it.each([
    ['25', 25],
    ['tengo 25 años', 25],
    ['٢٥', 25],
    ['treinta y cinco', 35],
    ['3,5', 3.5],
    ['1.500', 1500],
    ['1,500 euros', 1500],
  ])('number: %s', (text, value) => expect(valueOf(text, { kind: 'number' })).toBe(value));
  it.each([
    ['twenty-five', 'en', 25],
    ['soixante-quinze', 'fr', 75],
    ['خمسة وثلاثون', 'ar', 35],
    ['j’ai deux enfants', 'fr', 2],
  ])('number in words: %s', (text, language, value) => expect(valueOf(text, { kind: 'number' }, language)).toBe(value));
  it('number: refuses two, and what is out of bounds', () => {
    expect(valueOf('2 o 3', { kind: 'number' })).toBe('nothing');
    expect(valueOf('dos hijos y tres hijas', { kind: 'number' })).toBe('nothing');
    expect(valueOf('130', { kind: 'number', min: 0, max: 120 })).toBe('nothing');
  });
  it('text: trims it, and takes a number as text', () => {
    expect(valueOf('  hola, me llamo Ana  ', { kind: 'text', maxChars: 8 })).toBe('hola, me');
    expect(valueOf('3', { kind: 'text', maxChars: 100 })).toBe('3');
    expect(valueOf('   ', { kind: 'text', maxChars: 100 })).toBe('nothing');
  });
  it.each([
    ['612 34 56 78', '+34612345678'],
    ['mi número es +33 6 12 34 56 78', '+33612345678'],
    ['0033612345678', '+33612345678'],
    ['٦١٢٣٤٥٦٧٨', '+34612345678'],
    ['12345', 'nothing'],
  ])('phone: %s', (text, value) => expect(valueOf(text, { kind: 'phone' })).toBe(value));
  it.each([
    ['Ana.Perez@Ejemplo.ORG', 'Ana.Perez@ejemplo.org'],
    ['es ana@ejemplo.org.', 'ana@ejemplo.org'],
    ['ana arroba ejemplo', 'nothing'],
  ])('email: %s', (text, value) => expect(valueOf(text, { kind: 'email' })).toBe(value));
  it.each([
    ['Barcelona', 'es', 'ES-CT-BCN'],
    ['estoy en barcelona', 'es', 'ES-CT-BCN'],
    ['Barselona', 'es', 'ES-CT-BCN'],
    ['barcelna', 'es', 'ES-CT-BCN'],
    ['Barcelona, España', 'es', 'ES-CT-BCN'],
    ['vivo en un pueblo de Cataluña', 'es', 'ES-CT'],
    ['je suis à Athènes', 'fr', 'GR-ATH'],
    ['أنا في برشلونة', 'ar', 'ES-CT-BCN'],
    ['Spain', 'es', 'ES'],
    ['Atlantis', 'es', 'nothing'],
  ])('locality: %s', (text, language, value) => expect(valueOf(text, { kind: 'locality' }, language)).toBe(value));
  it('locality: asks back between two places', () => {
    const found = read('Lima o Madrid', { kind: 'locality' });
    expect(found.kind === 'ambiguous' && found.choices.map((choice) => choice.id)).toEqual(['PE-LIM', 'ES-MD']);
    expect(understand({ text: 'Lima', payload: 'PE-LIM' }, { kind: 'locality' }, 'es')).toEqual({
      kind: 'reply',
      value: 'PE-LIM',
      via: 'payload',
    });
  });
  it.each([
    ['English', 'en'],
    ['inglés', 'en'],
    ['الفرنسية', 'fr'],
    ['4', 'ar'],
    ['árabe', 'ar'],
    ['Françias', 'fr'],
    ['fr', 'fr'],
    ['klingon', 'nothing'],
  ])('language: %s', (text, value) => expect(valueOf(text, { kind: 'language' })).toBe(value));
});

describe('keywords', () => {
  const flowOf = (text: string, language: string | null = 'es') => {
    const found = read(text, { kind: 'none' }, language);
    return found.kind === 'keyword' ? found.flow : found.kind;
  };
  it.each([
    ['escuela', 'school'],
    ['ESCUELA!', 'school'],
    ['necesito una escuela', 'school'],
    ['¿escuela?', 'school'],
    ['embarasada', 'health'],
    ['school', 'school'],
    ['مدرسة', 'school'],
  ])('%s begins %s', (text, flow) => expect(flowOf(text)).toBe(flow));
  it('leaves full questions to the answer search', () => {
    expect(flowOf('¿puedo ir al médico sin papeles?')).toBe('nothing');
    expect(flowOf('cómo inscribo a mi hijo en la escuela')).toBe('nothing');
    expect(flowOf('médico sin papeles')).toBe('nothing');
    expect(flowOf('ayer fui con mi hijo a la escuela y nos dijeron que no')).toBe('nothing');
  });
  it('does not count after a denial', () => expect(flowOf('no escuela')).toBe('nothing'));
  it('counts where a question was asked that the message does not answer', () => {
    expect(read('escuela', { kind: 'yes_no' })).toEqual({ kind: 'keyword', flow: 'school' });
  });
});
