// Progress of long work, on standard error: a line that is written over in a terminal, and nothing elsewhere.

/** Shows how far it is, a few times a second. `done()` ends the line. */
export function progressLine(): { show(text: string): void; done(): void } {
  const { stderr } = process;
  let shownAt = 0;
  let shown = false;
  return {
    show(text) {
      if (!stderr.isTTY || performance.now() - shownAt < 200) return;
      shownAt = performance.now();
      shown = true;
      stderr.write(`\r\u001B[K${text}`);
    },
    done() {
      if (shown) stderr.write('\r\u001B[K');
    },
  };
}
