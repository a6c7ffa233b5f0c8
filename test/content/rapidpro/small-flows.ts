// Little flows of RapidPro, written by hand, for tests: nodes, routers, exports; and playing what was imported of them.
// The hotline around them is the sound release of test/release/, with Spanish as the only required language.
import { expect } from 'vitest';
import { parse } from 'yaml';
import { TERMINAL_CAPABILITIES } from '../../../src/channels/terminal/terminal.ts';
import type { RawStep } from '../../../src/content/rapidpro/raw-step.ts';
import { readRapidPro, type RapidProOptions, type RapidProResult } from '../../../src/content/rapidpro/read-rapidpro.ts';
import type { NodeNote } from '../../../src/content/rapidpro/report.ts';
import type { CompiledRelease } from '../../../src/release/compiled-release.ts';
import { formatProblem } from '../../../src/release/problem.ts';
import { createPlayer, type Player } from '../../../src/runtime/player.ts';
import { compileWith, now } from '../../release/small-release.ts';

type Plain = Record<string, unknown>;
type Case = [type: string, args: string[], category: string, to: string | null];

/** A message. */
export function send(text: string, more: { buttons?: string[]; uuid?: string } & Plain = {}): Plain {
  const { buttons = [], uuid = `say ${text}`, ...rest } = more;
  return { type: 'send_msg', uuid, text, attachments: [], quick_replies: buttons, ...rest };
}

export const setField = (key: string, value: string): Plain => ({
  type: 'set_contact_field',
  uuid: `set ${key}`,
  field: { key, name: key },
  value,
});
export const setResult = (name: string, value: string): Plain => ({
  type: 'set_run_result',
  uuid: `set ${name}`,
  name,
  value,
  category: '',
});
export const enter = (flow: string, more: Plain = {}): Plain => ({
  type: 'enter_flow',
  uuid: `to ${flow}`,
  flow: { uuid: flow, name: flow },
  ...more,
});

/** A node that only acts. */
export function node(uuid: string, actions: Plain[], to: string | null = null): Plain {
  return { uuid, actions, exits: [{ uuid: `${uuid} exit`, destination_uuid: to }] };
}

/** A node that decides on an operand; `other` is where all else goes. */
export function decide(
  uuid: string,
  operand: string,
  cases: Case[],
  other: string | null,
  more: { actions?: Plain[]; wait?: Plain; result?: string; otherName?: string; late?: string | null } = {},
): Plain {
  const names = [...new Set(cases.map(([, , category]) => category))];
  const places = new Map<string, string | null>(cases.map(([, , category, to]) => [category, to]));
  const byDefault = more.otherName ?? 'Other';
  places.set(byDefault, other);
  if (more.late !== undefined) places.set('No Response', more.late);
  const uuidOf = (category: string): string => `${uuid} category ${category}`;
  const timeout = more.late === undefined ? {} : { timeout: { seconds: 3600, category_uuid: uuidOf('No Response') } };
  return {
    uuid,
    actions: more.actions ?? [],
    router: {
      type: 'switch',
      operand,
      cases: cases.map(([type, args, category], index) => ({
        uuid: `${uuid} case ${index}`,
        type,
        arguments: args,
        category_uuid: uuidOf(category),
      })),
      categories: [...new Set([...names, ...places.keys()])].map((name) => ({
        uuid: uuidOf(name),
        name,
        exit_uuid: `${uuid} exit ${name}`,
      })),
      default_category_uuid: uuidOf(byDefault),
      result_name: more.result ?? '',
      ...(more.wait ? { wait: { ...more.wait, ...timeout } } : {}),
    },
    exits: [...places].map(([name, to]) => ({ uuid: `${uuid} exit ${name}`, destination_uuid: to })),
  };
}

/** A node that waits for the person. */
export function wait(
  uuid: string,
  cases: Case[],
  other: string | null,
  more: Omit<NonNullable<Parameters<typeof decide>[4]>, 'wait'> & { hint?: string } = {},
): Plain {
  const { hint, ...rest } = more;
  return decide(uuid, '@input.text', cases, other, {
    ...rest,
    wait: { type: 'msg', ...(hint === undefined ? {} : { hint: { type: hint } }) },
  });
}

export function flow(name: string, nodes: Plain[], more: Plain = {}): Plain {
  return {
    uuid: name,
    name,
    language: 'spa',
    type: 'messaging',
    spec_version: '13.1.0',
    revision: 1,
    expire_after_minutes: 1440,
    localization: {},
    nodes,
    ...more,
  };
}

export const exported = (flows: Plain[], more: Plain = {}): Plain => ({
  version: '13',
  site: 'https://example.org',
  flows,
  campaigns: [],
  triggers: [],
  fields: [],
  groups: [],
  ...more,
});

export const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** Imports flows. */
export function take(flows: Plain[], options: Partial<RapidProOptions> = {}, more: Plain = {}): RapidProResult {
  return readRapidPro(bytesOf(exported(flows, more)), {
    languages: { spa: 'es', ara: 'ar' },
    existingFlows: new Set(['menu', 'welcome', 'school']),
    sourceLanguage: 'es',
    ...options,
  });
}

/** The steps of an imported flow, as its file has them. */
export function stepsOf({ files }: RapidProResult, id: string): RawStep[] {
  const file = parse(files[`flows/${id}.yaml`] ?? 'null') as { steps: RawStep[] } | null;
  if (file === null) throw new Error(`There is no flows/${id}.yaml among ${Object.keys(files).join(', ')}`);
  return file.steps;
}

export function textsOf({ files }: RapidProResult, id: string, language = 'es'): Record<string, unknown> {
  return JSON.parse(files[`locales/${language}/${id}.json`] ?? '{}') as Record<string, unknown>;
}

/** The note of a node. */
export function noteOf({ flows }: RapidProResult, node: string): NodeNote | undefined {
  return flows.flatMap(({ report }) => report).find((note) => note.node === node);
}

/** The sound release with what was imported, which has to pass all checks. */
export async function releaseOf(result: RapidProResult): Promise<CompiledRelease> {
  const settings: [string, string][] = [['required_languages: [es, ar]', 'required_languages: [es]']];
  const compiled = await compileWith({ 'flows/settings/hotline.yaml': settings, ...result.files });
  expect(compiled.problems.filter(({ severity }) => severity === 'error').map(formatProblem)).toEqual([]);
  if (compiled.release === undefined) throw new Error('The import does not compile.');
  return compiled.release;
}

/** A player that stands at the beginning of a flow. */
export function playerOn(release: CompiledRelease, start: string, language = 'es'): Player {
  return createPlayer(release, { channel: 'web', capabilities: TERMINAL_CAPABILITIES.web, now: () => now, flow: start, language });
}

/** What is said upon opening and upon each input; `/late` lets the time run out. */
export async function play(result: RapidProResult, start: string, inputs: string[] = [], language = 'es'): Promise<string[]> {
  const player = playerOn(await releaseOf(result), start, language);
  const said = (turn: ReturnType<Player['play']>): string => {
    expect(turn.events.filter(({ type }) => type === 'error')).toEqual([]);
    return turn.messages.map(({ text }) => text).join('\n');
  };
  return [
    said(player.play({ kind: 'opened' })),
    ...inputs.map((text) =>
      said(player.play(text === '/late' ? { kind: 'timeout', token: player.session()?.wait?.token ?? 0 } : { kind: 'message', text })),
    ),
  ];
}
