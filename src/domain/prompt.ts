// Questions that people's work puts to a person in the chat: consent to a referral, how the help was, how it went later.
// Put by runtime/desk, asked and read by the engine as dialogues, their answers carried out by runtime/apply.

/** What an answer belongs to. `about` is an id of ours that the engine hands back unread. */
export type Prompt =
  /** May these items be given to this organisation? `items` are codes of domain/disclosable.ts. */
  | { name: 'referral_consent'; about: string; organisation: string; items: string[] }
  /** One to three for the help of people; then, where `followUpDays` is given, whether to ask later how it went. */
  | { name: 'rating'; about: string; followUpDays: number | null }
  /** Did you get the service? */
  | { name: 'follow_up'; about: string }
  /** May we write by SMS where WhatsApp does not let us? */
  | { name: 'sms_consent' }
  /** Is the person content with what was done about the complaint of this number? */
  | { name: 'satisfied'; about: string };

/** What a person answered. */
export type PromptAnswer =
  /** No items: refused. */
  | { name: 'referral_consent'; about: string; items: string[]; textKey: string }
  | { name: 'rating'; about: string; rating: 1 | 2 | 3 }
  | { name: 'follow_up_consent'; about: string; given: boolean; days: number; textKey: string }
  | { name: 'follow_up'; about: string; got: 'yes' | 'refused' | 'not_gone' | 'not_said' }
  | { name: 'satisfied'; about: string; satisfied: boolean };
