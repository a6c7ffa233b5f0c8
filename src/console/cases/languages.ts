// Languages by their own names, as the people who speak them write them. Used by lists and headers of cases.

const names = new Map<string, string>();

/** `ar` → `العربية`; the tag where the browser does not know it. */
export function nativeName(tag: string): string {
  let name = names.get(tag);
  if (name === undefined) {
    try {
      name = new Intl.DisplayNames([tag], { type: 'language', fallback: 'code' }).of(tag) ?? tag;
    } catch {
      name = tag;
    }
    names.set(tag, name);
  }
  return name;
}
