// Pictures of states of the web chat that a conversation seldom has: waiting in line, a person, offline, failed, erased, blocked.
// The conversation partner is played, so that every state can be had at once. Called by screenshots.ts.
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startWebChat, type Said, type WebChat } from './web-chat.ts';
import { buildWidget, webPages } from './web-pages.ts';

const WORDS = {
  en: {
    limits:
      'Hello. I am a program on a free information line for migrants. We do not ask about your papers. This line is not for emergencies.\n\nMay we keep your messages for 30 days, so that you need not repeat yourself?',
    choices: ['Yes, keep them', 'No, do not keep them', 'Tell me more'],
    question: 'Can I see a doctor without papers?',
    answer:
      'Yes. In an emergency every hospital must see you. For anything else, go to the nearest health centre and ask for the social worker: +34 900 123 456, Monday to Friday from 8:00 to 15:00.\n\nSource: https://example.org/health/access. Checked on 1 November 2026.',
    person: 'I want to talk to a person',
    staff: 'Hello, this is Ana. I have read what you wrote. Which town are you in?',
  },
  ar: {
    limits:
      'مرحبًا. أنا برنامج آلي في خط معلومات مجاني للمهاجرين. لا نسأل عن أوراقك. هذا الخط ليس للطوارئ.\n\nهل يمكننا الاحتفاظ برسائلك \u206630\u2069 يومًا حتى لا تكرر كلامك؟',
    choices: ['نعم، احتفظوا بها', 'لا، لا تحتفظوا بها', 'أخبرني بالمزيد'],
    question: 'هل يمكنني زيارة الطبيب بدون أوراق؟',
    answer:
      'نعم. في حالة الطوارئ يجب على كل مستشفى أن يستقبلك. لغير ذلك اذهب إلى أقرب مركز صحي واسأل عن الأخصائي الاجتماعي: \u2066+34 900 123 456\u2069، من الاثنين إلى الجمعة من \u20668:00\u2069 إلى \u206615:00\u2069.\n\nالمصدر: \u2066https://example.org/health/access\u2069',
    person: 'أريد التحدث إلى شخص',
    staff: 'مرحبًا، أنا آنا. قرأت ما كتبته. في أي مدينة أنت؟',
  },
} as const;
type Tongue = keyof typeof WORDS;

const line = (language: Tongue, text: string, more: Partial<Said> = {}): Said => ({
  text,
  language,
  direction: language === 'ar' ? 'rtl' : 'ltr',
  ...more,
});

/** Takes all pictures of states into a folder. */
export async function takeStates(browser: Browser, folder: string): Promise<void> {
  const chat = await startWebChat({ pages: webPages(await buildWidget()), answer: () => [] });
  try {
    await takeWebsite(browser, chat, folder);
    await takeConversations(browser, chat, folder);
  } finally {
    await chat.close();
  }
}

async function takeConversations(browser: Browser, chat: WebChat, folder: string): Promise<void> {
  for (const language of ['en', 'ar'] as const) {
    for (const width of [1280, 360]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const context = await browser.newContext({
          viewport: { width, height: width === 360 ? 740 : 900 },
          colorScheme,
          locale: language,
          reducedMotion: 'reduce',
        });
        const page = await context.newPage();
        const shot = (name: string): Promise<Buffer> =>
          page.screenshot({ path: path.join(folder, `state-${language}-${width}-${colorScheme}-${name}.png`) });
        await page.goto(`${chat.url}/?lang=${language}`);
        await page.locator('.shut .button').last().waitFor();
        await page.evaluate(() => document.fonts.ready);
        await page.waitForTimeout(900);
        await converse(page, chat, language, shot);
        await context.close();
      }
    }
  }
}

/** The chat on somebody else's website, and the states that a conversation seldom has. */
async function takeWebsite(browser: Browser, chat: WebChat, folder: string): Promise<void> {
  for (const [language, width] of [
    ['en', 1280],
    ['ar', 360],
    ['fr', 360],
  ] as const) {
    const context = await browser.newContext({ viewport: { width, height: 740 }, locale: language, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const shot = (name: string): Promise<Buffer> =>
      page.screenshot({ path: path.join(folder, `website-${language}-${width}-${name}.png`) });
    await page.goto(`${chat.url}/website?lang=${language}`);
    await page.locator('.shut .full').waitFor();
    await page.waitForTimeout(900);
    await shot('0-closed');
    await page.route('**/tokens/generate', (route) => route.abort());
    await page.locator('.shut .full').click();
    await page.locator('.status button:visible').waitFor();
    await shot('1-blocked');
    await page.unroute('**/tokens/generate');
    await page.locator('.status button').click();
    await page.locator('.status.empty').waitFor({ state: 'attached' });
    const storage = await page.evaluate(() => sessionStorage.getItem('ventanilla') ?? '');
    const copy = await context.newPage();
    await copy.addInitScript((saved) => sessionStorage.setItem('ventanilla', saved), storage);
    await copy.goto(`${chat.url}/website?lang=${language}`);
    await page.locator('.status button:visible').waitFor();
    await shot('2-replaced');
    await page.locator('.hide').click();
    await shot('3-hidden');
    await context.close();
  }
}

async function converse(page: Page, chat: WebChat, language: Tongue, shot: (name: string) => Promise<Buffer>): Promise<void> {
  const words = WORDS[language];
  const before = chat.received.length;
  await page.locator('.shut .button').last().click();
  while (chat.received.length === before) await page.waitForTimeout(10);
  const id = chat.received.at(-1)?.from[0]?.value ?? '';
  chat.say(id, line(language, words.limits, { choices: words.choices.map((label, index) => ({ id: `c${index}`, label })) }));
  await page.getByText(words.choices[1]).waitFor();
  await page.getByRole('button', { name: words.choices[1] }).click();
  const write = async (text: string): Promise<void> => {
    await page.locator('textarea').fill(text);
    await page.keyboard.press('Enter');
  };
  await write(words.question);
  await page.waitForTimeout(100);
  chat.say(id, line(language, words.answer));
  await page.waitForTimeout(100);
  await write(words.person);
  chat.setState(id, { owner: 'queue', placeInLine: 2 });
  await page.waitForTimeout(150);
  await shot('1-waiting');
  chat.say(id, line(language, words.staff, { from: 'staff' }));
  chat.setState(id, { owner: 'staff', placeInLine: null });
  await page.waitForTimeout(150);
  await shot('2-person');
  await page.context().setOffline(true);
  await write('Madrid 28012');
  await page.waitForTimeout(150);
  await shot('3-offline');
  await page.context().setOffline(false);
  await page.route('**/activities', (route) => route.fulfill({ status: 400, body: '{}', headers: { 'access-control-allow-origin': '*' } }));
  await page.waitForTimeout(1200);
  await write('+34 600 000 000');
  await page.waitForTimeout(300);
  await shot('4-failed');
  chat.erase(id);
  await page.waitForTimeout(200);
  await shot('5-erased');
}
