// Reads the bytes of an export of RapidPro or TextIt, packed or not, into its flows. Called by read-rapidpro.ts.
// Old and unknown specs are refused with what to do about it; a flow that cannot be read is told and left out.
import { gunzipSync } from 'node:zlib';
import { RapidExport, RapidFlow, RapidFlowHead, type RapidTrigger } from './export-schema.ts';
import type { ImportProblem } from './report.ts';

/** What an export holds. */
export interface ReadExport {
  flows: RapidFlow[];
  triggers: RapidTrigger[];
  campaigns: number;
  groups: number;
  problems: ImportProblem[];
}

const MAX_BYTES = 100_000_000;
/** Specs of flows that can be read: 13.x and 14.x. */
const SPECS = /^1[34](\.|$)/;

const error = (code: string, message: string): ImportProblem => ({ severity: 'error', code, message });

/** The flows of an export, or why it cannot be read. */
export function readExport(bytes: Uint8Array): ReadExport | { unreadable: ImportProblem } {
  const text = unpack(bytes);
  if (typeof text !== 'string') return { unreadable: text };
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return { unreadable: error('not_json', 'This is no JSON file, or it ends too early: export it again and do not open it in between.') };
  }
  const single = RapidFlowHead.safeParse(json);
  const whole = RapidExport.safeParse(single.success && single.data.nodes !== undefined ? { flows: [json] } : json);
  if (!whole.success)
    return { unreadable: error('not_an_export', 'This JSON file holds no "flows": export flows in RapidPro or TextIt (Flows, Export).') };
  const { flows, triggers, campaigns, groups } = whole.data;
  if (flows.length === 0) return { unreadable: error('no_flows', 'This export holds no flow: choose flows when you export.') };
  const old = flows.map(specProblem).find((problem) => problem !== null);
  if (old) return { unreadable: old };
  return { ...readFlows(flows), triggers, campaigns: campaigns.length, groups: groups.length };
}

function unpack(bytes: Uint8Array): string | ImportProblem {
  try {
    const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: MAX_BYTES }) : bytes;
    if (plain.byteLength > MAX_BYTES) return error('too_large', 'This file is over 100 MB: export fewer flows at once.');
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    return error('not_text', 'This file is neither UTF-8 text nor such a text packed with gzip.');
  }
}

/** What is wrong with the spec of a flow, or null. */
function specProblem(flow: unknown): ImportProblem | null {
  const head = RapidFlowHead.safeParse(flow);
  if (!head.success) return null;
  const { spec_version: spec, nodes, name } = head.data;
  if (spec !== undefined && SPECS.test(spec)) return null;
  if (spec === undefined && nodes !== undefined) return null;
  const isOld = spec === undefined || Number(spec.split('.')[0]) < 13;
  const advice = isOld ? 'export it again from a current RapidPro' : 'it is newer than what can be read here; 13.x and 14.x can';
  return error(
    isOld ? 'old_spec' : 'new_spec',
    `The flow "${name}" has ${spec === undefined ? 'no spec version' : `spec ${spec}`}: ${advice}.`,
  );
}

function readFlows(raw: readonly unknown[]): { flows: RapidFlow[]; problems: ImportProblem[] } {
  const flows: RapidFlow[] = [];
  const problems: ImportProblem[] = [];
  for (const [index, one] of raw.entries()) {
    const parsed = RapidFlow.safeParse(one);
    if (parsed.success) {
      flows.push(parsed.data);
      continue;
    }
    const head = RapidFlowHead.safeParse(one);
    const name = (head.success ? head.data.name : '') || `number ${index + 1}`;
    const { path = [], message = '' } = parsed.error.issues[0] ?? {};
    problems.push(error('flow_unreadable', `The flow "${name}" cannot be read and is left out: ${path.join('.')} ${message}.`));
  }
  return { flows, problems };
}
