import { defineConfig } from 'vite'

/** One page, hashed files beside it; nothing inline, so the strictest content policy can be served with it. */
export default defineConfig({
  resolve: { conditions: ['@fistworks/source', 'module', 'browser', 'production'] },
  build: {
    outDir: 'dist/public',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
