// Kills its own process at a chosen statement: loaded by `node --import` before a service, told what to do by its parent.
// Counts what better-sqlite3 executes and what pg sends; knows nothing of what the statements mean.
import { createRequire } from 'node:module';
import type Database from 'better-sqlite3';
import type pg from 'pg';

/** `before`: the statement `at` is not executed. `after`: the commit `at` is executed, or PostgreSQL has it and its answer never comes. */
interface Plan {
  at: number;
  when: 'before' | 'after';
}

/** What makes something durable; the key store is written outside transactions. */
const COMMIT = /^(commit|(insert into|delete from|update) "(data_keys|erasures|key_meta)")/i;

const require = createRequire(import.meta.url);
const { KILL_AT: atStart, KILL_WHEN: whenAtStart } = process.env;
let plan: Plan | null = atStart === undefined ? null : { at: Number(atStart), when: whenAtStart === 'after' ? 'after' : 'before' };
const counts = { before: 0, after: 0 };

process.on('message', (message: unknown) => {
  if (typeof message !== 'object' || message === null) return;
  if ('arm' in message) {
    plan = message.arm as Plan | null;
    Object.assign(counts, { before: 0, after: 0 });
    process.send?.({ answer: 'armed' });
  } else if ('count' in message) process.send?.({ answer: counts });
});

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal comes between two instructions: nothing more may happen until then.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
}

/** Counts a statement, and dies before it if this is the one. Returns whether to die after it. */
function reached(sql: string): boolean {
  counts.before += 1;
  if (plan?.when === 'before' && plan.at === counts.before) die();
  if (!COMMIT.test(sql)) return false;
  counts.after += 1;
  return plan?.when === 'after' && plan.at === counts.after;
}

/** Wraps a method that does its work before it returns. */
function wrap(prototype: object, name: string, textOf: (self: unknown, first: unknown) => string): void {
  const methods = prototype as Record<string, (...args: unknown[]) => unknown>;
  const original = methods[name];
  if (!original) return;
  methods[name] = function wrapped(this: unknown, ...args: unknown[]): unknown {
    const last = reached(textOf(this, args[0]));
    const result = original.apply(this, args);
    if (last) die();
    return result;
  };
}

const Sqlite = require('better-sqlite3') as typeof Database;
const database = new Sqlite(':memory:');
wrap(Object.getPrototypeOf(database) as object, 'exec', (_, sql) => String(sql));
const statement = Object.getPrototypeOf(database.prepare('select 1')) as object;
for (const name of ['run', 'all', 'get']) wrap(statement, name, (self) => (self as Database.Statement).source);
database.close();

const { Client } = require('pg') as typeof pg;
const { query } = Client.prototype as unknown as { query(...args: unknown[]): unknown };
Client.prototype.query = function wrapped(this: unknown, ...args: unknown[]): unknown {
  const last = reached(typeof args[0] === 'string' ? args[0] : (args[0] as { text: string }).text);
  const result = query.apply(this, args);
  // What is written to the socket leaves at the end of this turn of the event loop.
  if (last) setImmediate(die);
  return result;
} as typeof Client.prototype.query;
