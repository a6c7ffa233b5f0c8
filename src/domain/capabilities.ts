// What a channel can show. Declared by each channel, used by rendering/ to fit messages.

/** What a channel can show; rendering/ fits messages to it. */
export interface Capabilities {
  /** Longest text of one message, in characters. */
  maxChars: number;
  /** Native buttons: how many and how long a label may be; null where there are none. */
  buttons: { max: number; maxLabel: number; maxBody: number } | null;
  list: { max: number; maxLabel: number; maxBody: number } | null;
  /** Text is billed by SMS segments and fitted to GSM-7 where possible. */
  smsSegments: boolean;
  /** Messages that are sent a second, per sending number, counted in segments; null for no limit. */
  segmentsPerSecond: number | null;
  /** The client reads its conversation from our store (web chat): last words stay readable for a while. */
  keepsHistory?: boolean;
}
