import { defineConfig } from 'tsup'

/** ESM leaves its dependencies to the installer; CommonJS carries them, because they are ESM only. Types come from tsc. */
export default defineConfig([
  {
    entry: ['src/index.ts'],
    format: 'esm',
    outDir: 'dist',
    target: 'es2022',
    platform: 'neutral',
    sourcemap: true,
  },
  {
    entry: ['src/index.ts'],
    format: 'cjs',
    outDir: 'dist/cjs',
    target: 'es2022',
    platform: 'neutral',
    sourcemap: true,
    noExternal: [/./],
    outExtension: () => ({ js: '.js' }),
    esbuildOptions(options) {
      options.conditions = ['@fistworks/source', 'module', 'import']
    },
  },
])
