// How the tests run: one project, files in parallel on two workers, no watch.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What is waited for comes at once on a quiet machine, and later on one that is busy.
    expect: { poll: { timeout: 20_000 } },
    // A machine under load may make a browser late once; a real fault fails twice.
    retry: process.env['CI'] ? 1 : 0,
    maxWorkers: 2,
    globalSetup: ['test/support/global-setup.ts'],
    reporters: ['default'],
  },
});
