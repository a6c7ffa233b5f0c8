// The language of a message: certain for listed words, sure for sentences, careful with single words and languages not offered.
import { describe, expect, it } from 'vitest';
import type { EngineEnv } from '../../src/engine/env.ts';
import { createLanguageGuess } from '../../src/language/guess.ts';
import { identifyLanguage } from '../../src/content/language-model.ts';
import { LANGUAGES, vocabularies } from './vocabularies.ts';

const guess: EngineEnv['guessLanguage'] = createLanguageGuess(vocabularies, { identify: identifyLanguage, offered: LANGUAGES });

/** Sentences in words of nobody's texts here: family, weather, travel. */
const SENTENCES: Record<string, string[]> = {
  es: [
    'mi hermana vive lejos de aquí',
    'ayer llovió toda la tarde',
    'el autobús llega tarde',
    'me gusta cocinar con mi abuela',
    'donde puedo comprar zapatos',
    'vinimos andando desde la frontera',
    'mi primo no contesta el telefono',
    'hace mucho frío esta noche',
    'tenemos hambre y sueño',
    'quien me puede decir la hora',
  ],
  en: [
    'my sister lives far away',
    'it rained all afternoon',
    'the bus is late again',
    'i like cooking with my grandmother',
    'where can i buy shoes',
    'we walked here from the border',
    'my cousin does not pick up',
    'it is very cold tonight',
    'we are hungry and tired',
    'who can tell me the time',
  ],
  fr: [
    'ma sœur habite loin d’ici',
    'il a plu tout l’après-midi',
    'le bus est encore en retard',
    'j’aime cuisiner avec ma grand-mère',
    'ou puis-je acheter des chaussures',
    'nous avons marché depuis la frontière',
    'mon cousin ne répond pas',
    'il fait très froid ce soir',
    'on a faim et sommeil',
    'qui peut me dire l’heure',
  ],
  ar: [
    'أختي تعيش بعيدا من هنا',
    'نزل المطر طوال العصر',
    'الباص متأخر مرة أخرى',
    'أحب الطبخ مع جدتي',
    'أين أشتري الأحذية',
    'مشينا من الحدود إلى هنا',
    'ابن عمي لا يجيب على الهاتف',
    'الجو بارد جدا الليلة',
    'نحن جائعون ومتعبون',
    'من يقول لي كم الساعة',
  ],
};
const STRANGERS: Record<string, string[]> = {
  pt: ['posso ir ao médico sem documentos?', 'preciso de ajuda com a escola da minha filha', 'boa tarde, não tenho trabalho'],
  it: ['ho bisogno di un medico per mio figlio', 'dove posso trovare lavoro', 'buongiorno, sto cercando casa'],
  de: ['ich brauche einen Arzt für mein Kind', 'wo kann ich heute schlafen', 'guten Tag, ich habe keine Arbeit'],
  sw: ['nahitaji daktari kwa mtoto wangu', 'naomba msaada tafadhali', 'sina kazi na sina pesa'],
  ht: ['mwen bezwen yon doktè pou pitit mwen', 'ki kote mwen ka jwenn travay', 'tanpri ede mwen'],
  ro: ['am nevoie de un doctor pentru copilul meu', 'unde pot să dorm azi', 'nu am acte și nu am bani'],
  so: ['waxaan u baahanahay dhakhtar', 'ilmahaygu waa xanuunsan yahay', 'ma haysto shaqo'],
  fa: ['سلام من به کمک نیاز دارم', 'برای بچه‌ام دکتر می‌خواهم', 'کار ندارم و پول ندارم'],
  ur: ['مجھے ڈاکٹر کی ضرورت ہے', 'میرے پاس کام نہیں ہے', 'بچے کے لیے اسکول چاہیے'],
};

