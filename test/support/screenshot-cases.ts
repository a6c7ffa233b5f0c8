// Pictures of an open case and what lies over it: a note half written, ready replies, passing on, closing, and a phone's side panel.
// Called by screenshot-console.ts with a page at that case, which is in its reader's hands.
import type { Page } from 'playwright-core';

/** Takes them, each from the state that the one before has left. */
export async function takeCase(page: Page, width: number, shoot: (page: Page, name: string) => Promise<void>): Promise<void> {
  const field = page.locator('.composer textarea');
  await shoot(page, 'case');
  await page.keyboard.press('/');
  await page.locator('.offers').waitFor();
  await shoot(page, 'case-ready-replies');
  await field.fill('');
  await field.press('Escape');
  await page.keyboard.press('n');
  await field.fill('Ojo: tiene cita el lunes.');
  await shoot(page, 'case-note');
  await field.fill('');
  await field.press('Escape');
  for (const [key, name] of [
    ['t', 'transfer'],
    ['e', 'close'],
  ] as const) {
    await page.keyboard.press(key);
    await page.getByRole('dialog').waitFor();
    await shoot(page, `case-${name}`);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  if (width >= 720) return;
  await page.locator('.panel-link').click();
  await page.locator('.panel').waitFor();
  await shoot(page, 'case-panel');
}
