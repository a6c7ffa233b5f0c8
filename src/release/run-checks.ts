// All checks of a release whose files can be read, in one explicit list (settings are checked before: see compile.ts). Called by compile.ts. Add a check: one file under checks/, one line here.
import type { Check, CheckContext } from './check.ts';
import { checkAlert } from './checks/alert.ts';
import { checkAnswers } from './checks/answers.ts';
import { checkChoicesAgree } from './checks/choices-agree.ts';
import { checkCollidingCommands } from './checks/colliding-commands.ts';
import { checkEmergencyTexts } from './checks/emergency-texts.ts';
import { checkGlossary } from './checks/glossary.ts';
import { checkKeywords } from './checks/keywords.ts';
import { checkLabelLengths } from './checks/label-lengths.ts';
import { checkLanguagesAgree } from './checks/languages-agree.ts';
import { checkLocaleFiles } from './checks/locale-files.ts';
import { checkMissingTexts } from './checks/missing-texts.ts';
import { checkPlaces } from './checks/places.ts';
import { checkPrivateLane } from './checks/private-lane.ts';
import { checkSmsCost } from './checks/sms-cost.ts';
import { checkSources } from './checks/sources.ts';
import { checkStaleTexts } from './checks/stale-texts.ts';
import { checkTextSyntax } from './checks/text-syntax.ts';
import { checkTrees } from './checks/trees.ts';
import { checkValuesGiven } from './checks/values-given.ts';
import type { Problem } from './problem.ts';

const CHECKS: readonly Check[] = [
  checkLocaleFiles,
  checkTrees,
  checkMissingTexts,
  checkStaleTexts,
  checkGlossary,
  checkTextSyntax,
  checkLanguagesAgree,
  checkValuesGiven,
  checkChoicesAgree,
  checkLabelLengths,
  checkCollidingCommands,
  checkKeywords,
  checkAnswers,
  checkPlaces,
  checkSources,
  checkEmergencyTexts,
  checkAlert,
  checkPrivateLane,
  checkSmsCost,
];

/** What every check finds, in the order of the list. */
export function runChecks(context: CheckContext): Problem[] {
  return CHECKS.flatMap((check) => check(context));
}
