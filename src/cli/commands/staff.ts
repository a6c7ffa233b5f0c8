// `ventanilla staff`: invites people to the console, lists them, disables them. Works beside the service.
// The way in for the first administrator, and back in where the last one lost everything. An address comes through standard
// input, never as an argument: arguments are seen by others and stay in histories.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { projectFolder } from '../../app.ts';
import { AppError } from '../../domain/errors.ts';
import { ROLES, type Role } from '../../domain/role.ts';
import { invitationUrl } from '../../http/invitation-url.ts';
import { parseSettings, readEnvironment } from '../../runtime/settings.ts';
import { listInvited } from '../../store/invitations.ts';
import { blankFields, changeStaff, inviteStaff, reinviteStaff } from '../../store/manage-staff.ts';
import { OWN_ORGANISATION } from '../../domain/staff.ts';
import { listAccounts } from '../../store/staff-accounts.ts';
import { listStaff } from '../../store/staff.ts';
import type { Store } from '../../store/store.ts';
import type { Command } from '../command.ts';
import { openStoreBeside } from '../open-store-beside.ts';
import { openAnswers } from '../read-secretly.ts';

const USAGE =
  'staff invite --role ROLE [--role ROLE] [--alias NAME] [--organisation ID] [--email] | staff reinvite ID | staff disable ID | staff list [--json]';
const OPERATOR = 'operator';

interface Options {
  role: string[];
  alias: string | undefined;
  organisation: string;
  email: boolean;
  json: boolean;
}

export const staff: Command = {
  name: 'staff',
  summary: 'invite people to the console, list and disable them',
  usage: USAGE,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        role: { type: 'string', multiple: true, default: [] },
        alias: { type: 'string' },
        organisation: { type: 'string', default: OWN_ORGANISATION },
        email: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const [action = '', id, ...others] = positionals;
    const wantsId = action === 'disable' || action === 'reinvite';
    if (!['invite', 'reinvite', 'disable', 'list'].includes(action) || others.length > 0 || wantsId !== (id !== undefined))
      throw new AppError('cli.usage', `Usage: ventanilla ${USAGE}. The ids are those that \`staff list\` shows.`);
    const roles = values.role.map(toRole);
    const store = await openStoreBeside();
    try {
      if (action === 'invite') await invite(store, roles, { ...values, alias: values.alias });
      if (action === 'reinvite') await reinvite(store, id ?? '', values.json);
      if (action === 'disable') await disable(store, id ?? '');
      if (action === 'list') await list(store, values.json);
      return 0;
    } finally {
      await store.close();
    }
  },
};

function toRole(name: string): Role {
  const role = ROLES.find((one) => one === name);
  if (role === undefined) throw new AppError('cli.usage', `There is no such role. --role is one of ${ROLES.join(', ')}.`);
  return role;
}

async function invite(store: Store, roles: Role[], { alias, organisation, email, json }: Options): Promise<void> {
  if (roles.length === 0) throw new AppError('cli.usage', `Say what they may do: --role is one of ${ROLES.join(', ')}.`);
  const address = email ? await askAddress() : null;
  const blank = blankFields(roles);
  const fields = { ...blank, alias: alias ?? blank.alias, organisationId: organisation };
  const { id, secret } = await store.transaction((tx) => inviteStaff(tx, fields, address, { by: OPERATOR, now: Date.now() }));
  tell(id, secret, json);
}

async function reinvite(store: Store, id: string, json: boolean): Promise<void> {
  const secret = await store.transaction((tx) => reinviteStaff(tx, id, { by: OPERATOR, now: Date.now() }));
  tell(id, secret, json);
}

function tell(id: string, secret: string, json: boolean): void {
  const { publicUrl, host, port } = parseSettings(readEnvironment(projectFolder), projectFolder);
  const url = invitationUrl(publicUrl ?? `http://${host}:${port}`, secret);
  if (json) console.log(JSON.stringify({ id, url }));
  else console.log(`${url}\nHand this link over in private. It works once, for three days. Their id is ${id}.`);
}

async function disable(store: Store, id: string): Promise<void> {
  await store.transaction((tx) => changeStaff(tx, id, { active: false }, { by: OPERATOR, now: Date.now() }));
  console.log('Disabled. Their sessions and their invitation ended.');
}

/** Without addresses: those are shown in the console, to administrators. */
async function list(store: Store, json: boolean): Promise<void> {
  const members = await store.read(async (reader) => {
    const accounts = await listAccounts(reader);
    const invited = await listInvited(reader, Date.now());
    return (await listStaff(reader)).map(({ id, alias, roles, organisationId, active }) => ({
      id,
      alias,
      roles,
      organisationId,
      state: !active ? 'disabled' : invited.has(id) ? 'invited' : accounts.has(id) ? 'active' : 'invitation over',
      secondFactor: accounts.get(id)?.secondFactor ?? false,
    }));
  });
  if (json) console.log(JSON.stringify(members));
  else if (members.length === 0) console.log('Nobody was invited yet. `ventanilla staff invite --role administrator` makes a link.');
  else
    for (const { id, alias, roles, organisationId, state, secondFactor } of members)
      console.log(
        `${id}  ${state}${secondFactor || state !== 'active' ? '' : ', without a second factor'}  ${alias}  ${organisationId}  ${roles.join(', ')}`,
      );
}

/** @throws AppError cli.usage that does not quote what was given. */
async function askAddress(): Promise<string> {
  const answers = openAnswers();
  try {
    const address = z
      .email()
      .max(200)
      .safeParse(await answers.secret('E-mail address (not shown): '));
    if (!address.success) throw new AppError('cli.usage', 'That is not an e-mail address. Nobody was invited.');
    return address.data;
  } finally {
    answers.close();
  }
}
