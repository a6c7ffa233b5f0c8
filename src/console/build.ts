// How Vite builds the console: hashed files without inline script or style, so that the strictest policy holds. Used by vite.config.ts.
// Not part of the page itself.
import path from 'node:path';
import type { Plugin, UserConfig } from 'vite';

/** Languages whose own words the component library keeps; its other thirty stay out of the page. */
const LIBRARY_LOCALES = /[\\/](?:en-US|es-ES|fr-FR|ar-AE)\.[cm]?js$/;
const LIBRARY_WORDS =
  /[\\/]node_modules[\\/](?:react-aria|react-stately|react-aria-components|@react-[a-z]+[\\/][a-z-]+)[\\/].*[\\/][a-z]{2}-[A-Z]{2}\.[cm]?js$/;

const fewerLanguages: Plugin = {
  name: 'fewer-languages',
  enforce: 'pre',
  load: (id) => (LIBRARY_WORDS.test(id) && !LIBRARY_LOCALES.test(id) ? 'export default {};' : null),
};

/** Vite's settings for the console of the project in `folder`. */
export function consoleBuild(folder: string): UserConfig {
  return {
    root: path.join(folder, 'src/console'),
    base: '/console/',
    publicDir: false,
    // Tests build it too, and must build what people get.
    define: { 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { runtime: 'automatic', development: false } },
    build: {
      outDir: path.join(folder, 'dist/console'),
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: {
        // Libraries mark files for React's server; here all of it runs in a browser.
        onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)),
      },
    },
    plugins: [fewerLanguages],
  };
}
