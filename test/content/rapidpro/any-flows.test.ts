// Whatever flows an export holds, what is imported of them passes all checks of a release, and no walk through it meets a fault.
// Flows are thrown together at random: nodes of all kinds, ways that go anywhere, calls in any circle.
import * as fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Understand } from '../../../src/language/understand.ts';
import type { Player } from '../../../src/runtime/player.ts';
import { compileWith } from '../../release/small-release.ts';
import { decide, enter, flow, node, playerOn, releaseOf, send, setField, setResult, take, wait } from './small-flows.ts';

let understand: Understand;
beforeAll(async () => {
  const { release } = await compileWith();
  if (!release) throw new Error('The sound release does not compile.');
  understand = release.understand;
});

const FLOWS = ['F0', 'F1', 'F2'];
const NODES = ['n0', 'n1', 'n2', 'n3', 'n4', 'n5'];
const KEYS = ['x', 'y'];
const way = fc.option(fc.constantFrom(...NODES), { freq: 4 });
const words = fc.constantFrom(
  'Sí',
  'No',
  'Escuela',
  'uno dos',
  'Menú',
  'Quiero saber mucho más sobre todo esto',
  '1',
  '2',
  '0',
  '7 días',
  'Ayuda',
  '',
  '¿?',
);
const value = fc.constantFrom(
  '',
  'sí',
  'no',
  '3',
  '12.5',
  '@results.x',
  '@fields.y',
  '@results.y',
  '@(results.y + 1)',
  '@(fields.x & "!" & results.y)',
  '@(if(results.x = "sí", 1, "no"))',
  '@(text_length(results.x) - 1)',
  '@(split(fields.x))',
  '@contact.name',
  '@input.text',
  '@(',
);
const text = fc
  .tuple(
    fc.constantFrom(
      'Hola',
      '¿Qué quiere?',
      'Elija:\n1. Mujer\n2. Hombre',
      'Son @results.y',
      'Para @fields.x y @contact.first_name',
      '@(results.x + results.y)',
      '{a}',
      '…',
    ),
    fc.nat(99),
  )
  .map(([one, number]) => `${one} ${number}`);
const wordCase = fc.tuple(
  fc.constantFrom('has_any_word', 'has_all_words', 'has_phrase', 'has_only_phrase', 'has_beginning', 'has_only_text', 'has_category'),
  fc.array(fc.oneof(words, value), { minLength: 1, maxLength: 2 }),
);
const numberCase = fc.tuple(
  fc.constantFrom('has_number', 'has_number_eq', 'has_number_lt', 'has_number_gte', 'has_number_between'),
  fc.array(fc.oneof(fc.constantFrom('1', '3', '12.5'), value), { minLength: 1, maxLength: 2 }),
);
const otherCase = fc.tuple(
  fc.constantFrom('has_text', 'has_date_gt', 'has_phone', 'has_email', 'has_pattern', 'has_group', 'has_error'),
  fc.array(value, { maxLength: 1 }),
);
const testCase = fc
  .tuple(fc.oneof(wordCase, numberCase, numberCase, otherCase), fc.constantFrom('One', 'Two', 'Sí', '3'), way)
  .map(([[type, args], category, to]): [string, string[], string, string | null] => [type, args, category, to]);
const cases = fc.array(testCase, { maxLength: 4 });
const result = fc.constantFrom('', 'x', 'Y');
const action = fc.oneof(
  fc.tuple(text, fc.array(words, { maxLength: 4 })).map(([said, buttons]) => send(said, { buttons })),
  fc.tuple(fc.constantFrom(...KEYS), value).map(([key, given]) => setField(key, given)),
  fc.tuple(fc.constantFrom(...KEYS), value).map(([key, given]) => setResult(key, given)),
  fc.tuple(fc.constantFrom(...FLOWS, 'missing'), fc.boolean()).map(([to, terminal]) => enter(to, { terminal })),
  fc
    .constantFrom('call_webhook', 'open_ticket', 'add_contact_groups', 'set_contact_language')
    .map((type) => ({ type, uuid: 'x', result_name: 'x' })),
);
const actions = fc.array(action, { maxLength: 2 });
const operand = fc.constantFrom(
  '@results.x',
  '@fields.y',
  '@results.y',
  '@results.x.category',
  '@(results.y * 2)',
  '@(word_count(fields.x))',
  '@child.run.status',
  '@contact.groups',
  '@contact.language',
  '@input.text',
  'sí',
  '@(results.y & "x")',
);
const anyNode = (uuid: string) =>
  fc.oneof(
    fc.tuple(actions, way).map(([does, to]) => node(uuid, does, to)),
    fc.tuple(actions, cases, way, result).map(([does, tests, other, kept]) => wait(uuid, tests, other, { actions: does, result: kept })),
    fc.tuple(actions, cases, way, way).map(([does, tests, other, late]) => wait(uuid, tests, other, { actions: does, late })),
    fc
      .tuple(actions, operand, cases, way, result)
      .map(([does, on, tests, other, kept]) => decide(uuid, on, tests, other, { actions: does, result: kept })),
  );
/** Every flow begins with values of several kinds under the same names. */
const beginning = fc
  .tuple(value, value, value, fc.constantFrom(...NODES))
  .map(([x, y, field, to]) => [
    node('begin', [setResult('x', x), setResult('y', y), setField('y', field), send('¿Cuántos?')], 'count'),
    wait('count', [['has_number_gt', ['7'], 'Many', 'n0']], to, { result: 'Y' }),
  ]);
const anyFlow = (name: string) => fc.tuple(beginning, ...NODES.map(anyNode)).map(([first, ...nodes]) => flow(name, [...first, ...nodes]));
const WRITTEN = [
  'sí',
  'no',
  'escuela',
  '1',
  '2',
  '3',
  'uno dos',
  'menú',
  '7',
  '15/12/2026',
  '+34 600 111 222',
  'a@example.org',
  'qué sé yo',
  'algo muy distinto de todo',
  '/late',
];

/** Nothing fails, and nobody is met with silence. */
function walk(player: Player, inputs: string[]): void {
  for (const [index, input] of ['', ...inputs].entries()) {
    const late = { kind: 'timeout' as const, token: player.session()?.wait?.token ?? 0 };
    const turn = player.play(index === 0 ? { kind: 'opened' } : input === '/late' ? late : { kind: 'message', text: input });
    expect(turn.events.filter(({ type }) => type === 'error')).toEqual([]);
    if (player.owner() === 'flow' && input !== '/late') expect(turn.messages.map(({ text: said }) => said).join('')).not.toBe('');
  }
}

const inputs = fc.array(fc.constantFrom(...WRITTEN), { minLength: 5, maxLength: 15 });

it('any flows can be published and played', async () => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(...FLOWS.map(anyFlow)), inputs, async (flows, written) => {
      const imported = take(flows, { understand });
      expect(imported.problems.filter(({ code }) => code === 'flow_refused')).toEqual([]);
      const notes = imported.flows.flatMap(({ report }) => report);
      // A label that is a command or a word of danger is for an author to mend; the import says so.
      if (notes.some(({ detail = '', why }) => why === 'label_taken' || detail.includes('label_taken'))) return;
      const release = await releaseOf(imported);
      for (const start of ['f0', 'f1', 'f2']) walk(playerOn(release, start), written);
    }),
    { numRuns: 60, seed: 20_261_130, endOnFailure: true },
  );
}, 240_000);
