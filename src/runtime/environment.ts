// Builds what the engine needs for one turn, from the release and from facts that were read before the turn began.
// After this nothing is read any more: the engine is pure and synchronous.
import type { DeskState, EngineEnv } from '../engine/env.ts';
import type { CompiledRelease } from '../release/compile.ts';
import { standingAlert } from '../release/standing-alert.ts';
import type { Complaint, Conversation } from '../store/records.ts';
import { newComplaintNumber } from '../util/ids.ts';

/** Facts of one turn, read from the store inside its transaction. */
export interface TurnFacts {
  now: number;
  conversation: Conversation;
  languageHint: string | null;
  /** ISO 3166 country of the number that wrote; null where there is none. */
  country: string | null;
  /** Asked for when it matters. */
  desk(): DeskState;
  complaint: Complaint | null;
}

/** The engine's environment for one turn in one conversation. */
export function buildEnvironment(release: CompiledRelease, facts: TurnFacts): EngineEnv {
  const { now, conversation, complaint } = facts;
  const { settings } = release;
  return {
    now,
    channel: conversation.channel,
    languageHint: facts.languageHint,
    owner: conversation.owner,
    get desk() {
      return facts.desk();
    },
    alert: standingAlert(settings, now),
    understand: (input, expecting, language) => release.understand(input, expecting, language, now),
    guessLanguage: (text) => release.guessLanguage(text, { country: facts.country, page: facts.languageHint }),
    elsewhere: (text, language) => release.elsewhere(text, language),
    findAnswers: (question, language, locality) => release.findAnswers(question, language, locality, now),
    localAnswer: (entry, locality) => release.localAnswer(entry, locality, now),
    findPlaces: (query) => release.findPlaces(query, now),
    isPlaceOpen: (place) => release.isPlaceOpen(place, now),
    locality: (code) => release.locality(code),
    topicIsPrivate: (topic) => release.topicIsPrivate(topic),
    privateLaneServed: (language) => settings.private_lane_signed[language] !== undefined,
    emergencyNumber: (locality) => release.emergencyNumber(locality),
    newComplaintNumber,
    complaintState: (number) => (complaint?.number === number ? complaint.state : null),
    languages: release.offeredLanguages,
  };
}
