// The static checks: each mistake is found at compile time, with a message that says what to do, at its place in the file.
import { describe, expect, it } from 'vitest';
import { SYSTEM_TEXTS, textsUsed } from '../../src/engine/texts-used.ts';
import { compileYaml, HOTLINE, programOf } from './test-program.ts';

type Steps = Record<string, unknown>[];
const FRAME = { welcome: { steps: [{ say: 'hello' }] }, menu: { steps: [{ ask: 'need', choices: ['a'] }] } };
const found = (flows: Record<string, unknown>, own = {}) =>
  compileYaml({ ...FRAME, ...flows }, own).problems.map(({ file, severity, code, message }) => `${file} ${severity} ${code}: ${message}`);
const inDemo = (steps: Steps, own = {}) => found({ demo: { steps } }, own);

describe('references', () => {
  it('a next that leads nowhere', () => {
    expect(
      inDemo([
        { say: 'a', next: 'clozing' },
        { say: 'b', id: 'closing' },
      ])[0],
    ).toBe('demo:steps.0.next error dangling_next: there is no step "clozing" in this flow; did you mean "closing"?');
    expect(inDemo([{ ask: 'a', choices: ['x'], next: { x: 'gone' } }])).toEqual([
      'demo:steps.0.next.x error dangling_next: there is no step "gone" in this flow',
    ]);
    expect(inDemo([{ ask: 'a', choices: ['x'], next: [{ to: 'gone' }] }])[0]).toContain('demo:steps.0.next.0.to error dangling_next');
    expect(inDemo([{ ask: 'a', choices: ['x'], timeout: { seconds: 9, next: 'gone' } }])[0]).toContain(
      'demo:steps.0.timeout.next error dangling_next',
    );
    expect(inDemo([{ ask: 'a', choices: ['x'], on_misunderstood: 'gone' }])[0]).toContain('on_misunderstood error dangling_next');
    expect(inDemo([{ answer: 'Q1', not_found: 'gone' }])[0]).toContain('steps.0.not_found error dangling_next');
    expect(inDemo([{ say: 'b' }, { branch: [{ to: 'gone' }] }])[0]).toContain('steps.1.branch.0.to error dangling_next');
  });

  it('a choice in next that the step does not have', () => {
    expect(inDemo([{ ask: 'a', choices: ['x', 'y'], next: { z: 'end' } }])).toEqual([
      'demo:steps.0.next.z error unknown_choice: "z" is no outcome of this ask step; its outcomes are x, y and default',
    ]);
    expect(inDemo([{ ask: 'a', type: 'text', next: { z: 'end' } }])[0]).toContain('it has no outcomes, use default or a single step');
    expect(inDemo([{ ask: 'a', choices: ['x'], optional: true, next: { skip: 'end' } }])).toEqual([]);
  });

  it('unknown flows, topics and answers', () => {
    expect(inDemo([{ say: 'x' }, { goto: 'menus' }])[0]).toBe(
      'demo:steps.1.goto error unknown_flow: there is no flow "menus"; did you mean "menu"?',
    );
    expect(
      found(
        { demo: { topic: 'EDU.ENR', steps: [{ directory: { topic: 'EDU.SUP' } }, { log: { topic: 'EDU.LAN' } }] } },
        { topics: { has: () => false } },
      ),
    ).toHaveLength(3);
    expect(inDemo([{ answer: 'Q04' }], { answers: { has: () => false } })).toEqual([
      'demo:steps.0.answer error unknown_answer: there is no answer "Q04" under answers/',
    ]);
    expect(found({}, { menuFlow: 'main' })).toEqual([
      expect.stringContaining('the settings name "main" as the menu flow, but there is no flows/main.yaml'),
    ]);
  });

  it('a menu that does not show the flow', () => {
    const shown = (menu: string) => found({ demo: { triggers: { menu }, steps: [{ say: 'x' }] } });
    expect(shown('menu')).toEqual([
      'demo:triggers.menu error not_in_menu: the flow "menu" has no goto or call to "demo"; add it there or leave menu out here',
    ]);
    expect(shown('menus')[0]).toContain('unknown_flow: there is no flow "menus"; did you mean "menu"?');
    expect(
      found({
        menu: { steps: [{ ask: 'need', choices: ['a'] }, { goto: 'demo' }] },
        demo: { triggers: { menu: 'menu' }, steps: [{ say: 'x' }] },
      }),
    ).toEqual([]);
  });

  it('timeout and on_misunderstood where nothing is asked', () => {
    expect(inDemo([{ say: 'a', timeout: { seconds: 60, next: 'end' } }])).toEqual([
      'demo:steps.0.timeout error useless_key: a say step asks nothing, so timeout means nothing here; remove it',
    ]);
  });

  it('two steps with one id', () => {
    expect(inDemo([{ say: 'a' }, { say: 'a' }])[0]).toBe(
      'demo:steps.1 error duplicate_id: two steps have the id "a"; give this one an id of its own',
    );
  });

  it('steps that nothing leads to', () => {
    expect(inDemo([{ say: 'a', next: 'end' }, { say: 'b' }])).toEqual([
      'demo:steps.1 error unreachable_step: no way leads to step "b"; lead to it or remove it',
    ]);
    expect(inDemo([{ say: 'a' }, { goto: 'menu' }, { say: 'b' }])).toHaveLength(1);
    expect(inDemo([{ ask: 'a', choices: ['x', 'y'], next: { x: 'c', y: 'c' } }, { say: 'b' }, { say: 'c' }])).toHaveLength(1);
    expect(inDemo([{ ask: 'a', choices: ['x', 'y'], next: { x: 'c' } }, { say: 'b' }, { say: 'c' }])).toEqual([]);
    expect(inDemo([{ say: 'a' }, { goto: 'menu', when: 'hour > 8' }, { say: 'b' }])).toEqual([]);
  });

  it('more than a thousand steps', () => {
    expect(inDemo(Array.from({ length: 1001 }, (_, i) => ({ say: 'a', id: `s${i}` })))[0]).toContain(
      'too_many_steps: a flow has at most 1000 steps, this one has 1001',
    );
  });
});

