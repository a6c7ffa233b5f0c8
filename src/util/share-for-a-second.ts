// Lets many who ask the same at once share one answer, for a second. Used by runtime/service.ts for what costs a write to find out.

const FRESH_MS = 1000;

/** `ask`, asked once a second at most. Must not fail. */
export function shareForASecond<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  let askedAt = 0;
  return () => {
    if (answer === null || performance.now() - askedAt >= FRESH_MS) {
      askedAt = performance.now();
      answer = ask();
    }
    return answer;
  };
}
