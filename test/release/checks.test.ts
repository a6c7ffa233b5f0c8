// Each check on a release with exactly one thing wrong: it must be told once, at the right line and column, with what to do.
import { describe, expect, it } from 'vitest';
import type { Changes } from './small-release.ts';
import { problemsWith } from './small-release.ts';

type Case = [name: string, changes: Changes, position: string, code: string, hint: string];

function eachIsTold(severity: 'error' | 'warning' | 'info', cases: Case[]): void {
  it.each(cases)('%s', async (_, changes, position, code, hint) => {
    const problems = await problemsWith(changes, severity);
    expect(problems, problems.join('\n')).toHaveLength(1);
    expect(problems[0]).toMatch(
      new RegExp(`^${position.replaceAll('.', '\\.')} ${severity}: .*\\(${code.replaceAll('.', '\\.')}\\)$`, 's'),
    );
    expect(problems[0]).toContain(hint);
  });
}

it('finds nothing in the sound release', async () => {
  expect(await problemsWith({})).toEqual([]);
});

describe('flows', () => {
  eachIsTold('error', [
    [
      'an unknown step type',
      { 'flows/school.yaml': [['  - ask: age', '  - asks: age']] },
      'flows/school.yaml:4:5',
      'file.value',
      'did you mean "ask"',
    ],
    ['an unknown key', { 'flows/menu.yaml': [['store: false', 'stored: false']] }, 'flows/menu.yaml:4:5', 'file.unknown_key', '"stored"'],
    [
      'a dangling next',
      { 'flows/school.yaml': [['answer: Q04', 'answer: Q04\n    next: odl']] },
      'flows/school.yaml:9:11',
      'flow.dangling_next',
      'did you mean "old"',
    ],
    [
      'a loop without a wait',
      { 'flows/school.yaml': [['  - answer: Q04', '  - id: again\n    say: old\n    params: { age: answers.age }\n    next: again']] },
      'flows/school.yaml:8:5',
      'flow.loop_without_wait',
      'never waits',
    ],
    [
      'a topic that does not exist',
      { 'flows/school.yaml': [['topic: EDU.ENR', 'topic: EDU.NEW']] },
      'flows/school.yaml:1:8',
      'flow.unknown_topic',
      'EDU.NEW',
    ],
    ['an answer that does not exist', { 'flows/school.yaml': [['Q04', 'Q05']] }, 'flows/school.yaml:8:13', 'flow.unknown_answer', 'Q05'],
    [
      'a file that is no flow id',
      { 'flows/My-Flow.yaml': 'steps:\n  - say: system:fault\n' },
      'flows/My-Flow.yaml:1:1',
      'flow.name',
      'Rename the file',
    ],
    [
      'a menu that does not lead here',
      { 'flows/menu.yaml': [['goto: school', 'goto: welcome']] },
      'flows/school.yaml:2:35',
      'flow.not_in_menu',
      'no goto or call',
    ],
  ]);
});

