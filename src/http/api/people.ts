// Who works here, as handlers need them: names, shifts, load. Read at most a few times a second, however many consoles ask.
// Used by the files of cases; what it holds is forgotten as soon as somebody changes it.
import type { Colleague } from '../../desk/routing.ts';
import { colleaguesOf, loadRoster, type Roster } from '../../runtime/desk/roster.ts';
import { DESK_CHANGED } from '../../store/desk-changes.ts';
import { listStaff } from '../../store/staff.ts';
import type { ApiParts } from './handler.ts';

const FRESH_MS = 500;

export interface People {
  roster: Roster;
  colleagues: readonly Colleague[];
  /** The name that staff know somebody by. */
  alias(id: string): string;
}

const known = new WeakMap<object, { at: number; people: Promise<People> }>();
const listening = new WeakSet<object>();

/** Everybody, as of a moment ago. */
export function peopleOf(parts: Pick<ApiParts, 'store' | 'services' | 'now'>): Promise<People> {
  const { services } = parts;
  if (!listening.has(services)) {
    listening.add(services);
    services.hub.listen(DESK_CHANGED, () => known.delete(services));
  }
  const found = known.get(services);
  if (found && performance.now() - found.at < FRESH_MS) return found.people;
  const people = read(parts);
  known.set(services, { at: performance.now(), people });
  people.catch(() => known.delete(services));
  return people;
}

function read({ store, services, now }: Pick<ApiParts, 'store' | 'services' | 'now'>): Promise<People> {
  return store.read(async (reader) => {
    const roster = await loadRoster(reader, services);
    const names = new Map((await listStaff(reader)).map(({ id, alias }) => [id, alias]));
    return { roster, colleagues: await colleaguesOf(reader, roster, now()), alias: (id) => names.get(id) ?? nameOfOther(id) };
  });
}

/** Whoever has no account here. */
function nameOfOther(id: string): string {
  if (id.startsWith('slack:')) return 'Slack';
  return id.startsWith('token:') ? 'Program' : '—';
}
