// `ventanilla erase`: erases a person who asked for it by telephone or letter, as DELETE does. Works beside the service.
// The address comes through standard input, never as an argument: arguments are seen by others and stay in histories.
import { parseArgs } from 'node:util';
import { projectFolder } from '../../app.ts';
import { AppError } from '../../domain/errors.ts';
import { Address } from '../../domain/message.ts';
import { readEnvironment } from '../../runtime/settings.ts';
import { eraseOnRequest, findHoldings, type Holdings } from '../../store/erase-request.ts';
import { copiesLeft } from '../../store/provider-copies.ts';
import type { Store } from '../../store/store.ts';
import type { Command } from '../command.ts';
import { openStoreBeside } from '../open-store-beside.ts';
import { openAnswers, type Answers } from '../read-secretly.ts';

const NAMES: Record<keyof Holdings, string> = {
  addresses: 'addresses',
  conversations: 'conversations',
  messages: 'messages',
  waitingLines: 'messages waiting to be sent',
  cases: 'cases (their summaries; the codes stay)',
  complaints: 'complaints (open ones stay without their person until they are closed)',
  consents: 'consents',
  providerCopies: 'copies at providers',
};

export const erase: Command = {
  name: 'erase',
  summary: 'erase a person who asked in another way than by DELETE; --pending lists what providers still hold',
  usage: 'erase [--yes] [--json] [--kind phone|bsuid|user --channel NAME] | erase --pending [--json]',
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        yes: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        pending: { type: 'boolean', default: false },
        kind: { type: 'string', default: 'phone' },
        channel: { type: 'string', default: '' },
      },
    });
    // Not quoted: it may well be the number.
    if (positionals.length > 0)
      throw new AppError('cli.usage', 'Give the address on standard input, not as an argument: others see arguments. Nothing was erased.');
    const store = await openStoreBeside();
    const answers = openAnswers();
    try {
      if (values.pending) return await listPending(store, values.json);
      const address = await askAddress(answers, values.kind, values.channel);
      return await eraseOne(store, answers, { address, ...values });
    } finally {
      answers.close();
      await store.close();
    }
  },
};

/** @throws AppError cli.usage that does not quote what was given. */
async function askAddress(answers: Answers, kind: string, channel: string): Promise<Address> {
  const given = await answers.secret(kind === 'phone' ? 'Phone number with country code (not shown): ' : 'Address (not shown): ');
  const value = kind === 'phone' ? given.replace(/^00/, '+').replaceAll(/[\s().-]/g, '') : given;
  if (kind === 'phone' && !/^\+[1-9]\d{4,14}$/.test(value))
    throw new AppError('cli.usage', 'That is not a phone number with its country code, such as +34 600 000 000. Nothing was erased.');
  const address = Address.safeParse({ kind, value });
  if (!address.success || value === '')
    throw new AppError('cli.usage', 'There is no such address. --kind is phone, bsuid or user; give the address on standard input.');
  if (kind !== 'phone' && channel === '')
    throw new AppError('cli.usage', '--channel is needed: such an address means something on its own channel only, for example web.');
  return address.data;
}

async function eraseOne(
  store: Store,
  answers: Answers,
  options: { address: Address; channel: string; yes: boolean; json: boolean },
): Promise<number> {
  const found = await store.read((reader) => findHoldings(reader, options.channel, options.address));
  if (!found) {
    if (options.json) console.log(JSON.stringify({ found: false }));
    console.error('Nobody is known by this address. Nothing was erased. A person may have written from another number.');
    return 1;
  }
  if (!options.json) show(found.holdings);
  if (!options.yes && (await answers.plain('Erase all of it now? This cannot be undone. Type yes: ')) !== 'yes') {
    console.error('Nothing was erased.');
    return 1;
  }
  const staffSurface = readEnvironment(projectFolder)['SLACK_BOT_TOKEN'] === undefined ? null : 'slack';
  const { openCase, openComplaints } = await store.transaction((tx) => eraseOnRequest(tx, found.contactId, staffSurface, Date.now()));
  const left = (await store.read(copiesLeft)).length;
  if (options.json) console.log(JSON.stringify({ found: true, erased: found.holdings, openCase, openComplaints, copiesLeft: left }));
  else tell(openCase, openComplaints, left);
  return 0;
}

function show(holdings: Holdings): void {
  console.log('What is kept of this person:');
  for (const [name, label] of Object.entries(NAMES)) console.log(`  ${String(holdings[name as keyof Holdings]).padStart(6)}  ${label}`);
}

function tell(openCase: boolean, openComplaints: number, left: number): void {
  console.log('Erased, here and in every backup.');
  if (openCase) console.log('A case was open: tell the person that nobody can follow it any more.');
  if (openComplaints > 0) console.log('An open complaint stays, without its person, until it is closed: tell the person.');
  if (left > 0)
    console.log(
      `Providers still hold ${left} copies of erased messages. The running service removes them within moments; \`ventanilla erase --pending\` lists what is left.`,
    );
}

async function listPending(store: Store, json: boolean): Promise<number> {
  const left = await store.read(copiesLeft);
  if (json) console.log(JSON.stringify(left));
  else if (left.length === 0) console.log('Providers hold no copy that should be gone.');
  for (const copy of json ? [] : left)
    console.log(
      `${copy.channel}  ${copy.providerRef}  ${copy.state === 'stuck' ? 'given up: remove it at the provider by hand' : `tried ${copy.attempts} times, tried again`}`,
    );
  return left.some((copy) => copy.state === 'stuck') ? 1 : 0;
}
