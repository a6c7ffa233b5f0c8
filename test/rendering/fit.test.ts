// One turn becomes as few messages as a channel allows: the same lines on SMS, WhatsApp and the web, in four languages.
import { describe, expect, it } from 'vitest';
import type { Capabilities } from '../../src/domain/capabilities.ts';
import type { OutboundMessage } from '../../src/domain/message.ts';
import type { Line } from '../../src/domain/text.ts';
import { fitMessages, MAX_SEGMENTS } from '../../src/rendering/fit.ts';
import { menuTurn, sms, texts, visible, web, welcomeTurn, whatsapp } from './sample-texts.ts';

function fit(lines: Line[], language: string, channel: string, capabilities: Capabilities): OutboundMessage[] {
  return fitMessages(lines, { texts, language, channel, capabilities });
}

/** A message as a reader sees it: layout, direction, segments, text, and the choices' labels. */
function show(messages: OutboundMessage[]): string {
  return messages
    .map((message) => {
      const labels = message.layout === 'text' ? [] : message.choices.map((choice) => `[${choice.label}]`);
      return [`${message.layout} ${message.direction} ${message.segments}`, visible(message.text), ...labels].join('\n');
    })
    .join('\n---\n');
}

const literal = (text: string): Line => ({ text: { literal: text } });
const numbers = (count: number): Line => ({
  text: { literal: '¿Cuál?' },
  choices: Array.from({ length: count }, (_, index) => ({ id: `c${index}`, label: { literal: `Opción ${index}` } })),
});

describe('the welcome of one turn', () => {
  it('is one text message with numbered choices', () => {
    expect(show(fit(welcomeTurn, 'es', 'sms', sms))).toBe(
      'text ltr 2\nLinea gratuita. Si hay peligro llame al +34 900 12 34 56.\n\n¿Guardamos sus mensajes?\n1 De acuerdo\n2 No guardar\n3 Más información',
    );
    expect(show(fit(welcomeTurn, 'en', 'sms', sms))).toBe(
      'text ltr 1\nFree line. If in danger call +34 900 12 34 56.\n\nShall we keep your messages?\n1 OK\n2 Do not keep\n3 More information',
    );
    expect(show(fit(welcomeTurn, 'fr', 'sms', sms))).toBe(
      "text ltr 1\nLigne gratuite. En cas de danger, appelez le +34 900 12 34 56.\n\nGardons-nous vos messages ?\n1 D'accord\n2 Ne pas garder\n3 En savoir plus",
    );
    expect(show(fit(welcomeTurn, 'ar', 'sms', sms))).toBe(
      'text rtl 2\nخط مجاني. إذا كنت في خطر اتصل على ⟨+34 900 12 34 56⟩.\n\nهل نحتفظ برسائلك؟\n1 موافق\n2 لا تحتفظوا بها\n3 مزيد من المعلومات',
    );
  });

  it('has buttons on WhatsApp and on the web', () => {
    expect(show(fit(welcomeTurn, 'fr', 'whatsapp', whatsapp))).toBe(
      'buttons ltr 1\nLigne gratuite. En cas de danger, appelez le +34 900 12 34 56.\n\nGardons-nous vos messages ?\n[D’accord]\n[Ne pas garder]\n[En savoir plus]',
    );
    expect(show(fit(welcomeTurn, 'ar', 'web', web))).toBe(
      'buttons rtl 1\nخط مجاني. إذا كنت في خطر اتصل على ⟨+34 900 12 34 56⟩.\n\nهل نحتفظ برسائلك؟\n[موافق]\n[لا تحتفظوا بها]\n[مزيد من المعلومات]',
    );
  });
});

describe('the menu of ten', () => {
  it('is numbered 1 to 9 and 0 in a text message', () => {
    const [message] = fit(menuTurn, 'en', 'sms', sms);
    expect(message?.text.split('\n')).toEqual([
      'What do you need?',
      '1 Health',
      '2 School',
      '3 Work',
      '4 Documents',
      '5 Home, food',
      '6 Children, family',
      '7 Money',
      '8 Consulates',
      '9 Private help',
      '0 A person',
    ]);
    expect(message?.choices).toHaveLength(10);
  });

  it('is a list on WhatsApp in every language', () => {
    for (const language of ['es', 'en', 'fr', 'ar']) {
      const messages = fit(menuTurn, language, 'whatsapp', whatsapp);
      expect(messages.map((message) => message.layout)).toEqual(['list']);
      expect(messages[0]?.text).not.toMatch(/\d/);
    }
  });
});