describe('a listed word', () => {
  it.each([
    ['hola', 'es'],
    ['¡Hola!', 'es'],
    ['holaaa', 'es'],
    ['buenos dias', 'es'],
    ['hello', 'en'],
    ['Good morning', 'en'],
    ['bonjour', 'fr'],
    ['Merci', 'fr'],
    ['مرحبا', 'ar'],
    ['السلام عليكم', 'ar'],
    ['English', 'en'],
    ['français', 'fr'],
    ['arabic', 'ar'],
  ])('%s is certainly %s', (text, language) => expect(guess(text)).toEqual({ language, confidence: 1, basis: 'certain' }));
  it('is only likely where it is a command or a short reply', () => {
    expect(guess('ayuda')).toMatchObject({ language: 'es', basis: 'model' });
    expect(guess('ayuda').confidence).toBeGreaterThanOrEqual(0.7);
    expect(guess('ayuda').confidence).toBeLessThan(0.9);
  });
  it('is nothing where it is short, or several languages list it', () => {
    expect(guess('y').confidence).toBeLessThan(0.7);
    expect(guess('no').confidence).toBeLessThan(0.7);
    expect(guess('stop').confidence).toBeLessThan(0.7);
  });
});

describe.each(LANGUAGES)('sentences in %s', (language) => {
  it('are never taken for another language with confidence', () => {
    expect(SENTENCES[language]!.filter((text) => guess(text).language !== language && guess(text).confidence >= 0.7)).toEqual([]);
  });
  it('are mostly sure', () => {
    const sure = SENTENCES[language]!.filter((text) => guess(text).language === language && guess(text).confidence >= 0.7);
    expect(sure.length).toBeGreaterThanOrEqual(8);
  });
});

it.each(Object.keys(STRANGERS))('sentences in %s, which is not offered, are never taken for a language that is', (language) => {
  const taken = STRANGERS[language]!.map((text) => guess(text)).filter(
    ({ language: best, confidence }) => LANGUAGES.includes(best ?? '') && confidence >= 0.7,
  );
  expect(taken).toEqual([]);
});

it.each(['pt', 'sw', 'ht', 'ro', 'so', 'fa', 'ur'])('sentences in %s are told all the same', (language) => {
  expect(STRANGERS[language]!.filter((text) => guess(text).language !== language)).toEqual([]);
});

describe('the script', () => {
  it('leaves few languages to choose from', () => {
    expect(guess('هل يمكنني زيارة الطبيب بدون أوراق؟')).toMatchObject({ language: 'ar' });
    expect(guess('دكتور').confidence).toBeGreaterThanOrEqual(0.7);
    expect(guess('چطور می‌توانم').language).toBe('fa');
  });
  it('tells a language that is not offered, too', () => {
    expect(guess('สวัสดีครับ')).toMatchObject({ language: 'th', basis: 'script' });
    expect(guess('Привет, мне нужна помощь').language).toBe('ru');
  });
  it('is none where no language is known in it', () => expect(guess('გამარჯობა').language).toBeNull());
});

describe('a message that says little', () => {
  it.each(['escuela', 'doctor', 'salam', 'menu', 'passport'])('%s: one Latin word stays below the bar', (text) =>
    expect(guess(text).confidence).toBeLessThan(0.7),
  );
  it.each(['', '123', '👍', '?!'])('"%s" has no language', (text) => expect(guess(text).language).toBeNull());
});

describe('what is known beside the text', () => {
  const signed = createLanguageGuess(vocabularies, { identify: identifyLanguage, offered: [...LANGUAGES] });
  it('makes the language of the number likelier, and decides nothing alone', () => {
    const plain = signed('la casa nova').confidence;
    const atHome = signed('la casa nova', { country: 'ES' });
    expect(atHome.language === 'es' ? atHome.confidence : 1).toBeGreaterThanOrEqual(plain);
    expect(signed('where can i see a doctor', { country: 'ES' }).language).toBe('en');
  });
  it('makes the language of the page likelier', () => {
    const text = 'central hospital';
    const told = (page: string) => signed(text, { page });
    expect(told('es').language === 'es' || told('es').confidence < told('en').confidence).toBe(true);
    expect(told('en').language).toBe('en');
  });
});
