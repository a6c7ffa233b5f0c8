// `ventanilla rotate-keys`: a new secret key while the service runs. Interrupted at any point it can be run again.
import { parseArgs } from 'node:util';
import { projectFolder } from '../../app.ts';
import { parseSettings, readEnvironment } from '../../runtime/settings.ts';
import { isUnderWay, rotateKeys, type Rotation } from '../../store/rotate-keys.ts';
import type { Command } from '../command.ts';
import { openStoreBeside } from '../open-store-beside.ts';
import { progressLine } from '../progress-line.ts';

const NAMES = { keys: 'data keys wrapped anew', addresses: 'addresses hashed anew' } as const;

export const rotateKeysCommand: Command = {
  name: 'rotate-keys',
  summary: 'replace the secret key while the service runs; run it again if it was interrupted',
  usage: 'rotate-keys [--prepare] [--json]',
  async run(args) {
    const { values } = parseArgs({
      args,
      options: { prepare: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
    });
    const { secretKeyFile } = parseSettings(readEnvironment(projectFolder), projectFolder);
    const store = await openStoreBeside();
    const line = progressLine();
    try {
      // Several machines may each have a file of their own: the new version must be everywhere before anything needs it.
      const first = store.dialect === 'postgres' && !(await isUnderWay(store, secretKeyFile));
      const rotation = await rotateKeys(store, {
        secretKeyFile,
        prepareOnly: values.prepare || first,
        now: Date.now(),
        progress: (step, done, all) => line.show(`${done} of ${all} ${NAMES[step]} …`),
      });
      line.done();
      console.log(values.json ? JSON.stringify(rotation) : describe(rotation));
      return 0;
    } finally {
      line.done();
      await store.close();
    }
  },
};

function describe({ state, version, keys, addresses, oldRemoved }: Rotation): string {
  if (state === 'prepared')
    return [
      'The new version is in the secret key file, and nothing uses it yet.',
      'Copy the file (mode 0600) to every other machine, then run `ventanilla rotate-keys` once more.',
    ].join('\n');
  return [
    `Done: version ${version} is in use${oldRemoved ? ' and alone in the secret key file' : ''}. ${keys} ${NAMES.keys}, ${addresses} ${NAMES.addresses}.`,
    ...(oldRemoved ? [] : [`The file cannot be written from here: take all lines but the one that begins with v${version} out of it.`]),
    'Replace the copy of the file that you keep elsewhere, and copy it to every other machine. Destroy copies of the old one.',
  ].join('\n');
}