describe('texts', () => {
  it('a missing text is reported at the place that uses it', () => {
    const missing = (key: string) => ({ texts: (asked: string) => asked !== key });
    expect(inDemo([{ say: 'a' }], missing('demo:a'))).toEqual(['demo:steps.0.say error missing_text: the text "demo:a" is missing']);
    expect(inDemo([{ ask: 'a', choices: ['x', 'y'] }], missing('demo:a.y'))).toEqual([
      'demo:steps.0.choices.1 error missing_text: the text "demo:a.y" is missing',
    ]);
    expect(inDemo([{ id: 'keep', consent: 'keep_messages' }], missing('demo:keep.more_text'))).toHaveLength(1);
  });

  it('lists all texts that flows use, and those of the engine', () => {
    expect(textsUsed(programOf(HOTLINE).flows.get('helpful')!)).toEqual([
      { key: 'system:helped', path: ['steps', 0, 'ask'] },
      { key: 'system:helped.yes', path: ['steps', 0, 'choices', 0] },
      { key: 'system:helped.no', path: ['steps', 0, 'choices', 1] },
      { key: 'system:helped.person', path: ['steps', 0, 'choices', 2] },
    ]);
    expect(SYSTEM_TEXTS).toContain('system:private_offer');
  });
});

describe('loops', () => {
  const loop = (steps: Steps) => inDemo(steps).filter((line) => line.includes('loop_without_wait'));
  it('without a wait are refused, whatever closes them', () => {
    expect(loop([{ say: 'a' }, { say: 'b', next: 'a' }])).toEqual([
      'demo:steps.1 error loop_without_wait: this loop never waits for the person: a → b → a; put an ask or a wait into it',
    ]);
    expect(loop([{ say: 'a' }, { branch: [{ if: 'hour > 8', to: 'a' }] }])).toHaveLength(1);
    expect(loop([{ say: 'a' }, { answer: 'Q04', not_found: 'a' }])).toHaveLength(1);
  });

  it('with a question or a wait are fine, unless that may be passed over', () => {
    expect(
      loop([
        { ask: 'a', choices: ['x'] },
        { say: 'b', next: 'a' },
      ]),
    ).toEqual([]);
    expect(loop([{ say: 'a' }, { wait: { seconds: 60 }, next: 'a' }])).toEqual([]);
    expect(loop([{ say: 'b' }, { ask: 'a', choices: ['x'], when: 'hour > 8' }, { say: 'c', next: 'b' }])).toHaveLength(1);
  });

  it('are seen across goto and call', () => {
    const across = (flows: Record<string, unknown>) => found(flows).filter((line) => line.includes('loop_without_wait'));
    expect(across({ a: { steps: [{ say: 'x' }, { goto: 'b' }] }, b: { steps: [{ say: 'y' }, { goto: 'a' }] } })).toEqual([
      expect.stringContaining('a/x'),
    ]);
    expect(across({ a: { steps: [{ call: 'b' }, { say: 'x', next: 'call_1' }] }, b: { steps: [{ say: 'y' }] } })).toHaveLength(1);
    expect(across({ a: { steps: [{ call: 'b' }, { say: 'x', next: 'call_1' }] }, b: { steps: [{ ask: 'y', type: 'text' }] } })).toEqual([]);
  });
});

