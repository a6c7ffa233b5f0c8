// The hotline in a terminal: prints what a person would see, and reads lines as messages. Called by `ventanilla chat`.
// It may stand in for another channel, so that a flow can be tried as SMS, WhatsApp or web chat. Knows nothing of flows.
import type { Capabilities } from '../../domain/capabilities.ts';
import { choiceIndex, choiceNumber } from '../../domain/choice-number.ts';
import type { InboundMessage, OutboundMessage } from '../../domain/message.ts';
import type { Channel } from '../channel.ts';

/** Channels that a terminal can stand in for. */
export const TERMINAL_STYLES = ['sms', 'whatsapp', 'web'] as const;
export type TerminalStyle = (typeof TERMINAL_STYLES)[number];

/** What each of them can show at its best; no rate, since nobody pays for a terminal. */
export const TERMINAL_CAPABILITIES: Record<TerminalStyle, Capabilities> = {
  sms: { maxChars: 1600, buttons: null, list: null, smsSegments: true, segmentsPerSecond: null },
  whatsapp: {
    maxChars: 1600,
    buttons: { max: 3, maxLabel: 20, maxBody: 1024 },
    list: { max: 10, maxLabel: 24, maxBody: 1024 },
    smsSegments: false,
    segmentsPerSecond: null,
  },
  web: { maxChars: 4096, buttons: { max: 30, maxLabel: 80, maxBody: 4096 }, list: null, smsSegments: false, segmentsPerSecond: null },
};

export interface TerminalOptions {
  style: TerminalStyle;
  /** Writes to the person's screen. */
  write(text: string): void;
  now(): number;
  newId(): string;
}

export interface Terminal {
  channel: Channel;
  /** A typed line as a message: `/2` presses the second button shown last, everything else is text. */
  read(line: string): InboundMessage;
}

/**
 * Opens a terminal. Its channel carries the name of the one it stands in for, so texts are chosen as there.
 * @example const terminal = openTerminal({ style: 'sms', write: (text) => process.stdout.write(text), now, newId });
 */
export function openTerminal(options: TerminalOptions): Terminal {
  let shown: OutboundMessage['choices'] = [];
  const channel: Channel = {
    name: options.style,
    capabilities: TERMINAL_CAPABILITIES[options.style],
    send(line) {
      if (line.message.choices.length > 0) shown = line.message.choices;
      options.write(print(line.message, options.style));
      return Promise.resolve({ kind: 'sent', providerRef: null });
    },
  };
  return {
    channel,
    read(line) {
      const pressed = readPress(line, shown);
      return {
        channel: options.style,
        externalId: options.newId(),
        from: [{ kind: 'user', value: 'terminal' }],
        text: (pressed?.label ?? line).slice(0, 4096),
        media: [],
        opened: false,
        receivedAt: options.now(),
        ...(pressed === null ? {} : { payload: pressed.id }),
      };
    },
  };
}

function print(message: OutboundMessage, style: TerminalStyle): string {
  const buttons = message.layout === 'text' ? [] : message.choices;
  const rows = buttons.map((choice, index) => `  [/${choiceNumber(index, buttons.length)}] ${choice.label}`);
  const cost = style === 'sms' ? [`  (${message.segments} ${message.segments === 1 ? 'segment' : 'segments'})`] : [];
  return `${[message.text, ...rows, ...cost].join('\n')}\n\n`;
}

function readPress(line: string, shown: OutboundMessage['choices']): OutboundMessage['choices'][number] | null {
  const number = /^\/(\d{1,2})$/.exec(line.trim())?.[1];
  const index = number === undefined ? null : choiceIndex(Number(number), shown.length);
  return index === null ? null : (shown[index] ?? null);
}
