// Builds what the engine needs for one turn, from the release and from facts that were read before the turn began.
// After this nothing is read any more: the engine is pure and synchronous.
import type { EngineEnv } from '../engine/env.ts';
import { deskOpening } from '../desk/opening.ts';
import type { CompiledRelease } from '../release/compile.ts';
import type { Complaint, Conversation } from '../store/records.ts';
import { newComplaintNumber } from '../util/ids.ts';

/** Facts of one turn, read from the store inside its transaction. */
export interface TurnFacts {
  now: number;
  conversation: Conversation;
  languageHint: string | null;
  staffed: boolean;
  /** Where absent, as `staffed`. */
  staffedPrivately?: boolean;
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
    // Worked out when asked for: most turns do not.
    get desk() {
      const opening = deskOpening(settings.desk, settings.timezone, now);
      return {
        staffed: facts.staffed,
        staffedPrivately: facts.staffedPrivately ?? facts.staffed,
        ...opening,
        minutesToAnswer: settings.desk.minutes_to_answer,
        queued: conversation.owner === 'queue',
      };
    },
    understand: (input, expecting, language) => release.understand(input, expecting, language, now),
    guessLanguage: (text) => release.guessLanguage(text),
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
