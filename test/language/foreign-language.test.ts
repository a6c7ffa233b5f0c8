// What somebody writes in where the hotline does not have it: a hint for routing, from the script and words that tell.
import { expect, it } from 'vitest';
import { foreignLanguage } from '../../src/language/foreign-language.ts';

const OFFERED = ['es', 'en', 'fr', 'ar'];

it.each([
  ['ሓገዝ እደሊ ኣለኹ', 'ti'],
  ['እርዳታ እፈልጋለሁ', 'am'],
  ['Мені потрібна допомога', 'uk'],
  ['Мне нужна помощь', 'ru'],
  ['من کمک می‌خواهم چون', 'fa'],
  ['আমার সাহায্য দরকার', 'bn'],
])('hears %s', (text, tag) => expect(foreignLanguage([text], OFFERED)).toBe(tag));

it('says nothing of what the hotline has, nor of Latin letters or numbers', () => {
  expect(foreignLanguage(['أحتاج مساعدة'], OFFERED)).toBeNull();
  expect(foreignLanguage(['Necesito ayuda', '2'], OFFERED)).toBeNull();
});

it('goes by the newest text that tells, also when numbers and buttons came after it', () => {
  expect(foreignLanguage(['ሓገዝ እደሊ ኣለኹ', 'English', '2'], OFFERED)).toBe('ti');
});
