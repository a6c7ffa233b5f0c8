// Waits for what must happen sooner or later, and no longer than is fair.

const LOOK_MS = 20;

/** Resolves with true once `condition` holds, and with false when it does not within `ms`. */
export async function untilTrue(condition: () => boolean | Promise<boolean>, ms: number): Promise<boolean> {
  const until = performance.now() + ms;
  while (!(await condition())) {
    if (performance.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return true;
}
