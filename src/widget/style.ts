// The widget's look, as one sheet for its shadow root: colours and sizes of the design, light and dark, nothing from the page.
// Logical properties only, so that right-to-left needs no second sheet. Text is 16 px at least and meets contrast AAA.
import { FONT_FAMILY } from './fonts.ts';

export const STYLE = `
:host{all:initial;display:block}
*,*::before,*::after{box-sizing:border-box}
[hidden]{display:none!important}
.root{
  --accent:#0b5f5a;--on-accent:#fff;--head:#0b5f5a;--on-head:#fff;--page:#fff;--text:#1c1f1f;--quiet:#454b4b;--line:#6b7473;
  --service:#edf3f2;--own:#f3e8d3;--alert:#7a1f12;--alert-page:#fdeeea;
  font:400 1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Open Sans",sans-serif;
  font-size:max(16px,1rem);color:var(--text);text-align:start
}
.root.letters{font-family:"${FONT_FAMILY}",system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Open Sans",sans-serif}
@media (prefers-color-scheme:dark){.root{
  --accent:#8ad6ce;--on-accent:#06211f;--head:#0a4a46;--on-head:#fff;--page:#141919;--text:#f1f4f3;--quiet:#c6cdcb;--line:#8b9694;
  --service:#22302f;--own:#40382a;--alert:#ffc2b5;--alert-page:#3a1d17
}}
button,select,textarea{font:inherit;color:inherit;letter-spacing:inherit}
button{cursor:pointer}
:focus-visible{outline:3px solid var(--focus,var(--accent));outline-offset:2px}
.button{
  min-block-size:44px;min-inline-size:44px;padding:8px 14px;border:2px solid var(--accent);border-radius:8px;
  background:var(--page);color:var(--accent);text-align:start;font-weight:600
}
.button.full{background:var(--accent);color:var(--on-accent);text-align:center}
.float{position:fixed;inset-block-end:16px;inset-inline-end:16px;z-index:2147483000;display:flex;gap:8px;flex-wrap:wrap;justify-content:end}
.inline .shut{display:flex;gap:12px;flex-wrap:wrap}
.panel{display:flex;flex-direction:column;background:var(--page);border:2px solid var(--accent);border-radius:12px;overflow:hidden}
.inline .panel{block-size:min(700px,88vh);scroll-margin-block:8px}
.floating .panel{
  position:fixed;inset-block-end:16px;inset-inline-end:16px;z-index:2147483000;
  inline-size:min(420px,calc(100vw - 32px));block-size:min(720px,calc(100vh - 32px))
}
@media (max-width:520px){
  .root .panel{
    position:fixed;inset:0;z-index:2147483000;inline-size:auto;block-size:100vh;block-size:var(--seen-height,100dvh);
    inset-block-end:auto;border:0;border-radius:0
  }
}
.head{display:grid;grid-template-columns:1fr auto;gap:8px;align-items:center;padding:8px 12px;background:var(--head);color:var(--on-head);--focus:var(--on-head)}
.head h2{margin:0;font-size:1.125em;font-weight:600;line-height:1.3}
.head .button,.head select{border:2px solid var(--on-head);background:var(--head);color:var(--on-head);font-weight:600;padding:6px 10px}
.head .leave{background:var(--on-head);color:#0b5f5a}
.head select{min-block-size:44px;border-radius:8px;max-inline-size:11em;justify-self:start}
.head .hide{justify-self:end}
.head option{background:var(--page);color:var(--text)}
.log{flex:1;overflow-y:auto;overscroll-behavior:contain;padding:12px;display:flex;flex-direction:column;gap:12px;--focus:var(--accent)}
.log:focus-visible{outline-offset:-3px}
.hint{margin:0;color:var(--quiet)}
.line{max-inline-size:min(60ch,90%);align-self:flex-start}
.line.person{align-self:flex-end}
.who{margin:0 0 2px;color:var(--quiet)}
.bubble{
  padding:10px 14px;border-radius:12px;border-start-start-radius:2px;background:var(--service);
  white-space:pre-wrap;overflow-wrap:anywhere;text-align:start;inline-size:fit-content;max-inline-size:100%
}
.person .bubble{background:var(--own);border-start-start-radius:12px;border-start-end-radius:2px;margin-inline-start:auto}
.staff .bubble{background:var(--page);border:2px solid var(--accent)}
.staff .who{color:var(--accent);font-weight:600}
.bubble a[href^=tel]{white-space:nowrap}
.bubble a{color:inherit;text-decoration:underline;text-underline-offset:3px}
.choices{display:flex;flex-wrap:wrap;gap:8px;margin-block-start:8px}
.choices .button{max-inline-size:100%}
.choices .button[aria-disabled=true]{cursor:default;border:1px solid var(--line);color:var(--text);font-weight:400}
.choices .button.chosen{border:2px solid var(--accent);background:var(--own);font-weight:600}
.mark{margin-inline-end:8px}
.sent{margin:2px 0 0;color:var(--quiet);text-align:end}
.person>.button{display:block;margin-inline-start:auto;margin-block-start:4px}
.failed .sent{color:var(--alert);font-weight:600}
.status{display:flex;flex-wrap:wrap;gap:8px;align-items:center;padding:8px 12px;border-block-start:1px solid var(--line);color:var(--text)}
.status.empty{padding:0;border:0}
.status p{margin:0;flex:1 1 15em}
.status.alert{background:var(--alert-page);color:var(--alert)}
.write{display:flex;gap:8px;align-items:flex-end;padding:8px 12px 12px;border-block-start:1px solid var(--line)}
.write textarea{
  flex:1;min-inline-size:0;min-block-size:48px;max-block-size:8em;padding:10px 12px;resize:none;overflow-y:auto;line-height:1.5;
  border:2px solid var(--line);border-radius:8px;background:var(--page);color:var(--text)
}
.write textarea::placeholder{color:var(--quiet);opacity:1}
.write .button{min-block-size:48px}
.write .clip{padding:0 8px}
.attach{display:flex}
.clip svg{display:block}
.unseen{position:absolute;inline-size:1px;block-size:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (prefers-reduced-motion:no-preference){.line{animation:come .18s ease-out}@keyframes come{from{opacity:0}}}
@media (forced-colors:active){.bubble,.button{border:2px solid}}
`;

/** Dresses a shadow root. Constructed sheets pass a strict style-src; older browsers get a style element. */
export function addStyle(root: ShadowRoot): void {
  if ('adoptedStyleSheets' in root && typeof CSSStyleSheet.prototype.replaceSync === 'function') {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    return;
  }
  const style = document.createElement('style');
  style.textContent = STYLE;
  root.append(style);
}
