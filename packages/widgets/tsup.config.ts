import { defineConfig } from 'tsup'
import { ownTrustedTypesPolicy } from '../../tools/own-trusted-types-policy.ts'

/** Modules for bundlers, one entry per element; and one file that registers every element, for a plain script tag. */
export default defineConfig([
  {
    entry: ['src/index.ts', 'src/elements/*/fist-*.ts', '!src/**/*.test.ts', '!src/**/*.styles.ts'],
    format: 'esm',
    outDir: 'dist',
    target: 'es2022',
    platform: 'browser',
    splitting: true,
    sourcemap: true,
  },
  {
    entry: { fistworks: 'src/index.ts' },
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
