// Shapes of reviewed content other than flows: answers, places, settings. Shared by release, content and runtime.
// Files under flows/ and locales/ hold them; see the README for the file formats.
import { z } from 'zod';

/** ISO date, YYYY-MM-DD. */
export const IsoDate = z.iso.date();

/** A locality code: '*' for everywhere, 'ES', 'ES-CT', 'ES-CT-BCN' … from settings/localities.yaml. */
export const LocalityCode = z.string().regex(/^(\*|[A-Z]{2}(-[A-Z0-9]{1,6}){0,3})$/);
export const TopicCode = z.string().regex(/^[A-Z]{3}(\.[A-Z]{2,4})?$/);

/** One FAQ entry. Title, text and phrasings are at `answers:<id>.title`, `answers:<id>`, `answers:<id>.phrasings`. */
export const Answer = z.strictObject({
  id: z.string().regex(/^[A-Z][A-Za-z0-9_]{1,30}$/),
  topic: TopicCode,
  locality: LocalityCode,
  kind: z.enum(['treaty', 'law', 'local_practice', 'policy', 'historic', 'common_knowledge']),
  source: z.string().min(3).max(180),
  reviewed_by: z.string().nullable(),
  reviewed_on: IsoDate.nullable(),
  review_by: IsoDate,
  /** Set on a local version: the general entry it replaces inside its locality. */
  replaces: z.string().optional(),
  /** A further flow that the answer leads to. */
  flow: z.string().optional(),
});
export type Answer = z.infer<typeof Answer>;

const YesNoUnknown = z.enum(['yes', 'no', 'unknown']);
/** Weekly hours: days as RFC 5545 BYDAY, times local to `timezone`. */
export const Hours = z.strictObject({
  byday: z.array(z.enum(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'])).min(1),
  opens_at: z.string().regex(/^\d\d:\d\d$/),
  closes_at: z.string().regex(/^\d\d:\d\d$/),
});

/** One place of the directory (a compact HSDS service-at-location). */
export const Place = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]{2,40}$/),
  name: z.string().min(2),
  /** Names in other languages where the place has one; else `name` is shown as it is. */
  names: z.record(z.string(), z.string()).default({}),
  organization: z.string().optional(),
  topics: z.array(TopicCode).min(1),
  locality: LocalityCode,
  address: z.string().optional(),
  phones: z.array(z.string()).default([]),
  url: z.url().optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  timezone: z.string().optional(),
  hours: z.array(Hours).default([]),
  languages: z.array(z.string()).default([]),
  asks_for_papers: YesNoUnknown,
  shares_with_authorities: YesNoUnknown,
  women_only: z.boolean().default(false),
  female_staff: z.boolean().default(false),
  child_friendly: z.boolean().default(false),
  /** True: the address never leaves the server; phone only. */
  protected_address: z.boolean().default(false),
  free: z.boolean().default(true),
  /** True: seen in a source, to be confirmed locally; the person is told so. */
  confirm_locally: z.boolean(),
  source: z.string().min(3),
  verify_by: IsoDate,
});
export type Place = z.infer<typeof Place>;

export const Topic = z.strictObject({
  code: TopicCode,
  private: z.boolean().default(false),
  gcm: z.array(z.int()).default([]),
  r4v: z.array(z.string()).default([]),
});
export type Topic = z.infer<typeof Topic>;

/** A locality of the tree; its names are at `localities:<code>` and `localities:<code>.synonyms`. */
export const Locality = z.strictObject({ code: LocalityCode, latitude: z.number().optional(), longitude: z.number().optional() });
export type Locality = z.infer<typeof Locality>;

const LanguageTag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);

/** One term of locales/glossary.yaml: the words that translators agreed on. In the file they stand by their language's tag, beside `id` and `note`. */
export const GlossaryTerm = z
  .object({
    id: z.string().regex(/^[a-z0-9_]{2,40}$/),
    /** Why it matters, for translators. */
    note: z.string().max(500).optional(),
  })
  .catchall(
    z
      .array(
        z
          .string()
          .max(100)
          .regex(/^\P{Cc}*[\p{L}\p{N}]\P{Cc}*$/u, 'write words, on one line'),
      )
      .min(1)
      .max(20),
  )
  .superRefine((term, context) => {
    for (const key of Object.keys(term)) {
      if (key === 'id' || key === 'note' || LanguageTag.safeParse(key).success) continue;
      context.addIssue({
        code: 'custom',
        path: [key],
        message: `"${key}" is no tag of a language, such as es or zh-Hant; mend or remove it`,
      });
    }
  })
  .transform(({ id, note, ...words }): TermWords => ({ id, ...(note !== undefined && { note }), words }));