describe('texts', () => {
  eachIsTold('error', [
    [
      'a missing Arabic text, at the step that says it',
      { 'locales/ar/school.json': [['"age": "كم العمر؟",', '']] },
      'flows/school.yaml:4:10',
      'text.missing',
      'locales/ar/school.json',
    ],
    [
      'a missing label, at the choice',
      { 'locales/ar/school.json': [['"age.late": "ست أو أكثر",', '']] },
      'flows/school.yaml:5:22',
      'text.missing',
      '"age.late"',
    ],
    ['an empty text', { 'locales/es/menu.json': [['¿Qué necesita?', '']] }, 'flows/menu.yaml:2:10', 'text.missing', '"need"'],
    [
      'a missing text of the engine',
      { 'locales/ar/system.json': [['  "fault": "نص.",\n', '']] },
      'locales/ar/system.json:1:1',
      'text.missing',
      '"fault"',
    ],
    [
      'a missing name of a place',
      { 'locales/ar/localities.json': [['"ES-CT"', '"ES-XX"']] },
      'flows/settings/localities.yaml:3:5',
      'text.missing',
      '"ES-CT"',
    ],
    [
      'a value that only one language fills in',
      { 'locales/ar/school.json': [['{{age}}', '{{edad}}']] },
      'locales/ar/school.json:5:3',
      'text.placeholders',
      '{{age}} is missing, {{edad}} is not in the source',
    ],
    [
      'a value that a channel’s wording leaves out',
      { 'locales/ar/school.json': [['"keywords"', '"old_sms": "العمر",\n  "keywords"']] },
      'locales/ar/school.json:6:3',
      'text.placeholders',
      '{{age}} is missing',
    ],
    [
      'a value that the step does not give',
      { 'flows/school.yaml': [['params: { age: answers.age }', 'params: { years: answers.age }']] },
      'flows/school.yaml:6:5',
      'text.value_not_given',
      'params: { age: … }',
    ],
    [
      'plural forms that a language needs',
      {
        'locales/es/menu.json': [['"need"', '"days_one": "{{count}} día",\n  "days_other": "{{count}} días",\n  "need"']],
        'locales/ar/menu.json': [['"need"', '"days_one": "يوم",\n  "days_other": "{{count}} يوم",\n  "need"']],
      },
      'locales/ar/menu.json:2:3',
      'text.plural_forms',
      '"days_zero", "days_two", "days_few", "days_many"',
    ],
    [
      'a single brace',
      { 'locales/es/menu.json': [['necesita?', 'necesita {x}?']] },
      'locales/es/menu.json:2:3',
      'text.syntax',
      'two braces',
    ],
    [
      'another text inside',
      { 'locales/es/menu.json': [['necesita?', '$t(x)']] },
      'locales/es/menu.json:2:3',
      'text.syntax',
      'write the words out',
    ],
    [
      'a format',
      { 'locales/es/school.json': [['"keywords"', '"old_sms": "Tiene {{age, number}}.",\n  "keywords"']] },
      'locales/es/school.json:6:3',
      'text.syntax',
      'no plain name',
    ],
    [
      'an invisible mark',
      { 'locales/ar/menu.json': [['ماذا', '\u200fماذا']] },
      'locales/ar/menu.json:2:3',
      'text.syntax',
      'invisible direction marks',
    ],
    [
      'a text that is a number',
      { 'locales/es/menu.json': [['"¿Qué necesita?"', '7']] },
      'locales/es/menu.json:2:3',
      'text.shape',
      'double quotes',
    ],
    [
      'a number in an emergency text',
      { 'locales/es/system.json': [['"emergency_no_number": "Texto."', '"emergency_no_number": "Llame al 1 1 2."']] },
      'locales/es/system.json:11:3',
      'emergency.number',
      'signed',
    ],
    [
      'a number in an emergency text in other digits',
      { 'locales/ar/system.json': [['"emergency": "نص."', '"emergency": "اتصل ١١٢"']] },
      'locales/ar/system.json:10:3',
      'emergency.number',
      '{{number}}',
    ],
  ]);

  eachIsTold('warning', [
    [
      'a text that its source does not have',
      { 'locales/ar/menu.json': [['"need"', '"old": "قديم",\n  "need"']] },
      'locales/ar/menu.json:2:3',
      'text.left_over',
      'remove it',
    ],
    [
      'accents that double the cost of a text message, with a proposal',
      { 'locales/es/menu.json': [['¿Qué necesita?', `¿Qué necesita? ${'Aquí puede escribir. '.repeat(5)}`.trim()]] },
      'locales/es/menu.json:2:3',
      'sms.accents',
      '"need_sms": "¿Qué necesita? Aqui puede escribir.',
    ],
    [
      'a text of many segments',
      { 'locales/ar/menu.json': [['ماذا تحتاج؟', 'نص طويل جدا '.repeat(30).trim()]] },
      'locales/ar/menu.json:2:3',
      'sms.long',
      '6 segments, 359 characters, UCS-2',
    ],
    [
      'a question that is dear with its choices',
      { 'locales/ar/menu.json': [['ماذا تحتاج؟', 'نص طويل جدا '.repeat(22).trim()]] },
      'locales/ar/menu.json:2:3',
      'sms.long_question',
      'With its 2 choices "need" costs 5 text messages',
    ],
    [
      'the review state of a text that is not there',
      { 'locales/ar/review.json': [['menu:need', 'menu:gone']] },
      'locales/ar/review.json:1:44',
      'review.unknown',
      '"menu:gone"',
    ],
  ]);
});

