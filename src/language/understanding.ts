// What understand() takes and gives. The same shapes as in the engine's env: rooms of one floor do not import each other,
// and TypeScript compares by shape, so what is made here is handed to the engine as it is.
import type { Command, EmergencyKind } from '../domain/command.ts';
import type { Value } from '../domain/session.ts';
import type { Choice } from '../domain/text.ts';

/** What a step would accept as a reply; `none` where nothing is asked. */
export type Expectation =
  | { kind: 'none' }
  /** `clearly`: by number, button or its own words; not by what only sounds like it. */
  | { kind: 'choice'; choices: Choice[]; clearly?: true }
  | { kind: 'yes_no' }
  | { kind: 'text'; maxChars: number }
  | { kind: 'number'; min?: number; max?: number }
  | { kind: 'date' }
  | { kind: 'phone' }
  | { kind: 'email' }
  | { kind: 'locality' }
  | { kind: 'location' }
  | { kind: 'language' }
  | { kind: 'media' };

/** How a message was understood. */
export type Understanding =
  | { kind: 'emergency'; emergency: EmergencyKind }
  /** `argument`: a complaint number with `status`, a BCP 47 tag with `language`, with `back` what is to be read there instead. */
  | { kind: 'command'; command: Command; argument?: string }
  | { kind: 'reply'; value: Value; via: 'payload' | 'number' | 'label' | 'near' | 'parsed' }
  /** More than one place or date fits: the person is asked which. */
  | { kind: 'ambiguous'; choices: Choice[] }
  | { kind: 'keyword'; flow: string }
  | { kind: 'nothing' };

/** How a reply was found; ready-made so that the parsers stay short. */
export function reply(value: Value, via: 'payload' | 'number' | 'label' | 'near' | 'parsed'): Understanding {
  return { kind: 'reply', value, via };
}
