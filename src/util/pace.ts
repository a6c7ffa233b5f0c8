// Long work in the thread that also serves people: between two steps of it, others get their turn. Used where a release is taken up.

/** After so long (ms) a pause is due; a step that takes longer is not cut in two. */
const PAUSE_AFTER_MS = 5;
/** So long (ms) others have the thread: a person's message takes several rounds of the event loop. */
const PAUSE_MS = 2;

/** Begins to count. What it gives is waited for between steps: it pauses where the last pause is some milliseconds ago. */
export function createPace(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < PAUSE_AFTER_MS) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    last = performance.now();
  };
}

/** Runs steps to their end, with pauses between them. */
export async function runPaced<T>(steps: Generator<void, T>): Promise<T> {
  const pace = createPace();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await pace();
  }
}

/** Runs steps to their end at once. */
export function runAtOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
