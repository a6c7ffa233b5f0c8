// Which addresses only this machine can reach. Used by the files of this folder; pure.

/** True for URLs that only this machine can reach. */
export function isLoopback(url: string): boolean {
  return /^https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?(\/|$)/i.test(url);
}
