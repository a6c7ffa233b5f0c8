// Ids of new answers and the file that they go into. Used where an answer or its local version is added. Pure.

const MAX_ID = 31;

/** `HEA.PRI` → `HEAPRI1`, or the next number that is free. */
export function newAnswerId(topic: string, taken: ReadonlySet<string>): string {
  return numbered(topic.replaceAll('.', ''), taken, 1);
}

/** The general entry with the end of the place's code, as `Q42` and Barcelona make `Q42BCN`; numbered where that is taken. */
export function localAnswerId(general: string, locality: string, taken: ReadonlySet<string>): string {
  const end = locality.split('-').at(-1)?.replace('*', 'ALL') ?? '';
  const id = `${general.slice(0, MAX_ID - end.length)}${end}`;
  return taken.has(id) ? numbered(id, taken, 2) : id;
}

function numbered(start: string, taken: ReadonlySet<string>, first: number): string {
  for (let number = first; ; number += 1) {
    const end = String(number);
    const id = `${start.slice(0, MAX_ID - end.length)}${end}`;
    if (!taken.has(id)) return id;
  }
}

/** Where most answers of the topic stand, else most of its area; a new file, named after the area, where there is none yet. */
export function fileOfNewAnswer(topic: string, existing: readonly { file: string; topic: string }[]): string {
  const area = topic.split('.')[0] ?? topic;
  const sameTopic = existing.filter((one) => one.topic === topic);
  const sameArea = existing.filter((one) => one.topic.split('.')[0] === area);
  const counts = new Map<string, number>();
  for (const { file } of sameTopic.length > 0 ? sameTopic : sameArea) counts.set(file, (counts.get(file) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? `flows/answers/${area.toLowerCase()}.yaml`;
}
