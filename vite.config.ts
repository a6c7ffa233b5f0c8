// Builds the web chat into dist/widget: one script without dependencies, and the letters that a device may lack.
// Run by the bootstrap whenever src/widget or this file changed.
import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { SCRIPT_FONTS } from './src/widget/fonts.ts';

const outDir = 'dist/widget';

const copyFonts: Plugin = {
  name: 'copy-fonts',
  writeBundle({ dir }) {
    const folder = path.join(dir ?? outDir, 'fonts');
    mkdirSync(folder, { recursive: true });
    const { resolve } = createRequire(import.meta.url);
    for (const { source, file } of SCRIPT_FONTS) copyFileSync(resolve(source), path.join(folder, file));
  },
};

export default defineConfig({
  publicDir: false,
  build: {
    outDir,
    target: 'es2020',
    reportCompressedSize: false,
    lib: { entry: 'src/widget/widget.ts', formats: ['iife'], name: 'VentanillaWidget', fileName: () => 'widget.js' },
  },
  plugins: [copyFonts],
});
