// Words of danger are found inside messages, in every language, and ordinary questions near them are left alone.
import { describe, expect, it } from 'vitest';
import { createEmergencyFinder } from '../../src/language/emergency.ts';
import { Vocabulary } from '../../src/language/vocabulary.ts';
import { DANGER, NO_DANGER } from './emergency-messages.ts';
import { FURTHER_DANGER } from './further-danger-messages.ts';
import { readTexts, vocabularies } from './vocabularies.ts';

const find = createEmergencyFinder({ vocabularies }).find;

describe.each(Object.keys(DANGER))('in %s', (language) => {
  it.each(DANGER[language]!)('%s → %s', (message, kind) => expect(find(message)).toBe(kind));
  it('finds danger however it is put', () => expect(FURTHER_DANGER[language]!.filter((message) => find(message) === null)).toEqual([]));
  it('leaves ordinary questions alone', () => expect(NO_DANGER[language]!.filter((message) => find(message) !== null)).toEqual([]));
});

describe('an emergency message', () => {
  it('is found without accents, in capitals, and drawn out', () => {
    expect(find('MI ESPOSO ME GOLPEO')).toBe('violence');
    expect(find('AUXILIOOOO')).toBe('danger');
    expect(find('je suis sequestree')).toBe('trafficking');
  });
  it('is found inside a long message', () => {
    expect(find('Hola, buenas tardes. Le escribo porque mi marido me pega y no sé qué hacer. Tengo dos hijos.')).toBe('violence');
  });
  it('is found in a message of two languages', () => expect(find('hello, mi marido me pega')).toBe('violence'));
  it('is found by its emoji', () => expect(find('🆘')).toBe('danger'));
  it('is found with an Arabic conjunction or spoken prefix written onto the word', () => {
    expect(find('وزوجي يضربني')).toBe('violence');
    expect(find('جوزي هيقتلني')).not.toBeNull();
  });
  it('puts self-harm and children before other kinds', () => {
    expect(find('me pega y me quiero morir')).toBe('self_harm');
  });
  it('is quick to refuse a hostile message', () => {
    expect(find('me '.repeat(2000))).toBeNull();
    expect(find('no no no me me me hits hits my my '.repeat(100))).not.toBe('medical');
  });
});

describe('a denial', () => {
  it('counts when it stands directly before', () => expect(find('no es una emergencia')).toBeNull());
  it('counts around the words in French', () => expect(find('il ne me frappe pas')).toBeNull());
  it('does not reach over a comma', () => expect(find('no, me pega')).toBe('violence'));
  it('does not count when it is further away', () => expect(find('no sé qué hacer mi marido me pega')).toBe('violence'));
  it('does not count inside the words themselves', () => expect(find('no me dejan salir')).toBe('trafficking'));
});

describe('a vocabulary', () => {
  it('is refused with a pattern that cannot be read', () => {
    const raw = structuredClone(readTexts('es', 'language')) as unknown as { emergency: { danger: string[] } };
    raw.emergency.danger.push('me (mata|pega)+');
    const result = Vocabulary.safeParse(raw);
    expect(result.error?.issues[0]?.path).toEqual(['emergency', 'danger', raw.emergency.danger.length - 1]);
  });
  it('is refused with a group that does not exist', () => {
    const raw = structuredClone(readTexts('es', 'language')) as unknown as { emergency: { danger: string[] } };
    raw.emergency.danger.push('me @bites');
    expect(Vocabulary.safeParse(raw).error?.issues[0]?.message).toContain('@bites');
  });
});
