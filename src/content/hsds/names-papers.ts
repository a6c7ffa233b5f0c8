// Whether a required document is a paper that shows who somebody is or that they may stay. Called by place-of-service.ts.
// What is found here makes people be told that papers are asked for; what is not found stays unknown, never "no".

/** Words, or beginnings of words, in the languages of the directories that have been seen. */
const WORDS = [
  // English
  'passports?',
  'identity',
  'identification',
  'photo ?id',
  'id ?cards?',
  'visas?',
  'residence permits?',
  'work permits?',
  'green cards?',
  'immigration',
  'refugee cards?',
  'asylum',
  "driv(?:er|ing)(?:'s|s)? licen[cs]es?",
  'driving licen[cs]e',
  'birth certificates?',
  // Spanish, Catalan, Portuguese
  'pasaportes?',
  'passaports?',
  'passaportes?',
  'identidad',
  'identitat',
  'identidade',
  'identificaci[oó]n',
  'identifica[cç][aã]o',
  'c[eé]dula',
  'permiso de (?:residencia|trabajo)',
  'tarjeta de (?:residencia|residente|extranjero)',
  // French, Italian, German
  'passeports?',
  'identit[eé]',
  'titre de s[eé]jour',
  'carte de s[eé]jour',
  'r[eé]c[eé]piss[eé]',
  'passaporto',
  "carta d'identit[aà]",
  'permesso di soggiorno',
  'reisepass',
  'personalausweis',
  'ausweis',
  'aufenthaltstitel',
  // Russian, Ukrainian
  'паспорт\\p{L}*',
  'удостоверени\\p{L}* личности',
  'вид на жительство',
];
/** In capitals only: in small letters some are words. */
const LETTERS = /(?<![\p{L}\p{N}])(?:ID|I\.D\.|DNI|NIE|TIE|RUT|RUN|CURP|CPF)(?![\p{L}\p{N}])/u;
/** Arabic and Persian join their articles to the word. */
const PARTS = ['جواز', 'هوية', 'إقامة', 'اقامة', 'پاسپورت', 'گذرنامه', 'شناسنامه'];

const PAPERS = new RegExp(`(?<![\\p{L}\\p{N}])(?:${WORDS.join('|')})(?![\\p{L}\\p{N}])|${PARTS.join('|')}`, 'iu');

/** True for words that name a passport, an identity card, a permit or the like. */
export function namesPapers(document: string): boolean {
  const text = document.normalize('NFC');
  return PAPERS.test(text) || LETTERS.test(text);
}
