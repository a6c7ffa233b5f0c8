// Builds what runs in browsers: the web chat into dist/widget (one script without dependencies, and the letters that a device may lack),
// and with `--mode console` the staff's console into dist/console (src/console/build.ts).
// Run by the bootstrap whenever their sources or this file changed.
import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { consoleBuild } from './src/console/build.ts';
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

const widgetBuild: UserConfig = {
  publicDir: false,
  build: {
    outDir,
    target: 'es2020',
    reportCompressedSize: false,
    lib: { entry: 'src/widget/widget.ts', formats: ['iife'], name: 'VentanillaWidget', fileName: () => 'widget.js' },
  },
  plugins: [copyFonts],
};

export default defineConfig(({ mode }) => (mode === 'console' ? consoleBuild(import.meta.dirname) : widgetBuild));
