// The web chat that a website embeds with one line: <script src="https://…/widget.js" data-language="es" async></script>
// Starts the chat in a shadow root of its own, so that page and chat cannot disturb each other. Asks no third party for anything.
// Attributes: data-language, data-leave-url, data-target (see settings.ts). Elements of the page with `data-ventanilla-open` or
// `data-ventanilla-leave` open the chat or leave quickly when they are pressed.
import { createChat } from './chat.ts';
import { openMemory } from './memory.ts';
import { readSettings, type WidgetSettings } from './settings.ts';
import { addStyle } from './style.ts';
import { loadTexts } from './texts.ts';

const MAX_WAIT_MS = 30_000;

async function start(settings: WidgetSettings): Promise<void> {
  const memory = openMemory();
  const wished = [memory.read().language ?? '', ...settings.languages].filter((tag) => tag !== '');
  let file = await loadTexts(settings.base, wished);
  for (let wait = 1000; file === null; wait = Math.min(MAX_WAIT_MS, wait * 2)) {
    await new Promise((done) => setTimeout(done, wait));
    file = await loadTexts(settings.base, wished);
  }
  const chat = createChat(settings, file, memory);
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  addStyle(root);
  root.append(chat.element);
  (settings.target ?? document.body).append(host);
  document.addEventListener('click', (event) => {
    const pressed = event.target instanceof Element ? event.target.closest('[data-ventanilla-open], [data-ventanilla-leave]') : null;
    if (pressed === null) return;
    event.preventDefault();
    if (pressed.hasAttribute('data-ventanilla-leave')) chat.leave();
    else chat.open();
  });
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  const begin = (): void => void start(readSettings(script));
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
  else begin();
}
