// Random walks over the small hotline: whatever people write, in whatever order and under whatever owner,
// the engine never throws, never falls silent, keeps the emergency promise, and its session stays plain JSON.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Session } from '../../src/domain/session.ts';
import type { Line } from '../../src/domain/text.ts';
import { takeTurn } from '../../src/engine/engine.ts';
import type { EngineEnv, TurnInput } from '../../src/engine/env.ts';
import { NOON, testEnv } from './test-env.ts';
import { HOTLINE, programOf } from './test-program.ts';

const program = programOf(HOTLINE);
const WORDS = [
  'hola',
  '1',
  '2',
  '3',
  'sí',
  'no',
  'saltar',
  'Madrid',
  'valencia',
  'xyzzy',
  'escuela',
  'trabajo',
  'violencia',
  '¿puedo ir al médico?',
  'una cosa de niños',
  'me dan golpes',
  'where is the school here',
  'stop',
  'start',
  'ayuda',
  'persona',
  'queja',
  'estado',
  'estado Q-482193',
  'borrar',
  'idioma',
  'menu',
  'atras',
  'repetir',
  'peligro',
  'me pega',
  'English',
  '٣',
  '',
  '   ',
  '👍',
  'más de una cosa que nadie entiende',
];

const input: fc.Arbitrary<TurnInput> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('message' as const), text: fc.constantFrom(...WORDS) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('message' as const), text: fc.string({ unit: 'grapheme', maxLength: 40 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('message' as const), text: fc.constantFrom('', '1'), media: fc.constant(true) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('message' as const),
      text: fc.constant(''),
      payload: fc.constantFrom('yes', 'no', 'safe', 'person', 'school', 'ok', 'none'),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'opened' as const }) },
  { weight: 1, arbitrary: fc.nat(60).map((token) => ({ kind: 'timeout' as const, token })) },
);
const step = fc.record({
  input,
  hours: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(1, 25) }),
  owner: fc.oneof(
    { weight: 8, arbitrary: fc.constant('flow' as const) },
    { weight: 2, arbitrary: fc.constantFrom('queue', 'staff', 'closed', 'stopped') },
  ) as fc.Arbitrary<EngineEnv['owner']>,
  desk: fc.constantFrom({}, { open: false }, { staffed: false }, { open: false, opensAt: null }),
  served: fc.boolean(),
});

it('a random walk never throws, never ends in silence, and keeps the session plain', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
      let session: Session | null = null;
      let now = NOON;
      for (const { input: given, hours, owner, desk, served } of steps) {
        now += hours * 3_600_000;
        const env = testEnv({ now, owner, privateLaneServed: () => served });
        const { session: next, events } = takeTurn(program, session, given, {
          ...env,
          desk: { ...env.desk, ...desk, queued: owner === 'queue' },
        });
        expect(JSON.parse(JSON.stringify({ next, events }))).toStrictEqual({ next, events });
        const says = events.filter((event) => event.type === 'say');
        expect(events.filter(({ type }) => type === 'error')).toEqual([]);
        if (given.kind === 'message' && /peligro|me pega/.test(given.text))
          expect(events[0]).toMatchObject({ type: 'say', kind: 'system', line: { text: { key: 'system:emergency_no_number' } } });
        if (given.kind !== 'timeout' && (owner === 'flow' || owner === 'closed')) expect(says.length).toBeGreaterThan(0);
        if (owner !== 'flow' && owner !== 'closed') expect(says.every(({ kind }) => kind === 'system')).toBe(true);
        expect(next.history.length).toBeLessThanOrEqual(20);
        expect(next.stack.length).toBeLessThanOrEqual(10);
        // Lines may be said again after the private lane has closed; the promise in them was made before.
        const asks = ({ text }: Line): boolean => 'key' in text && text.key === 'private:private_words';
        const asksAnew = says.some((event) => asks(event.line)) && !session?.lastLines.some(asks);
        if (!served && asksAnew) expect(session?.stack.at(-1)?.flow).toBe('private');
        session = next;
      }
    }),
    { numRuns: 400 },
  );
});

it('every question of the program can be left by STOP, DELETE, PERSON and MENU', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...WORDS), { maxLength: 12 }),
      fc.constantFrom('stop', 'borrar', 'persona', 'menu'),
      (words, last) => {
        let session: Session | null = null;
        for (const text of ['hola', ...words, last]) session = takeTurn(program, session, { kind: 'message', text }, testEnv()).session;
        const said = session!.lastLines.map(({ text }) => ('key' in text ? text.key : ''));
        expect(
          said.some((key) => /stopped|delete_confirm|handoff_open|menu:need|limits|language_list|emergency|private_offer/.test(key)),
        ).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});
