// Whether a name is a time zone that this machine can reckon with. Called by the checks of settings and places.

/** True for an IANA name such as Europe/Madrid. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
