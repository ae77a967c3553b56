import { defineConfig } from 'vitest/config';

// The output lies among the module's classes, so that the jar carries it as the resource folder `web/`.
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'target/classes/web',
    emptyOutDir: true,
    target: ['chrome123', 'firefox125', 'safari17.5'],
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What of others is in the bundle, with their licences, goes with it.
    license: { fileName: 'licences.txt' },
  },
  server: {
    proxy: { '/api': { target: 'http://127.0.0.1:8080', ws: true } },
  },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
});