interface TermWords {
  id: string;
  note?: string;
  /** By language tag: the agreed words, the preferred one first, then other accepted forms. */
  words: Record<string, string[]>;
}
export type GlossaryTerm = TermWords;

/** settings/hotline.yaml. Times are local to `timezone`. */
export const HotlineSettings = z.strictObject({
  id: z.string(),
  demonstration: z.boolean(),
  /** Offered to people, in the order of the list. */
  languages: z.array(z.string()).min(1),
  /** Must be complete; a missing text here blocks publishing. */
  required_languages: z.array(z.string()).min(1),
  /** Source language of translations. */
  source_language: z.string(),
  default_language: z.string(),
  localities: z.array(LocalityCode).default(['*']),
  entry_flow: z.string(),
  menu_flow: z.string(),
  timezone: z.string(),
  desk: z.strictObject({
    hours: z.array(Hours).default([]),
    holidays: z.array(IsoDate).default([]),
    minutes_to_answer: z.int().positive().default(20),
  }),
  /** Emergency numbers, each signed by a person. Without one the text names none. */
  emergency_numbers: z
    .array(z.strictObject({ locality: LocalityCode, number: z.string(), signed_by: z.string().min(2), signed_on: IsoDate }))
    .default([]),
  /** Flows of the private lane are served only in languages signed here. */
  private_lane_signed: z.record(z.string(), z.strictObject({ by: z.string().min(2), on: IsoDate })).default({}),
  retention: z.strictObject({
    messages_days: z.int().positive().default(30),
    session_hours: z.int().positive().max(24).default(24),
    case_months: z.int().positive().default(12),
    private_case_months: z.int().positive().default(6),
    complaint_months: z.int().positive().default(24),
    request_log_months: z.int().positive().default(24),
    /** How long a backup may be kept: so long it is remembered who was erased, so that a restore erases them again. */
    backup_days: z.int().positive().default(400),
  }),
  complaint_answer_days: z.int().positive().default(15),
  /** Hours in which a complaint about staff, or about money or sex, is to be answered. */
  sensitive_complaint_hours: z.int().positive().default(72),
  /** Outbound limits; a day is 24 h. */
  limits: z.strictObject({
    messages_per_contact_day: z.int().positive().default(100),
    loop_messages: z.int().positive().default(6),
    /** When more of one person wait for their turn, only the last of them is read. */
    waiting_messages: z.int().min(5).default(50),
    channel_daily_segments: z.record(z.string(), z.int().positive()).default({}),
  }),
  /** Templates that WhatsApp has approved: all that may be sent there when its 24 hours are over. */
  whatsapp_templates: z
    .array(
      z.strictObject({
        /** The one called `reminder` is sent in place of a reminder, which follows when the person writes. */
        id: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/),
        /** What {{1}}, {{2}} … stand for, in this order: `staff` is the name by which the person knows who writes. */
        variables: z.array(z.enum(['staff'])).default([]),
        /** By language: Twilio's ContentSid, and the text as it was approved, with `{{staff}}` for `{{1}}`. */
        languages: z.record(
          z.string(),
          z.strictObject({ content: z.string().regex(/^HX[0-9a-fA-F]{32}$/), text: z.string().min(1).max(1024) }),
        ),
      }),
    )
    .default([]),
  /** The alert of a crisis, pinned before everything else until then: its words are the text `system:alert`. It always ends by itself. */
  alert: z.strictObject({ until: z.iso.datetime({ offset: true }) }).optional(),
  /** What sending costs, for the preview and for reports; nothing is worked out where it is not set. */
  prices: z.strictObject({ currency: z.string().length(3), sms_segment: z.number().nonnegative() }).optional(),
  /** What it takes to publish. */
  publishing: z
    .strictObject({
      /** Somebody who wrote nothing of it approves it. */
      second_person: z.boolean().default(true),
      /** Languages in which a community reviewer signs as well. */
      sign_off_languages: z.array(z.string()).default([]),
    })
    .prefault({}),
  /** Shown on the demo page as ways to write. */
  public_numbers: z.strictObject({ sms: z.string().optional(), whatsapp: z.string().optional() }).default({}),
});
export type HotlineSettings = z.infer<typeof HotlineSettings>;

/** How far a text is. `stale`: its source was changed after it. */
const ReviewState = z.enum(['drafted', 'machine-drafted', 'reviewed', 'stale']);
export type ReviewState = z.infer<typeof ReviewState>;

/** Review state of texts of one language (locales/<tag>/review.json). Everything not listed has the `default` state. */
export const ReviewStates = z.strictObject({
  default: ReviewState,
  texts: z.record(z.string(), z.strictObject({ state: ReviewState, by: z.string().optional(), on: IsoDate.optional() })).default({}),
});
export type ReviewStates = z.infer<typeof ReviewStates>;
