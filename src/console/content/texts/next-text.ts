// Goes from one field of the grid to the next below it in the same language; leaving the field saves it. Used by texts-page.tsx.

export function focusNextText(): void {
  const here = document.activeElement;
  if (!(here instanceof HTMLTextAreaElement)) return;
  const fields = [...document.querySelectorAll<HTMLTextAreaElement>('.texts-grid textarea')].filter(({ lang }) => lang === here.lang);
  const next = fields[fields.indexOf(here) + 1];
  if (next === undefined) here.blur();
  else next.focus();
}
