// A small world for the engine's tests: it understands a few words of Spanish, English and Arabic, knows two answers and one place.
// Everything is fixed; a test changes what it needs by passing its own parts.
import type { Command, EmergencyKind } from '../../src/domain/command.ts';
import type { Answer, Place } from '../../src/domain/content.ts';
import type { Choice } from '../../src/domain/text.ts';
import type { EngineEnv, Expectation, LanguageGuess, Understanding } from '../../src/engine/env.ts';

/** Monday 23 November 2026, 10:00 UTC. */
export const NOON = Date.UTC(2026, 10, 23, 10);

const EMERGENCIES: Record<string, EmergencyKind> = {
  peligro: 'danger',
  'help me now': 'danger',
  خطر: 'danger',
  'me pega': 'violence',
  suicidarme: 'self_harm',
  'no me deja salir': 'trafficking',
  'niño solo': 'child',
  sangre: 'medical',
};
const COMMANDS: Record<string, Command> = {
  stop: 'stop',
  start: 'start',
  ayuda: 'help',
  persona: 'person',
  queja: 'complaint',
  estado: 'status',
  borrar: 'delete',
  retirar: 'withdraw',
  idioma: 'language',
  menu: 'menu',
  atras: 'back',
  repetir: 'repeat',
};
const KEYWORDS: Record<string, string> = { escuela: 'school', trabajo: 'work', violencia: 'private' };
const LOCALITIES: Record<string, string> = { madrid: 'ES', barcelona: 'ES-CT-BCN', santiago: 'CL-RM' };

const plain = (text: string): string => text.trim().toLowerCase();

function matchChoice(text: string, choices: Choice[]): Choice | undefined {
  const index = /^\d+$/.test(text) ? Number(text) - 1 : -1;
  return (
    choices[index] ??
    choices.find(({ id, label }) => id === text || ('literal' in label ? plain(label.literal) === text : label.key.endsWith(`.${text}`))) ??
    choices.find(({ id }) => (id === 'yes' && text === 'sí') || (id === 'skip' && text === 'saltar'))
  );
}

function readReply(original: string, expecting: Expectation, languages: { tag: string; name: string }[]): Understanding | null {
  const text = plain(original);
  const reply = (value: string | number | boolean | null): Understanding => ({ kind: 'reply', value, via: 'parsed' });
  const number = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
  switch (expecting.kind) {
    case 'choice': {
      const found = matchChoice(text, expecting.choices);
      return found ? { kind: 'reply', value: found.id, via: 'label' } : null;
    }
    case 'yes_no':
      return text === 'sí' || text === '1' ? reply(true) : text === 'no' || text === '2' ? reply(false) : null;
    case 'text':
      return text === '' ? null : reply(original.trim().slice(0, expecting.maxChars));
    case 'number':
      return number !== undefined && number >= (expecting.min ?? -Infinity) && number <= (expecting.max ?? Infinity) ? reply(number) : null;
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(text) ? reply(text) : null;
    case 'phone':
      return /^\+\d{6,}$/.test(text) ? reply(text) : null;
    case 'email':
      return text.includes('@') ? reply(text) : null;
    case 'locality':
      if (text === 'valencia')
        return { kind: 'ambiguous', choices: ['ES-VC', 'VE-CA'].map((id) => ({ id, label: { key: `localities:${id}` } })) };
      return LOCALITIES[text] ? reply(LOCALITIES[text]) : null;
    case 'language': {
      const found = languages.find(({ tag, name }, i) => text === tag || text === plain(name) || text === String(i + 1));
      return found ? reply(found.tag) : null;
    }
    default:
      return null;
  }
}

/** Understands in the order that the engine is promised: emergency, command, payload, number, label, keyword. */
function understand(
  input: { text: string; payload?: string },
  expecting: Expectation,
  languages: { tag: string; name: string }[],
): Understanding {
  const text = plain(input.text);
  const danger = Object.keys(EMERGENCIES).find((word) => text.includes(word));
  if (danger) return { kind: 'emergency', emergency: EMERGENCIES[danger]! };
  if (text === 'in english') return { kind: 'command', command: 'language', argument: 'en' };
  const [first, argument] = text.split(' ');
  if (COMMANDS[text]) return { kind: 'command', command: COMMANDS[text] };
  if (first === 'estado' && argument?.startsWith('q-')) return { kind: 'command', command: 'status', argument };
  if (input.payload !== undefined && expecting.kind === 'choice') {
    const chosen = expecting.choices.find(({ id }) => id === input.payload);
    if (chosen) return { kind: 'reply', value: chosen.id, via: 'payload' };
  }
  const reply = readReply(input.text, expecting, languages);
  if (reply) return reply;
  const keyword = text.split(' ').find((word) => KEYWORDS[word]);
  return keyword ? { kind: 'keyword', flow: KEYWORDS[keyword]! } : { kind: 'nothing' };
}

