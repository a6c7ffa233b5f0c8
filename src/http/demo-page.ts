// The page at `/`: what the line is and how to write to it. Complete without script; the chat takes its place in it when it loads.
// A pure function of what it is given. No script and no style inside, so that the strictest policy holds.
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { PageLanguage } from './page-language.ts';

/** Something that whoever runs the line should know. Shown on the start page. */
export type PageWarning =
  /** Nobody answers when a person is asked for. */
  | { kind: 'unstaffed' }
  /** A channel is off because settings are missing. For the operator's eyes: only on a loopback address. */
  | { kind: 'channel_off'; channel: string; settings: string[] };

export interface DemoPage {
  /** Name of the line. */
  name: string;
  language: PageLanguage;
  /** All languages on offer, in the order of the list. */
  languages: PageLanguage[];
  /** Words of `locales/<tag>/site.json`. */
  texts: Record<string, string>;
  /** Public numbers in E.164; null where there is none. */
  sms: string | null;
  whatsapp: string | null;
  warnings: PageWarning[];
  /** The alert that is pinned now, in the page's language; null where there is none. */
  alert: string | null;
  /** The texts are unreviewed. */
  demonstration: boolean;
}

/** Headers of the demo page. Scripts, styles, letters and connections come from this server and from nowhere else. */
export const DEMO_PAGE_HEADERS: Record<string, string> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'cache-control': 'no-cache',
  vary: 'accept-language',
};

/** The same neutral page as in the chat (src/widget/settings.ts says why). */
const NEUTRAL_PAGE = 'https://www.wikipedia.org/';

/** Writes the whole page as HTML. */
export function renderDemoPage(page: DemoPage): string {
  const { name, language, texts } = page;
  const t = (key: string): string => escape(texts[key] ?? '');
  return `<!doctype html>
<html lang="${escape(language.tag)}" dir="${language.direction}">
<head>
<meta charset="utf-8">
<title>${escape(name)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="description" content="${t('description')}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/site.css">
<script src="/widget.js" data-language="${escape(language.tag)}" data-target="#chat" async></script>
</head>
<body>
<header class="top">
<p>${escape(name)}</p>
<a class="leave" href="${NEUTRAL_PAGE}" rel="noreferrer" title="${t('leave_help')}" data-ventanilla-leave>${t('leave')}</a>
</header>
<nav class="languages" aria-label="${t('languages')}"><ul>${page.languages.map((one) => languageLink(one, language)).join('')}</ul></nav>
<main>
<div>
${page.alert === null ? '' : `<div class="notice"><p><strong>${escape(page.alert)}</strong></p></div>`}
<h1>${t('title')}</h1>
<p>${t('intro')}</p>
${page.demonstration ? notice(t('demonstration_title'), t('demonstration')) : ''}
</div>
<section class="ways" aria-labelledby="ways">
<h2 id="ways">${t('ways')}</h2>
<p class="quiet">${t('chat')}</p>
<div id="chat"></div>
<noscript><p>${t('chat_needs_script')}${(page.sms ?? page.whatsapp) ? ` ${t('chat_other_ways')}` : ''}</p></noscript>
${numbers(page, t)}
<p>${t('person')}</p>
</section>
<section aria-labelledby="know">
${page.warnings.some((warning) => warning.kind === 'unstaffed') ? `<div class="notice"><p>${t('unstaffed')}</p></div>` : ''}
<h2 id="know">${t('good_to_know')}</h2>
<ul>${['free', 'program', 'private', 'delete', 'not_emergency', 'leave_help'].map((key) => `<li>${t(key)}</li>`).join('')}</ul>
${operatorNotes(page, t)}
</section>
</main>
</body>
</html>
`;
}

function languageLink(one: PageLanguage, current: PageLanguage): string {
  const here = one.tag === current.tag ? ' aria-current="true"' : '';
  return `<li><a href="?lang=${encodeURIComponent(one.tag)}" lang="${escape(one.tag)}" hreflang="${escape(one.tag)}" dir="${one.direction}"${here}>${escape(one.name)}</a></li>`;
}

function numbers({ sms, whatsapp }: DemoPage, t: (key: string) => string): string {
  if (sms === null && whatsapp === null) return `<p class="quiet">${t('no_numbers')}</p>`;
  const entry = (label: string, href: string, number: string): string =>
    `<dt>${label}</dt><dd><a class="number" href="${escape(href)}" rel="noreferrer"><bdi dir="ltr">${escape(readable(number))}</bdi></a></dd>`;
  const entries = [
    sms === null ? '' : entry(t('sms'), `sms:${sms}`, sms),
    whatsapp === null ? '' : entry(t('whatsapp'), `https://wa.me/${whatsapp.replace(/\D/g, '')}`, whatsapp),
  ];
  return `<dl>${entries.join('')}</dl>`;
}

/** A number in groups, as people read it aloud. */
function readable(number: string): string {
  return parsePhoneNumberFromString(number)?.formatInternational() ?? number;
}

/** What only whoever runs the line needs to read. */
function operatorNotes({ warnings, language }: DemoPage, t: (key: string) => string): string {
  const off = warnings.filter((warning) => warning.kind === 'channel_off');
  if (off.length === 0) return '';
  const lines = off.map(({ channel, settings }) => {
    const names = settings.map((setting) => `<code dir="ltr">${escape(setting)}</code>`).join(language.direction === 'rtl' ? '، ' : ', ');
    return `<li>${t('channel_off')
      .replace('{{channel}}', () => `<bdi>${escape(channel)}</bdi>`)
      .replace('{{settings}}', () => names)}</li>`;
  });
  return `<h2>${t('operators')}</h2><ul>${lines.join('')}</ul>`;
}

function notice(title: string, text: string): string {
  return `<div class="notice"><h2>${title}</h2><p>${text}</p></div>`;
}

function escape(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
