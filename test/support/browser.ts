// A real Chromium for tests, from npm alone: unpacked once into node_modules/.cache, safe when several tests start at once.
// Its only font is a Latin one, the same on every machine: a script that shows has been brought by the page itself.
import { spawnSync } from 'node:child_process';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { chromium, type Browser } from 'playwright-core';

const FONT_SETTINGS = 'ventanilla-fonts.conf';
const cache = path.resolve(import.meta.dirname, '../../node_modules/.cache');

/** Unpacks Chromium where it is not yet, and returns its folder. */
async function unpackChromium(): Promise<string> {
  const main = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const home = path.join(path.dirname(main), '..');
  const { version } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')) as { version: string };
  const folder = path.join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  // Everybody unpacks into a folder of their own; the first rename wins and the others throw theirs away.
  const own = mkdtempSync(path.join(cache, 'chromium-unpacking-'));
  await unpackTo(path.join(home, 'bin/chromium.br'), path.join(own, 'chromium'));
  for (const name of ['al2023', 'fonts']) {
    const tar = path.join(own, `${name}.tar`);
    await unpackTo(path.join(home, `bin/${name}.tar.br`), tar);
    const done = spawnSync('tar', ['xf', tar, '-C', own]);
    if (done.status !== 0) throw new Error(`tar could not unpack ${name} of @sparticuz/chromium`);
    rmSync(tar);
  }
  writeFileSync(path.join(own, FONT_SETTINGS), fontSettings(folder));
  try {
    renameSync(own, folder);
  } catch {
    rmSync(own, { recursive: true, force: true });
  }
  return folder;
}

async function unpackTo(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress({ chunkSize: 1 << 21 }), createWriteStream(to, { mode: 0o755 }));
}

/** Fonts of the machine stay out, so that pages look the same everywhere. */
function fontSettings(folder: string): string {
  const places = `<dir>${folder}/fonts</dir><cachedir>${folder}/fontconfig</cachedir>`;
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${places}</fontconfig>`;
}

/** Starts a headless Chromium. Close it when done. */
export async function launchBrowser(): Promise<Browser> {
  const folder = await unpackChromium();
  return chromium.launch({
    executablePath: path.join(folder, 'chromium'),
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb'],
    env: {
      ...(process.env as Record<string, string>),
      LD_LIBRARY_PATH: path.join(folder, 'lib'),
      FONTCONFIG_FILE: path.join(folder, FONT_SETTINGS),
    },
  });
}
