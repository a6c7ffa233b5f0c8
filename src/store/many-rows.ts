// Turns a compiled statement for one set of values into one for any number of sets, which arrive as arrays (PostgreSQL).
// Used by statement.ts for hot statements that many turns run at the same moment: a round trip and a plan for all of them.
// Knows the shapes that Kysely compiles such statements to, and refuses any other.

/** Type of a value in an array. */
export type ValueType = 'text' | 'bigint' | 'bytea';

/** The same statement for many sets of values. */
export interface ManyRows {
  /** Its n-th parameter is the array of the n-th of `names`. */
  sql: string;
  names: readonly string[];
  /** How rows find back to the set of values that they belong to. */
  tell: 'by position' | 'by key' | 'all';
  /** It changes nothing. */
  reads: boolean;
}

/** Column that holds the position of a set of values, from 1. */
export const POSITION = 'position_';

/** One compiled parameter: the name of a value, or a constant of the statement. */
export type Slot = { name: string } | { constant: unknown };

/**
 * Rewrites a statement.
 * @param types of every value by its name
 * @param key names of the values by which an insert that may do nothing tells whose row it was
 */
export function toManyRows(
  sql: string,
  slots: readonly Slot[],
  types: Readonly<Record<string, ValueType>>,
  key: readonly string[],
): ManyRows {
  const names = Object.keys(types);
  const column = (name: string): string => {
    if (!names.includes(name)) throw new Error(`No type for the value ${name}: ${sql}`);
    return `sets.v${names.indexOf(name) + 1}`;
  };
  const body = sql.replaceAll(/\$(\d+)/g, (_, number: string) => {
    const slot = slots[Number(number) - 1];
    if (!slot) throw new Error(`No value for $${number}: ${sql}`);
    return 'name' in slot ? column(slot.name) : literal(slot.constant);
  });
  const arrays = names.map((name, index) => `$${index + 1}::${types[name]}[]`).join(', ');
  const sets = `unnest(${arrays}) with ordinality as sets(${names.map((_, index) => `v${index + 1}`).join(', ')}, ${POSITION})`;
  if (body.startsWith('select ')) {
    return {
      sql: `select sets.${POSITION}, found.* from ${sets} cross join lateral (${body}) as found`,
      names,
      tell: 'by position',
      reads: true,
    };
  }
  const insert = /^insert into ("\w+") \(([^)]+)\) values \((.+?)\)( on conflict .+)?$/.exec(body);
  if (insert) {
    const [, table, columns = '', values = '', conflict = ''] = insert;
    const head = `insert into ${table} (${columns}) select ${values} from ${sets} order by sets.${POSITION}${conflict}`;
    if (!conflict.endsWith('do nothing')) return { sql: head, names, tell: 'all', reads: false };
    const given = values.split(', ');
    const keyColumns = key.map((name) => `${columns.split(', ')[given.indexOf(column(name))]} as "${name}"`);
    return { sql: `${head} returning ${keyColumns.join(', ')}`, names, tell: 'by key', reads: false };
  }
  const change = /^(update "\w+" set .+?|delete from "\w+") where (.+?)(?: returning (.+))?$/.exec(body);
  if (!change) throw new Error(`No form for many rows: ${sql}`);
  const [, head = '', where, returning] = change;
  const more = returning === undefined ? '' : `, ${returning}`;
  const from = head.startsWith('update') ? 'from' : 'using';
  return { sql: `${head} ${from} ${sets} where ${where} returning sets.${POSITION}${more}`, names, tell: 'by position', reads: false };
}

/** Constants stand in our own source. */
function literal(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (value === null) return 'null';
  if (typeof value === 'string' && /^[\w ]*$/.test(value)) return `'${value}'`;
  throw new Error('A statement for many rows has a constant that cannot be written out.');
}
