// RapidPro lets flows call each other in circles and steps go round without a wait. Ours are opened so that they can be published.
import { describe, expect, it } from 'vitest';
import { decide, enter, flow, node, noteOf, play, send, setField, stepsOf, take, wait } from './small-flows.ts';

const end = (uuid: string, text: string) => node(uuid, [send(text)]);

describe('steps that go round without a wait', () => {
  it('end where the circle would close', async () => {
    const result = take([
      flow('Round', [
        node('say', [send('Hola.')], 'again'),
        decide('again', '@fields.on', [['has_text', [], 'Yes', 'out']], 'say'),
        end('out', 'Fin.'),
      ]),
    ]);
    expect(noteOf(result, 'again')).toMatchObject({ outcome: 'changed', why: 'loop_ended' });
    expect((await play(result, 'round'))[0]).toContain('Hola.');
  });

  it('may go round where they wait', async () => {
    const result = take([
      flow('Waits', [
        node('ask', [send('¿Otra?')], 'hear'),
        wait('hear', [['has_only_phrase', ['basta'], 'Stop', 'out']], 'ask'),
        end('out', 'Fin.'),
      ]),
    ]);
    expect(noteOf(result, 'hear')?.outcome).toBe('taken_over');
    expect((await play(result, 'waits', ['basta']))[1]).toContain('Fin.');
  });

  it('across flows end as well', async () => {
    const result = take([
      flow('Ping', [node('a', [send('Ping.'), enter('Pong', { terminal: true })])]),
      flow('Pong', [node('b', [send('Pong.'), enter('Ping', { terminal: true })])]),
    ]);
    expect((await play(result, 'ping'))[0]).toContain('Ping.\n\nPong.');
    expect([noteOf(result, 'a')?.why, noteOf(result, 'b')?.why]).toEqual([undefined, 'loop_ended']);
  });

  it('of nothing at all are nothing', () => {
    const result = take([flow('Idle', [node('a', [], 'b'), node('b', [], 'a')])]);
    expect(stepsOf(result, 'idle')).toEqual([{ id: 'nothing', set: { done: true } }]);
  });
});

describe('flows that call each other', () => {
  it('in a circle leave for the other flow where it closes', async () => {
    const menu = flow('Choose', [
      node('ask', [send('¿Qué?', { buttons: ['Ajustes', 'Salir'] })], 'hear'),
      wait(
        'hear',
        [
          ['has_any_word', ['ajustes'], 'Settings', 'go'],
          ['has_any_word', ['salir'], 'Leave', 'out'],
        ],
        'ask',
      ),
      node('go', [enter('Settings')]),
      end('out', 'Adiós.'),
    ]);
    const settings = flow('Settings', [node('set', [send('Hecho.')], 'back'), node('back', [enter('Choose')])]);
    const result = take([menu, settings]);
    expect(noteOf(result, 'back')).toMatchObject({ outcome: 'changed', why: 'call_became_goto' });
    const said = await play(result, 'choose', ['Ajustes', 'Ajustes', 'Salir']);
    expect(said.slice(1)).toEqual(['Hecho.\n\n¿Qué?', 'Hecho.\n\n¿Qué?', expect.stringContaining('Adiós.')]);
  });

  it('too deep leave for the deepest', async () => {
    const flows = Array.from({ length: 14 }, (_, index) =>
      flow(`Level ${index}`, [node(`n${index}`, [send(`Nivel ${index}.`), ...(index < 13 ? [enter(`Level ${index + 1}`)] : [])])]),
    );
    const result = take(flows);
    expect((await play(result, 'level_0'))[0]).toContain('Nivel 12.\n\nNivel 13.');
    expect(result.flows.flatMap(({ report }) => report).filter(({ why }) => why === 'call_became_goto')).toHaveLength(1);
  });

  it('and may end without a word are entered through a flow that may', async () => {
    const result = take([
      flow('Silent', [decide('decide', '@fields.x', [['has_text', [], 'Yes', 'say']], null), end('say', 'Hola.')]),
      flow('Enters', [node('go', [send('Voy.'), enter('Silent', { terminal: true })])]),
    ]);
    expect(stepsOf(result, 'silent_alone')).toEqual([
      { id: 'run', call: 'silent' },
      { id: 'over', end: 'silent' },
    ]);
    expect((await play(result, 'enters'))[0]).toBe('Voy.');
  });

  it('tell what was meant for a called flow that expires', () => {
    const call = (late: string | null) =>
      decide(
        'call',
        '@child.run.status',
        [
          ['has_only_text', ['completed'], 'Complete', 'a'],
          ['has_only_text', ['expired'], 'Expired', late],
        ],
        late,
        { actions: [enter('Child')], otherName: 'Expired' },
      );
    const child = flow('Child', [end('c', 'Hija.')]);
    const both = (late: string | null) => take([child, flow('Calls', [call(late), end('a', 'A.'), end('b', 'B.')])]);
    expect(stepsOf(both('b'), 'calls')).toEqual([{ id: 'to_child', call: 'child' }, { say: 'a' }]);
    expect(noteOf(both('b'), 'call')).toMatchObject({ outcome: 'changed', why: 'child_expiry' });
    expect(noteOf(both(null), 'call')).toEqual({ node: 'call', step: 'to_child', outcome: 'taken_over' });
  });
});

it('a flow that cannot be mended is refused as a whole, and what calls it passes over it', async () => {
  const nodes = Array.from({ length: 1001 }, (_, index) => node(`long ${index}`, [send(`Paso ${index}.`)], `long ${index + 1}`));
  const calls = flow('Calls', [node('call', [enter('Endless')], 'tell'), end('tell', 'Vuelta.')]);
  const leaves = flow('Leaves', [node('bye', [send('Adiós.'), enter('Endless', { terminal: true })])]);
  const result = take([flow('Endless', nodes), calls, leaves]);
  expect(result.problems).toEqual([expect.objectContaining({ severity: 'error', code: 'flow_refused' })]);
  expect(Object.keys(result.files).filter((file) => file.includes('endless'))).toEqual([]);
  expect(noteOf(result, 'long 0')).toEqual({ node: 'long 0', step: null, outcome: 'not_supported', why: 'flow_refused' });
  expect((await play(result, 'calls'))[0]).toContain('Vuelta.');
  expect((await play(result, 'leaves'))[0]).toBe('Adiós.');
});

it('what follows a flow that is entered for good is not reached', () => {
  const result = take([
    flow('Child', [end('c', 'Hija.')]),
    flow('Leaves', [node('go', [enter('Child', { terminal: true })], 'after'), node('after', [setField('x', '1')])]),
  ]);
  expect(noteOf(result, 'after')).toMatchObject({ step: null, outcome: 'not_supported', why: 'not_reached' });
});
