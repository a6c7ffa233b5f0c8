// Taking up an invitation: address, alias and password make the account, or make it anew. Called by http/api/session.ts.
// Of an account that is made anew password, authenticator, recovery codes and passkeys of before work no more.
import { AppError } from '../../domain/errors.ts';
import { appendAudit } from '../../store/audit.ts';
import { findInvitation, takeInvitation } from '../../store/invitations.ts';
import { noteDeskChange } from '../../store/desk-changes.ts';
import { findAccount, listAccounts, putAccount } from '../../store/staff-accounts.ts';
import { normaliseAddress, openStaffAddresses, saveStaffAddress, staffAddressHashes } from '../../store/staff-address.ts';
import { loadStaff, saveProfile, type StaffRecord } from '../../store/staff.ts';
import type { Reader, Tx } from '../../store/store.ts';
import { signIn, type SignedIn } from './sign-in.ts';
import type { AuthParts } from './staff-auth.ts';

export interface NewAccount {
  /** Secret of the link. */
  token: string;
  email: string;
  alias: string;
  password: string;
}

/** Whom an invitation is for. @throws AppError access.invitation_over, access.too_many_tries */
export async function readInvitation({ store, limits, now }: AuthParts, request: Request, token: string): Promise<StaffRecord> {
  const wasRight = await limits.countClient(request);
  const member = await store.read((reader) => findInvited(reader, token, now()));
  await wasRight();
  return member;
}

/**
 * Takes an invitation up and signs in.
 * @throws AppError access.invitation_over, store.conflict when the address belongs to another account, access.refused when the
 * invitation is for another address
 */
export async function join(parts: AuthParts, request: Request, account: NewAccount): Promise<SignedIn & { staffId: string }> {
  const { store, accounts, limits, now } = parts;
  const { token, email, password } = account;
  const wasRight = await limits.countClient(request);
  // Before the work of hashing a password.
  await store.read((reader) => findInvited(reader, token, now()));
  const context = await (await accounts.open()).$context;
  const passwordHash = await context.password.hash(password);
  const staffId = await store.transaction((tx) => make(tx, account, passwordHash, now()));
  await wasRight();
  return { ...(await signIn(parts, request, email, password)), staffId };
}

async function make(tx: Tx, { token, email, alias }: NewAccount, passwordHash: string, now: number): Promise<string> {
  const staffId = await takeInvitation(tx, token, now);
  const member = staffId === null ? null : await loadStaff(tx, staffId);
  if (!member?.active) throw over();
  const hashes = staffAddressHashes(tx, email);
  const other = await findAccount(tx, hashes);
  if (other && other.staffId !== member.id)
    throw new AppError('store.conflict', 'This address belongs to another account. Use another one.');
  await refuseOtherAddress(tx, member.id, email);
  await saveProfile(tx, member.id, { alias });
  await saveStaffAddress(tx, member.id, email);
  await putAccount(tx, { staffId: member.id, email: hashes[0], passwordHash }, now);
  await noteDeskChange(tx, 'people', null);
  await appendAudit(tx, { at: now, actor: member.id, action: 'staff.join', target: member.id });
  return member.id;
}

/** An invitation that was made for an address is for its holder; whoever has an account already may change theirs. */
async function refuseOtherAddress(reader: Reader, id: string, email: string): Promise<void> {
  if ((await listAccounts(reader)).has(id)) return;
  const address = (await openStaffAddresses(reader, [id])).get(id);
  if (address !== undefined && address !== normaliseAddress(email))
    throw new AppError('access.refused', 'This invitation is for another address. Use the one to which it was sent.');
}

async function findInvited(reader: Reader, token: string, now: number): Promise<StaffRecord> {
  const id = await findInvitation(reader, token, now);
  const member = id === null ? null : await loadStaff(reader, id);
  if (!member?.active) throw over();
  return member;
}

function over(): AppError {
  return new AppError('access.invitation_over', 'This invitation was used already, or is older than three days. Ask for a new one.');
}
