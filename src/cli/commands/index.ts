// All commands, in the order of the list.
import type { Command } from '../command.ts';
import { audit } from './audit.ts';
import { backup } from './backup.ts';
import { chat } from './chat.ts';
import { check } from './check.ts';
import { diff } from './diff.ts';
import { doctor } from './doctor.ts';
import { erase } from './erase.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { measureAnswersCommand } from './measure-answers.ts';
import { measureLanguage } from './measure-language.ts';
import { migrate } from './migrate.ts';
import { publish } from './publish.ts';
import { purge } from './purge.ts';
import { restore } from './restore.ts';
import { rollback } from './rollback.ts';
import { rotateKeysCommand } from './rotate-keys.ts';
import { simulate } from './simulate.ts';
import { staff } from './staff.ts';
import { start } from './start.ts';
import { testFlows } from './test-flows.ts';
import { trainLanguage } from './train-language.ts';

export const commands: readonly Command[] = [
  start,
  chat,
  check,
  doctor,
  simulate,
  testFlows,
  staff,
  importCommand,
  exportCommand,
  diff,
  publish,
  rollback,
  backup,
  restore,
  purge,
  erase,
  rotateKeysCommand,
  audit,
  migrate,
  trainLanguage,
  measureLanguage,
  measureAnswersCommand,
];
