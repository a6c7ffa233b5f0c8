// The terminal shows what a person would see on the channel that it stands in for.
import { describe, expect, it } from 'vitest';
import { openTerminal, type Terminal, type TerminalStyle } from '../../../src/channels/terminal/terminal.ts';
import { InboundMessage } from '../../../src/domain/message.ts';
import { outboundLine } from '../../support/channel-host.ts';

const person = { kind: 'user', value: 'terminal' } as const;
const choices = [
  { id: 'health', label: 'Salud' },
  { id: 'school', label: 'Escuela' },
];

function open(style: TerminalStyle): { terminal: Terminal; screen: () => string } {
  let written = '';
  let count = 0;
  const terminal = openTerminal({ style, write: (text) => void (written += text), now: () => 1000, newId: () => `id-${(count += 1)}` });
  return { terminal, screen: () => written };
}

describe('the terminal', () => {
  it('prints an SMS with its cost', async () => {
    const { terminal, screen } = open('sms');
    expect(terminal.channel).toMatchObject({ name: 'sms', capabilities: { buttons: null, smsSegments: true } });
    await terminal.channel.send(outboundLine(person, { text: 'Hola\n1. Salud', segments: 2 }));
    expect(screen()).toBe('Hola\n1. Salud\n  (2 segments)\n\n');
  });
  it('prints buttons that can be pressed', async () => {
    const { terminal, screen } = open('whatsapp');
    await terminal.channel.send(outboundLine(person, { text: '¿Qué busca?', layout: 'buttons', choices }));
    expect(screen()).toBe('¿Qué busca?\n  [/1] Salud\n  [/2] Escuela\n\n');
    expect(terminal.read('/2')).toMatchObject({ text: 'Escuela', payload: 'school' });
    expect(terminal.read('/3').payload).toBeUndefined();
  });
  it('reads a line as a message that fits the schema', () => {
    const { terminal } = open('web');
    const message = terminal.read('hola');
    expect(InboundMessage.parse(message)).toEqual(message);
    expect(message).toMatchObject({ channel: 'web', externalId: 'id-1', from: [person], text: 'hola', receivedAt: 1000 });
  });
});