describe('calls', () => {
  it('in a circle are refused', () => {
    expect(found({ a: { steps: [{ say: 'x' }, { call: 'b' }] }, b: { steps: [{ say: 'y' }, { call: 'a' }] } })[0]).toBe(
      'b:steps.1.call error recursive_call: calling "a" from here goes round in a circle: a → b → a',
    );
    expect(found({ a: { steps: [{ say: 'x' }, { call: 'a' }] } })[0]).toContain('recursive_call');
  });

  it('more than ten deep are refused', () => {
    const chain = (length: number) =>
      Object.fromEntries(
        Array.from({ length }, (_, i) => [`f${i}`, { steps: [{ say: 'x' }, ...(i + 1 < length ? [{ call: `f${i + 1}` }] : [])] }]),
      );
    expect(found(chain(10))).toEqual([]);
    expect(found(chain(11))).toEqual([expect.stringContaining('call_depth: flows call each other more than 10 deep')]);
  });
});

describe('endings', () => {
  it('a flow that people enter tells them something on every way', () => {
    const entered = (steps: Steps) => found({ demo: { triggers: { keywords: true }, steps } });
    expect(entered([{ log: { outcome: 'denied' } }])).toEqual([
      'demo:steps.0 error silent_end: this flow can end at step "log_1" without having told the person anything; add a say',
    ]);
    expect(entered([{ say: 'a', when: 'hour > 8' }])).toHaveLength(1);
    expect(
      entered([{ branch: [{ if: 'hour > 8', to: 'b' }] }, { say: 'a', next: 'end' }, { log: { outcome: 'denied' }, id: 'b' }]),
    ).toHaveLength(1);
    expect(entered([{ log: { outcome: 'denied' } }, { end: 'denied' }])).toHaveLength(1);
    expect(entered([{ log: { outcome: 'denied' } }, { end: 'silent' }])).toEqual([]);
  });

  it('a flow that is only called may be silent', () => {
    expect(inDemo([{ log: { outcome: 'denied' } }])).toEqual([]);
  });
});

describe('expressions', () => {
  it('are checked against the answers of their own flow', () => {
    expect(
      inDemo([
        { ask: 'age', choices: ['x'] },
        { say: 'b', when: 'answers.agee == "x"' },
      ]),
    ).toEqual(['demo:steps.1.when error expression: unknown answer "agee" in "answers.agee == "x""; this flow\'s answers are age']);
    expect(inDemo([{ ask: 'age', choices: ['x'] }, { branch: [{ if: 'answers.age == "y"', to: 'end' }] }])[0]).toContain(
      'steps.1.branch.0.if error expression: answers.age is never "y"; its choices are x',
    );
    expect(inDemo([{ say: 'b', next: [{ if: 'hour + 1', to: 'end' }, { to: 'end' }] }])[0]).toContain('a condition must be true or false');
    expect(
      inDemo([
        { ask: 'a', choices: ['x'], store: false },
        { say: 'b', when: 'answers.a == "x"' },
      ])[0],
    ).toContain('unknown answer "a"');
    expect(inDemo([{ say: 'a', params: { n: 'answers.x' } }])[0]).toContain('steps.0.params.n error expression');
  });

  it('one name holds one kind of answer', () => {
    expect(
      inDemo([
        { ask: 'a', type: 'text' },
        { ask: 'b', type: 'number', save: 'a' },
      ])[0],
    ).toContain('answer_type: "a" is a text elsewhere in this flow and a number here');
  });
});

describe('the request log', () => {
  it("never takes a person's own words, and only codes that it knows", () => {
    expect(inDemo([{ ask: 'story', type: 'text' }, { log: { barrier: 'answers.story' } }])[0]).toContain(
      "log_private: answers.story is a text: a person's own words or whereabouts never go into the request log",
    );
    expect(inDemo([{ ask: 'who', choices: ['family', 'aunt'] }, { log: { callerType: 'answers.who' } }])[0]).toContain(
      'log_code: callerType takes migrant, family, employer, provider, other; answers.who may also be aunt',
    );
    expect(inDemo([{ ask: 'who', choices: ['family', 'employer'] }, { log: { callerType: 'answers.who' } }])).toEqual([]);
  });
});