describe('choices', () => {
  eachIsTold('error', [
    [
      'a label too long for a WhatsApp button',
      { 'locales/es/school.json': [['Menos de seis', 'Menos de seis años cumplidos']] },
      'locales/es/school.json:3:3',
      'label.too_long',
      '28 characters, and a WhatsApp button holds 20',
    ],
    [
      'a label too long for a WhatsApp list row',
      {
        'flows/school.yaml': [['[early, late]', '[early, late, more, other]']],
        'locales/es/school.json': [['"old"', '"age.more": "Bastante más de seis años",\n  "age.other": "Otra edad",\n  "old"']],
        'locales/ar/school.json': [['"old"', '"age.more": "أكبر بكثير",\n  "age.other": "عمر آخر",\n  "old"']],
      },
      'locales/es/school.json:5:3',
      'label.too_long',
      'list row holds 24',
    ],
    [
      'the WhatsApp wording of a label that is still too long',
      { 'locales/es/school.json': [['"age.late"', '"age.early_whatsapp": "Todavía menos de seis años",\n  "age.late"']] },
      'locales/es/school.json:4:3',
      'label.too_long',
      '"age.early"',
    ],
    [
      'a label for a choice that is not offered',
      {
        'locales/ar/school.json': [['"old"', '"age.never": "أبدا",\n  "old"']],
        'locales/es/school.json': [['"old"', '"age_x": "x",\n  "old"']],
      },
      'locales/ar/school.json:5:3',
      'choice.unknown',
      'age.never',
    ],
    [
      'two labels alike',
      { 'locales/es/school.json': [['Seis o más', 'menos de seis']] },
      'locales/es/school.json:4:3',
      'choice.same_label',
      '"early" and "late"',
    ],
    [
      'a label that is a command of its language',
      { 'locales/es/school.json': [['Menos de seis', 'Otra vez']] },
      'locales/es/school.json:3:3',
      'command.collision',
      'REPEAT',
    ],
    [
      'a synonym that is a command of its language',
      { 'locales/es/school.json': [['"age.late"', '"age.early.synonyms": ["poco", "¡Volver!"],\n  "age.late"']] },
      'locales/es/school.json:4:3',
      'command.collision',
      'BACK',
    ],
    [
      'a label that is a command of another language',
      { 'locales/ar/school.json': [['أقل من ست', 'Otra vez']] },
      'locales/ar/school.json:3:3',
      'label.not_understood',
      'REPEAT',
    ],
    [
      'a label that holds an emergency word',
      { 'locales/es/school.json': [['Menos de seis', 'Me quieren matar']] },
      'locales/es/school.json:3:3',
      'label.not_understood',
      'as an emergency',
    ],
    [
      'a keyword that is a command',
      { 'locales/es/school.json': [['"escuela"', '"escuela", "volver"']] },
      'locales/es/school.json:6:3',
      'command.collision',
      'BACK',
    ],
    [
      'a keyword that begins two flows',
      {
        'flows/course.yaml': 'triggers: { keywords: true }\nsteps:\n  - say: hello\n',
        'locales/es/course.json': '{ "hello": "Hola.", "keywords": ["Escuela"] }',
        'locales/ar/course.json': '{ "hello": "أهلا.", "keywords": ["دورة"] }',
      },
      'locales/es/school.json:6:3',
      'keyword.two_flows',
      'course',
    ],
    [
      'a flow without keywords in a language',
      { 'locales/ar/school.json': [['"مدرسة"', '']] },
      'flows/school.yaml:2:13',
      'text.missing',
      'locales/ar/school.json',
    ],
  ]);

  eachIsTold('warning', [
    [
      'a keyword that is a command of another language',
      { 'locales/ar/school.json': [['"مدرسة"', '"مدرسة", "volver"']] },
      'locales/ar/school.json:6:3',
      'command.other_language',
      'BACK in es',
    ],
  ]);
});

