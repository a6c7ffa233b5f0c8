// An instant in the middle of a local day, to show the day by. Used wherever days of content are shown.

/** `2027-05-21` → noon of that day, here. */
export function noonOf(day: string): number {
  return Date.parse(`${day}T12:00`);
}
