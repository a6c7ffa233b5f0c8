// Settings as `ventanilla doctor` sees them: names that nobody reads, channels that miss something, and the public address.
import { directLine } from '../../channels/direct-line/direct-line.ts';
import type { ChannelModule } from '../../channels/channel.ts';
import type { StaffSurfaceModule } from '../../channels/staff-surface.ts';
import { AppError } from '../../domain/errors.ts';
import { ok, problem, warning, type Finding } from '../../domain/finding.ts';
import { editDistance } from '../../language/edit-distance.ts';
import { SERVICE_SETTINGS, type Environment, type ServiceSettings } from '../../runtime/settings.ts';

type Module = Pick<ChannelModule, 'id' | 'title' | 'missingSettings' | 'settings'> | StaffSurfaceModule;

const SHORTEST = 6;
const REACH_MS = 5000;

/** Names in the environment that look like settings of ours and are none. */
export function checkNames(environment: Environment, modules: readonly Module[]): Finding[] {
  const known = [...SERVICE_SETTINGS, ...modules.flatMap((module) => module.settings ?? [])];
  const prefixes = modules.flatMap((module) => module.settings ?? []).map((name) => `${name.split('_')[0]}_`);
  return Object.keys(environment).flatMap((name) => {
    if (known.includes(name) || name.length < SHORTEST) return [];
    const near = known.find((candidate) => editDistance(name.toLowerCase(), candidate.toLowerCase(), 2) <= 2);
    if (near) return [warning('settings', `Nothing reads the setting ${name}.`, `Did you mean ${near}?`)];
    return prefixes.some((prefix) => name.startsWith(prefix)) && !name.startsWith('DIRECT_LINE')
      ? [warning('settings', `Nothing reads the setting ${name}.`, 'Remove it, or see the list in README.md.')]
      : [];
  });
}

/** What each channel misses. One that nobody has begun to set up is fine. */
export function checkChannels(environment: Environment, modules: readonly Module[]): Finding[] {
  return modules.map((module) => {
    try {
      const missing = module.missingSettings(environment);
      if (missing.length === 0) return ok('settings', `${module.title}: on.`);
      const begun = (module.settings ?? []).some((name) => environment[name] !== undefined);
      return begun
        ? problem(
            'settings',
            `${module.title}: off, because ${missing.join(', ')} is missing.`,
            'Set it, or remove the others of this channel.',
          )
        : ok('settings', `${module.title}: off.`);
    } catch (error) {
      return problem('settings', `${module.title}: off.`, error instanceof AppError ? error.message : 'Check its settings.');
    }
  });
}

/** Whether providers can call the public address. */
export async function checkPublicUrl(settings: ServiceSettings, environment: Environment, modules: readonly Module[]): Promise<Finding[]> {
  const called = modules.filter((module) => module.id !== directLine.id && isOn(module, environment));
  const { publicUrl } = settings;
  if (publicUrl === null) {
    return called.length === 0
      ? [ok('public address', 'Not set: this service is for this machine only.')]
      : [problem('public address', 'PUBLIC_URL is not set, so providers cannot call.', 'Set it to the https address of this service.')];
  }
  const url = new URL(publicUrl);
  const findings: Finding[] = [];
  const loopback = url.hostname === 'localhost' || url.hostname.startsWith('127.');
  if (url.pathname !== '/' || url.search !== '')
    findings.push(warning('public address', 'PUBLIC_URL has a path.', 'Signatures and webhooks are for the root of a host.'));
  if (url.protocol !== 'https:' && !loopback)
    findings.push(
      problem('public address', 'PUBLIC_URL is not https: texts and tokens would travel openly.', 'Put a proxy with TLS in front of it.'),
    );
  if (loopback && called.length > 0)
    findings.push(
      warning(
        'public address',
        'PUBLIC_URL is this machine: providers elsewhere cannot call.',
        'Set it to the https address of this service.',
      ),
    );
  const alive = await fetch(`${publicUrl}/livez`, { redirect: 'error', signal: AbortSignal.timeout(REACH_MS) }).then(
    async (response) => response.ok && (await response.text()).startsWith('alive'),
    () => false,
  );
  findings.push(
    alive
      ? ok('public address', 'The service answers there.')
      : warning(
          'public address',
          'The service does not answer at PUBLIC_URL, as seen from here.',
          'Start it, and check DNS, proxy and firewall.',
        ),
  );
  return findings;
}

function isOn(module: Module, environment: Environment): boolean {
  try {
    return module.missingSettings(environment).length === 0;
  } catch {
    return false;
  }
}
