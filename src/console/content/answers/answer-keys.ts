// Keys of the texts that belong to an answer. Used by its page and where an answer is added or removed. Pure.

export interface AnswerKeys {
  title: string;
  text: string;
  phrasings: string;
  /** Shorter title where WhatsApp shows it on a button. */
  titleWhatsapp: string;
  /** Without letters that make text messages dear. */
  textSms: string;
}

export function answerKeys(id: string): AnswerKeys {
  const text = `answers:${id}`;
  return {
    title: `${text}.title`,
    text,
    phrasings: `${text}.phrasings`,
    titleWhatsapp: `${text}.title_whatsapp`,
    textSms: `${text}_sms`,
  };
}

/** Wordings for one channel that an answer may have. */
export const CHANNEL_WORDINGS = [
  { key: 'titleWhatsapp', of: 'title', channel: 'whatsapp' },
  { key: 'textSms', of: 'text', channel: 'sms' },
] as const;

/** Whether a text belongs to this answer and to no other whose id begins alike. */
export function belongsTo(key: string, id: string): boolean {
  const start = `answers:${id}`;
  return key === start || key.startsWith(`${start}.`) || key.startsWith(`${start}_`);
}
