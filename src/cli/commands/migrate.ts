// `ventanilla migrate`: brings the database to this version's tables. Opening the store does it; this makes it a step of its own.
import type { Command } from '../command.ts';
import { openStoreBeside } from '../open-store-beside.ts';

export const migrate: Command = {
  name: 'migrate',
  summary: "bring the database to this version's tables",
  usage: 'migrate',
  async run() {
    const store = await openStoreBeside();
    await store.close();
    console.log('The database is up to date.');
    return 0;
  },
};
