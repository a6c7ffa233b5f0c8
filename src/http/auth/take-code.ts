// A code of an authenticator works once. better-auth takes one as often as it is shown within its minute and a half; so before
// it is asked, the code's time step is taken in the database, by one statement that only one of several nodes can win.
// @see RFC 6238, section 5.2: the verifier must not accept the second attempt of the OTP
import { AppError } from '../../domain/errors.ts';
import { findFactor, takeStep } from '../../store/staff-accounts.ts';
import type { AuthParts } from './staff-auth.ts';

const PERIOD_MS = 30_000;
/** Steps before and after the present one whose codes better-auth takes. */
const WINDOW = 1;

/**
 * Takes a code. One that is of no step is left for better-auth to refuse and count.
 * @throws AppError access.refused when it, or one after it, was taken before
 */
export async function takeCode({ store, accounts }: AuthParts, staffId: string, code: string): Promise<void> {
  const factor = await store.read((reader) => findFactor(reader, staffId));
  if (!factor) return;
  const [{ symmetricDecrypt }, { createOTP }, auth] = await Promise.all([
    import('better-auth/crypto'),
    import('@better-auth/utils/otp'),
    accounts.open(),
  ]);
  const { secretConfig } = await auth.$context;
  const otp = createOTP(await symmetricDecrypt({ key: secretConfig, data: factor.secret }));
  const present = Math.floor(Date.now() / PERIOD_MS);
  for (let step = present - WINDOW; step <= present + WINDOW; step++) {
    if ((await otp.hotp(step)) !== code) continue;
    if (await store.transaction((tx) => takeStep(tx, staffId, step))) return;
    throw new AppError('access.refused', 'This code was used already. Wait for the next one.');
  }
}