describe('answers', () => {
  eachIsTold('error', [
    [
      'an unknown topic',
      { 'flows/answers/school.yaml': [['EDU.ENR', 'EDU.NEW']] },
      'flows/answers/school.yaml:2:3',
      'answer.unknown',
      'EDU.NEW',
    ],
    ['an unknown place', { 'flows/answers/school.yaml': [["'*'", 'CL']] }, 'flows/answers/school.yaml:3:3', 'answer.unknown', '"CL"'],
    [
      'a date that is none',
      { 'flows/answers/school.yaml': [['2027-01-01', 'soon']] },
      'flows/answers/school.yaml:8:3',
      'file.value',
      'review_by',
    ],
    [
      'a missing source',
      { 'flows/answers/school.yaml': [['  source: A treaty\n', '']], 'flows/school.yaml': [['  - answer: Q04\n', '']] },
      'flows/answers/school.yaml:1:3',
      'file.value',
      'source is missing',
    ],
    [
      'too few ways of asking',
      { 'locales/ar/answers.json': [['"تسجيل ابني في المدرسة a",', '']] },
      'locales/ar/answers.json:4:3',
      'answer.phrasings',
      'has 9 ways of asking in ar, and at least 10',
    ],
    [
      'a missing title',
      { 'locales/ar/answers.json': [['"Q04.title"', '"Q04.titel"']] },
      'flows/answers/school.yaml:1:3',
      'text.missing',
      '"Q04.title"',
    ],
    [
      'a title too long to choose from',
      { 'locales/es/answers.json': [['Inscribir en la escuela', 'Inscribir a un niño en la escuela']] },
      'locales/es/answers.json:3:3',
      'label.too_long',
      'list row holds 24',
    ],
  ]);
  eachIsTold('warning', [
    [
      'a review date that has passed',
      { 'flows/answers/school.yaml': [['2027-01-01', '2026-11-20']] },
      'flows/answers/school.yaml:8:3',
      'answer.overdue',
      'is not given',
    ],
    [
      'an unreviewed answer outside a demonstration',
      { 'flows/settings/hotline.yaml': [['demonstration: true', 'demonstration: false']] },
      'flows/answers/school.yaml:6:3',
      'answer.unreviewed',
      'only a demonstration',
    ],
  ]);
});

describe('places', () => {
  eachIsTold('error', [
    [
      'an unknown topic',
      { 'flows/directory/places.yaml': [['[EDU.ENR]', '[EDU.NEW]']] },
      'flows/directory/places.yaml:3:12',
      'place.unknown',
      'EDU.NEW',
    ],
    [
      'an unknown locality',
      { 'flows/directory/places.yaml': [['ES-CT', 'ES-MD']] },
      'flows/directory/places.yaml:4:3',
      'place.unknown',
      'ES-MD',
    ],
    [
      'a number that nobody can call',
      { 'flows/directory/places.yaml': [['+34931234567', '93']] },
      'flows/directory/places.yaml:5:12',
      'place.phone',
      'international form',
    ],
    [
      'an hour that is none',
      { 'flows/directory/places.yaml': [['asks_for', "hours: [{ byday: [MO], opens_at: '09:00', closes_at: '25:00' }]\n  asks_for"]] },
      'flows/directory/places.yaml:6:45',
      'place.hours',
      '25:00',
    ],
  ]);
  eachIsTold('warning', [
    [
      'a date that has passed',
      { 'flows/directory/places.yaml': [['2027-01-01', '2026-11-20']] },
      'flows/directory/places.yaml:10:3',
      'place.overdue',
      'confirm',
    ],
    [
      'no way to reach it',
      { 'flows/directory/places.yaml': [["  phones: ['+34931234567']\n", '']] },
      'flows/directory/places.yaml:1:3',
      'place.unreachable',
      'Nobody can reach',
    ],
  ]);
});

const TEMPLATE =
  "whatsapp_templates: [{ id: hello, variables: [staff], languages: { es: { content: HX0123456789abcdef0123456789abcdef, text: 'Soy {{staff}}' } } }]";

