// Brings a script's letters only to a device that has none, after a text in that script has come. Served by our own server.
// A script more: one entry here, its package in package.json; vite.config.ts copies the file.

export interface ScriptFont {
  /** ISO 15924 code. */
  script: string;
  /** A letter that a font for the script must have. */
  sample: string;
  letters: RegExp;
  /** File under /fonts/. */
  file: string;
  /** Where the file comes from, for the build. */
  source: string;
  unicodeRange: string;
}

/** Family of these fonts. They hold nothing but the letters of their scripts, so they may stand first in a stack. */
export const FONT_FAMILY = 'Ventanilla Noto';

export const SCRIPT_FONTS: ScriptFont[] = [
  {
    script: 'Arab',
    sample: 'ب',
    letters: /[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]/,
    file: 'noto-sans-arabic.woff2',
    source: '@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-400-normal.woff2',
    unicodeRange: 'U+0600-06FF, U+0750-077F, U+0870-08FF, U+200C-200E, U+FB50-FDFF, U+FE70-FEFC',
  },
];

/** No font has this one: what it looks like is what a missing letter looks like. */
const NONCHARACTER = '\u{10FFFF}';
const seen = new Set<string>();

/**
 * Makes sure that the letters of a text can be read. Each script is looked at once a page.
 * @param onLoaded the letters are here: put FONT_FAMILY first, so that what was drawn without them is drawn again
 */
export function ensureFonts(text: string, base: string, onLoaded: () => void): void {
  for (const font of SCRIPT_FONTS) {
    if (seen.has(font.script) || !font.letters.test(text)) continue;
    seen.add(font.script);
    if (typeof FontFace === 'undefined' || !isMissing(font.sample)) continue;
    const face = new FontFace(FONT_FAMILY, `url(${base}fonts/${font.file})`, { unicodeRange: font.unicodeRange });
    void load(face, onLoaded).catch(() => seen.delete(font.script));
  }
}

async function load(face: FontFace, onLoaded: () => void): Promise<void> {
  document.fonts.add(await face.load());
  onLoaded();
}

function isMissing(letter: string): boolean {
  const drawn = draw(letter);
  return drawn !== null && drawn === draw(NONCHARACTER);
}

function draw(letter: string): string | null {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 32;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  context.font = '24px sans-serif';
  context.fillText(letter, 4, 26);
  return context.getImageData(0, 0, 32, 32).data.join();
}