const GREETINGS: Record<string, string> = { hola: 'es', 'buenos días': 'es', hello: 'en', مرحبا: 'ar' };

function guessLanguage(text: string): LanguageGuess {
  const greeting = GREETINGS[plain(text)];
  if (greeting) return { language: greeting, confidence: 1, basis: 'certain' };
  if (/\p{Script=Arabic}/u.test(text)) return { language: 'ar', confidence: 0.99, basis: 'script' };
  if (/[¿ñáéíóú]|escuela|trabajo|\bel\b|\bmi\b/u.test(plain(text))) return { language: 'es', confidence: 0.95, basis: 'model' };
  if (/\b(the|my|where|school)\b/.test(plain(text))) return { language: 'en', confidence: 0.95, basis: 'model' };
  if (/\bquizas\b/.test(plain(text))) return { language: 'es', confidence: 0.8, basis: 'model' };
  return { language: null, confidence: 0, basis: 'none' };
}

const answer = (id: string, topic: string): Answer => ({
  id,
  topic,
  locality: '*',
  kind: 'treaty',
  source: 'CRC 28',
  reviewed_by: 'A reviewer',
  reviewed_on: '2026-11-01',
  review_by: '2028-11-21',
});
export const SCHOOL_ANSWER = answer('Q04', 'EDU.ENR');
export const DOCTOR_ANSWER = answer('Q06', 'HEA.URG');
export const VIOLENCE_ANSWER = answer('Q22', 'SAF.GBV');

export const SCHOOL_PLACE: Place = {
  id: 'school_office',
  name: 'School office',
  names: { es: 'Oficina escolar' },
  topics: ['EDU.ENR'],
  locality: 'ES',
  address: 'Calle Mayor 1',
  phones: ['+34910000000'],
  hours: [{ byday: ['MO', 'TU', 'WE'], opens_at: '09:00', closes_at: '14:00' }],
  languages: [],
  asks_for_papers: 'no',
  shares_with_authorities: 'unknown',
  women_only: false,
  female_staff: false,
  child_friendly: true,
  protected_address: false,
  free: true,
  confirm_locally: true,
  source: 'A public list',
  verify_by: '2027-02-21',
};

const LANGUAGES = [
  { tag: 'es', name: 'Español' },
  { tag: 'en', name: 'English' },
  { tag: 'ar', name: 'العربية' },
];

/** The world, with a test's own parts. */
export function testEnv(own: Partial<EngineEnv> = {}): EngineEnv {
  const languages = own.languages ?? LANGUAGES;
  return {
    now: NOON,
    channel: 'sms',
    languageHint: null,
    owner: 'flow',
    desk: { staffed: true, open: true, minutesToAnswer: 20, opensAt: '2026-11-24T09:00', queued: false },
    alert: null,
    understand: (input, expecting) => understand(input, expecting, languages),
    guessLanguage,
    elsewhere: () => null,
    findAnswers(question) {
      const text = plain(question);
      if (text.includes('médico')) return { kind: 'answer', entry: DOCTOR_ANSWER, score: 0.95 };
      if (text.includes('golpes')) return { kind: 'answer', entry: VIOLENCE_ANSWER, score: 0.9 };
      if (text.includes('niños')) return { kind: 'choose', entries: [SCHOOL_ANSWER, DOCTOR_ANSWER, VIOLENCE_ANSWER] };
      return { kind: 'none' };
    },
    localAnswer: (id) => [SCHOOL_ANSWER, DOCTOR_ANSWER, VIOLENCE_ANSWER].find((entry) => entry.id === id) ?? null,
    findPlaces: ({ topic, locality }) => (topic === 'EDU.ENR' && locality?.startsWith('ES') ? [SCHOOL_PLACE] : []),
    isPlaceOpen: () => true,
    locality: (code) => ({ code }),
    topicIsPrivate: (topic) => topic.startsWith('SAF'),
    privateLaneServed: () => false,
    emergencyNumber: () => null,
    newComplaintNumber: () => 'Q-482193',
    complaintState: (number) => (number === 'Q-482193' ? 'looking' : null),
    languages,
    ...own,
  };
}
