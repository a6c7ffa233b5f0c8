// What drivers throw becomes a fault of ours: senders are asked to try again whenever nothing was stored and it may work later.
import { describe, expect, it } from 'vitest';
import { toAppError } from '../../src/store/driver-errors.ts';

const thrown = (code: string): unknown => toAppError(Object.assign(new Error('as the driver says it'), { code }));

describe('a fault of the disk', () => {
  it.each(['58030', '58000', 'SQLITE_IOERR_FSYNC', 'SQLITE_IOERR_WRITE'])('asks for another try when it does not write (%s)', (code) =>
    expect(thrown(code)).toMatchObject({ code: 'store.unavailable', retryable: true }),
  );
  it.each(['53100', 'SQLITE_FULL'])('says when it is full, and asks for another try (%s)', (code) =>
    expect(thrown(code)).toMatchObject({ code: 'store.full', retryable: true }),
  );
  it.each(['XX001', 'SQLITE_CORRUPT'])('asks for no other try when the data is damaged (%s)', (code) =>
    expect(thrown(code)).toMatchObject({ code: 'store.unavailable', retryable: false }),
  );
});