describe('choices', () => {
  it('are numbered where a label is too long, there are too many, two are alike, or the flow asks for numbers', () => {
    const long: Line = { text: { literal: 'Q' }, choices: [{ id: 'a', label: { literal: 'x'.repeat(25) } }] };
    const twins: Line = { text: { literal: 'Q' }, choices: ['a', 'b'].map((id) => ({ id, label: { literal: 'Same' } })) };
    for (const line of [long, twins, numbers(11), { ...numbers(2), layout: 'numbers' as const }]) {
      const [message] = fit([line], 'es', 'whatsapp', whatsapp);
      expect(message?.layout).toBe('text');
      expect(message?.text).toContain('\n1 ');
    }
  });

  it('become a list when a label is too long for a button', () => {
    const line: Line = { text: { literal: 'Q' }, choices: [{ id: 'a', label: { literal: 'x'.repeat(22) } }] };
    expect(fit([line], 'es', 'whatsapp', whatsapp)[0]?.layout).toBe('list');
  });

  it('of an earlier line are dropped when a later line asks', () => {
    const messages = fit([numbers(3), literal('Luego'), ...welcomeTurn], 'es', 'sms', sms);
    expect(messages).toHaveLength(1);
    expect(messages[0]?.text).not.toContain('Opción');
    expect(messages[0]?.choices.map((choice) => choice.id)).toEqual(['ok', 'no', 'more']);
  });

  it('stand under the question that has them even when more is said after it', () => {
    const [message] = fit([numbers(2), literal('Escriba cuando quiera.')], 'es', 'sms', sms);
    expect(message?.text).toBe('¿Cuál?\n\nEscriba cuando quiera.\n1 Opción 0\n2 Opción 1');
  });
});

describe('long turns', () => {
  const answer = Array.from({ length: 14 }, (_, index) => `Esta es la frase ${index + 1} de una respuesta larga y tranquila.`).join(' ');
  const report = (messages: OutboundMessage[]): string => messages.map((message) => message.text).join(' ');

  it('are cut at sentence ends into text messages of six segments at most, choices with the question', () => {
    const messages = fit([literal(answer), literal(answer), ...welcomeTurn], 'es', 'sms', sms);
    expect(messages.length).toBeGreaterThan(1);
    for (const message of messages) expect(message.segments).toBeLessThanOrEqual(MAX_SEGMENTS);
    for (const message of messages.slice(0, -1)) {
      expect(message.text).toMatch(/\.$/);
      expect(message.choices).toEqual([]);
    }
    expect(messages.at(-1)?.text).toContain('¿Guardamos sus mensajes?\n1 De acuerdo');
    expect(report(messages).match(/frase 14 /g)).toHaveLength(2);
  });

  it('keep a question’s buttons: what came before goes ahead in a message of its own', () => {
    const messages = fit([literal(answer.repeat(3)), ...welcomeTurn], 'es', 'whatsapp', whatsapp);
    expect(messages.map((message) => message.layout)).toEqual(['text', 'text', 'buttons']);
    expect(messages.at(-1)?.text).toContain('¿Guardamos sus mensajes?');
    for (const message of messages) expect(message.text.length).toBeLessThanOrEqual(1600);
  });

  it('number the choices under a question that is too long for buttons', () => {
    const asked: Line = { text: { literal: answer.repeat(3) }, choices: [{ id: 'a', label: { literal: 'Sí' } }] };
    const messages = fit([asked], 'es', 'whatsapp', whatsapp);
    expect(messages.every((message) => message.layout === 'text')).toBe(true);
    expect(messages.at(-1)?.text).toMatch(/\n1 Sí$/);
  });

  it('cut no isolate in two', () => {
    const arabic = 'اتصل على +34 900 12 34 56 أو 112. '.repeat(40);
    for (const message of fit([literal(arabic)], 'ar', 'sms', sms)) {
      expect(message.text.match(/\u2066/g)?.length).toBe(message.text.match(/\u2069/g)?.length);
      expect(message.segments).toBeLessThanOrEqual(MAX_SEGMENTS);
    }
  });
});

describe('edges', () => {
  it('says nothing when there is nothing to say', () => {
    expect(fit([], 'es', 'sms', sms)).toEqual([]);
    expect(fit([literal('  ')], 'es', 'sms', sms)).toEqual([]);
  });

  it('is the same however often it is asked', () => {
    expect(fit(welcomeTurn, 'ar', 'sms', sms)).toEqual(fit(welcomeTurn, 'ar', 'sms', sms));
  });
});
