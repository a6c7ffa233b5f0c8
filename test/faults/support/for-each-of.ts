// Does something for each of a list, so many at the same time. For loads that must not start all at once.

/** Resolves when all are done; the first that fails fails the whole. */
export async function forEachOf<T>(list: readonly T[], atOnce: number, work: (item: T, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(atOnce, list.length) }, async () => {
      while (next < list.length) {
        const index = next++;
        await work(list[index] as T, index);
      }
    }),
  );
}
