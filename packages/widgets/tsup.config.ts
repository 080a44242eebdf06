import { defineConfig } from 'tsup'
import { ownTrustedTypesPolicy } from '../../tools/own-trusted-types-policy.ts'

/** Modules for bundlers: the classes, and one entry per element that registers it; and one file with all, for a script tag. */
export default defineConfig([
  {
    entry: ['src/index.ts', 'src/register/*.ts'],
    format: 'esm',
    outDir: 'dist',
    target: 'es2022',
    platform: 'browser',
    splitting: true,
    sourcemap: true,
  },
  {
    entry: {
      fistworks: 'src/register/fistworks.ts',
      'fist-frame': 'src/register/fist-frame.ts',
      frame: 'src/frame/frame-page.ts',
    },
    splitting: false,
    format: 'esm',
    outDir: 'dist/browser',
    target: 'es2022',
    platform: 'browser',
    minify: true,
    sourcemap: true,
    noExternal: [/./],
    esbuildPlugins: [ownTrustedTypesPolicy],
    esbuildOptions(options) {
      options.conditions = ['@fistworks/source', 'production', 'browser', 'module', 'import']
    },
  },
])
