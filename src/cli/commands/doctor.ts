// `ventanilla doctor`: looks at everything that an installation needs and says how to mend what is wrong. Changes nothing, and
// prints neither secrets nor people. A channel brings its own check (channels/channel.ts).
import { parseArgs } from 'node:util';
import { projectFolder } from '../../app.ts';
import { channelModules } from '../../channels/index.ts';
import { slack } from '../../channels/slack/slack.ts';
import { identifyLanguage } from '../../content/language-model.ts';
import { loadFiles } from '../../content/load-files.ts';
import { AppError } from '../../domain/errors.ts';
import { ok, problem, type Finding } from '../../domain/finding.ts';
import { compileRelease } from '../../release/compile.ts';
import { parseSettings, readEnvironment, type Environment, type ServiceSettings } from '../../runtime/settings.ts';
import { systemClock } from '../../util/clock.ts';
import type { Command } from '../command.ts';
import { checkDatabase, faultOf } from '../doctor/database.ts';
import { checkDisk, checkKeys } from '../doctor/machine.ts';
import { checkChannels, checkNames, checkPublicUrl } from '../doctor/settings.ts';

const MODULES = [...channelModules, slack];
const SIGN = { ok: 'ok      ', warning: 'warning ', problem: 'PROBLEM ' } as const;

export const doctor: Command = {
  name: 'doctor',
  summary: 'look at settings, clock, disk, keys, database and providers, and say how to mend them',
  usage: 'doctor [--json]',
  async run(args) {
    const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
    const findings: Finding[] = [];
    for await (const found of examine()) {
      findings.push(...found);
      for (const finding of found) console.log(values.json ? JSON.stringify(finding) : describe(finding));
    }
    const count = (level: Finding['level']): number => findings.filter((finding) => finding.level === level).length;
    if (!values.json) console.log(`\n${count('problem')} problems, ${count('warning')} warnings, ${count('ok')} fine`);
    return count('problem') > 0 ? 1 : 0;
  },
};

function describe({ level, about, what, mend }: Finding): string {
  return `${SIGN[level]} ${about}: ${what}${mend === undefined ? '' : `\n          → ${mend}`}`;
}

async function* examine(): AsyncGenerator<Finding[]> {
  const environment = readEnvironment(projectFolder);
  let settings: ServiceSettings | null = null;
  try {
    settings = parseSettings(environment, projectFolder);
  } catch (error) {
    yield [faultOf(error, 'settings')];
  }
  yield checkNames(environment, MODULES);
  yield checkChannels(environment, MODULES);
  yield await checkContent();
  if (!settings) return;
  const { publicUrl, host, port } = settings;
  yield await checkPublicUrl(settings, environment, MODULES);
  yield await checkDisk(settings);
  yield checkKeys(settings);
  yield await checkDatabase(settings, systemClock).catch((error: unknown) => [faultOf(error, 'database')]);
  yield* askProviders(environment, publicUrl ?? `http://${host}:${port}`);
}

async function* askProviders(environment: Environment, publicUrl: string): AsyncGenerator<Finding[]> {
  for (const { title, check, missingSettings } of MODULES) {
    try {
      if (!check || missingSettings(environment).length > 0) continue;
    } catch {
      // Told with the settings.
      continue;
    }
    yield await check(environment, { publicUrl, now: systemClock }).catch((error: unknown) => [faultOf(error, title)]);
  }
}

async function checkContent(): Promise<Finding[]> {
  try {
    const { problems } = compileRelease(await loadFiles(projectFolder), { identify: identifyLanguage });
    const errors = problems.filter((found) => found.severity === 'error').length;
    return [
      errors === 0
        ? ok('content', 'Flows and texts pass every check.')
        : problem('content', `Flows and texts have ${errors} errors.`, 'Run `ventanilla check`.'),
    ];
  } catch (error) {
    return [problem('content', 'Flows and texts cannot be read.', error instanceof AppError ? error.message : 'Run `ventanilla check`.')];
  }
}