describe('settings and languages', () => {
  eachIsTold('error', [
    [
      'a flow that is not there',
      { 'flows/settings/hotline.yaml': [['menu_flow: menu', 'menu_flow: main']] },
      'flows/settings/hotline.yaml:9:12',
      'settings.flow',
      '"main"',
    ],
    [
      'no time zone',
      { 'flows/settings/hotline.yaml': [['Europe/Madrid', 'Europe/Nowhere']] },
      'flows/settings/hotline.yaml:10:11',
      'settings.timezone',
      'Europe/Madrid',
    ],
    [
      'a place that is not known',
      { 'flows/settings/hotline.yaml': [["['*', ES]", "['*', CL]"]] },
      'flows/settings/hotline.yaml:7:19',
      'settings.locality',
      '"CL"',
    ],
    [
      'a template whose text does not name what it is given',
      { 'flows/settings/hotline.yaml': [['desk: {}', `${TEMPLATE.replace('{{staff}}', 'Ana')}\ndesk: {}`]] },
      'flows/settings/hotline.yaml:11:72',
      'settings.template',
      'must agree',
    ],
    [
      'a template in no known language',
      { 'flows/settings/hotline.yaml': [['desk: {}', `${TEMPLATE.replace('{ es:', '{ xx:')}\ndesk: {}`]] },
      'flows/settings/hotline.yaml:11:72',
      'settings.template',
      '"xx"',
    ],
    [
      'a signed number that nobody can call',
      {
        'flows/settings/hotline.yaml': [
          ['desk: {}', "emergency_numbers: [{ locality: ES, number: '12', signed_by: A person, signed_on: 2026-01-01 }]\ndesk: {}"],
        ],
      },
      'flows/settings/hotline.yaml:11:45',
      'settings.number',
      '3 to 6 digits',
    ],
    [
      'a number without a signature',
      {
        'flows/settings/hotline.yaml': [
          ['desk: {}', "emergency_numbers: [{ locality: ES, number: '112', signed_on: 2026-01-01 }]\ndesk: {}"],
        ],
      },
      'flows/settings/hotline.yaml:11:21',
      'file.value',
      'signed_by is missing',
    ],
    [
      'a language without an entry',
      { 'flows/settings/hotline.yaml': [['languages: [es, ar]', 'languages: [es, ar, fr]']] },
      'flows/settings/hotline.yaml:3:21',
      'settings.language',
      '"fr"',
    ],
    ['a folder of no language', { 'locales/xx/menu.json': '{}' }, 'locales/xx/menu.json:1:1', 'language.unknown', 'locales/xx/'],
    [
      'a missing vocabulary',
      { 'locales/ar/language.json': null },
      'locales/ar/language.json:1:1',
      'language.vocabulary',
      'nobody would be understood',
    ],
    ['an unknown fallback', { 'locales/languages.yaml': [['[es]', '[fr]']] }, 'locales/languages.yaml:3:56', 'language.unknown', '"fr"'],
    [
      'a topic without its parent',
      { 'flows/settings/topics.yaml': [['- { code: SAF, private: true }\n', '']] },
      'flows/settings/topics.yaml:3:11',
      'tree.parent',
      '"SAF"',
    ],
    [
      'a place twice',
      { 'flows/settings/localities.yaml': [['- { code: ES }', '- { code: ES }\n- { code: ES }']] },
      'flows/settings/localities.yaml:3:11',
      'tree.twice',
      '"ES"',
    ],
    [
      'a list that is none',
      { 'flows/settings/topics.yaml': 'EDU: school\n' },
      'flows/settings/topics.yaml:1:1',
      'file.shape',
      'begin each entry with "- "',
    ],
  ]);
  eachIsTold('info', [
    [
      'a private flow in languages where nobody signed it',
      {
        'flows/private.yaml': 'private: true\nsteps:\n  - say: hello\n',
        'locales/es/private.json': '{ "hello": "Hola." }',
        'locales/ar/private.json': '{ "hello": "أهلا." }',
        'flows/settings/hotline.yaml': [['desk: {}', 'private_lane_signed: { es: { by: A person, on: 2026-01-01 } }\ndesk: {}']],
      },
      'flows/private.yaml:1:1',
      'private.unsigned',
      'switched off in ar',
    ],
  ]);
});

describe('many mistakes', () => {
  it('are told together, in the order of files and lines, each once', async () => {
    const problems = await problemsWith({
      'flows/school.yaml': [['say: old', 'says: old']],
      'flows/menu.yaml': [['store: false', 'stored: false']],
      'locales/ar/menu.json': [['{', '{,']],
    });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'flows/menu.yaml:4:5',
      'flows/school.yaml:6:5',
      'locales/ar/menu.json:1:2',
    ]);
  });

  it('in the settings stop everything else, which would only repeat them', async () => {
    expect(await problemsWith({ 'flows/settings/hotline.yaml': [['entry_flow: welcome\n', '']] })).toEqual([
      'flows/settings/hotline.yaml:1:1 error: In the settings, entry_flow is missing. (file.value)',
    ]);
  });
});
