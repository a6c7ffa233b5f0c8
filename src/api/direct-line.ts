// The wire format of Direct Line 3.0 as far as Ventanilla speaks it: what a client may send, what it gets back.
// Used by channels/direct-line on the server; the widget imports the types only. Knows nothing of stores and flows.
import { z } from 'zod';

/** Longest text of one message, in UTF-16 units. */
export const MAX_TEXT = 4096;

/** What a client calls its own message; a retry repeats it. Goes into an external id, hence the narrow alphabet. */
const ClientActivityId = z.string().regex(/^[\x21-\x7e]{1,120}$/, 'must be 1 to 120 printable ASCII characters without spaces');

const Locale = z.string().regex(/^[A-Za-z0-9-]{1,35}$/, 'must be a BCP 47 language tag such as "es" or "ar-MA"');

/** A chosen button: its id alone, or an object that names it. */
const ChosenValue = z.union([z.string().max(256), z.object({ choice: z.string().max(256) })]);

/** An activity as a client posts it. Fields that Ventanilla has no use for are dropped. */
export const ClientActivity = z.object({
  type: z.enum(
    ['message', 'event', 'conversationUpdate', 'typing', 'endOfConversation', 'messageReaction'],
    'must be message, event, conversationUpdate, typing, endOfConversation or messageReaction',
  ),
  /** Name of an event, such as `startConversation`. */
  name: z.string().max(100).optional(),
  text: z.string('must be a string').max(MAX_TEXT, `must have at most ${MAX_TEXT} characters; send it in parts`).optional(),
  /** Id of the button that was chosen, as in a messageBack action. */
  value: z.unknown().optional(),
  locale: Locale.optional(),
  attachments: z
    .array(z.object({ contentType: z.string().max(200).default('application/octet-stream') }))
    .max(10)
    .optional(),
  channelData: z.object({ clientActivityID: ClientActivityId.optional(), payload: z.string().max(256).optional() }).optional(),
});
export type ClientActivity = z.infer<typeof ClientActivity>;

/** Id of the chosen button in an activity, if it carries one. */
export function chosenPayload(activity: ClientActivity): string | undefined {
  if (activity.channelData?.payload !== undefined) return activity.channelData.payload;
  const value = ChosenValue.safeParse(activity.value);
  if (!value.success) return undefined;
  return typeof value.data === 'string' ? value.data : value.data.choice;
}

/** Body of `tokens/generate` and `conversations`. A user id of the client's own counts only with the secret. */
export const TokenRequest = z.object({
  user: z.object({ id: z.string().max(100).nullish() }).nullish(),
  locale: Locale.nullish(),
});

/** Watermark in a query: a sequence number; `-` or nothing stands for the beginning. */
export const Watermark = z
  .string()
  .regex(/^(\d{1,15}|-)?$/, 'must be the watermark of the last answer, or left out')
  .transform((text) => (text === '' || text === '-' ? 0 : Number(text)));

/** A button under a message. Posting `text` with `value` answers with it. */
export interface ChoiceAction {
  type: 'messageBack';
  title: string;
  text: string;
  displayText: string;
  /** Names the choice; an object, as Direct Line's description has it. */
  value: { choice: string };
}

/** An activity as a client receives it. */
export interface Activity {
  type: 'message';
  /** `<conversation id>|<sequence, seven digits>`. */
  id: string;
  timestamp: string;
  channelId: 'directline';
  conversation: { id: string };
  from: { id: string; role: 'user' | 'bot'; name?: string };
  text: string;
  textFormat: 'plain';
  locale?: string;
  /** Files that came with it, by their type alone: nobody gets them back from here. */
  attachments?: { contentType: string }[];
  suggestedActions?: { actions: ChoiceAction[] };
  channelData: {
    lineId: string;
    from: 'person' | 'service' | 'staff';
    direction: 'ltr' | 'rtl';
    clientActivityID?: string;
  };
}

/** Who answers now, beside the messages. An addition of ours that other clients ignore. */
export interface ConversationState {
  owner: 'flow' | 'queue' | 'staff' | 'closed' | 'stopped';
  /** Place in line while a person is awaited, 1 for the next. */
  placeInLine: number | null;
}

/** Activities after a watermark, from `GET activities` or as one frame of a stream. */
export interface ActivitySet {
  activities: Activity[];
  watermark: string;
  /** What came before is gone (erased, or kept only for the session): a client forgets what it shows. */
  reset?: true;
  state?: ConversationState;
}

/** A token and the conversation that it opens. */
export interface ConversationGrant {
  conversationId: string;
  token: string;
  /** Seconds. */
  expires_in: number;
  streamUrl?: string;
  /** Good for 24 h at `tokens/refresh` only: lets a device that slept go on. An addition of ours. */
  resumeToken?: string;
}

/** Error of Direct Line. */
export interface DirectLineError {
  error: { code: string; message: string };
}
