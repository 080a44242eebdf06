import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { ownTrustedTypesPolicy } from './own-trusted-types-policy.ts'
import { root } from './workspace.ts'

/** What a browser pays for a part of FISTWorks, and the most it may pay. */
export interface Budget {
  name: string
  /** What a page would write to use that part. */
  code: string
  maxKilobytes: number
}

export const budgets: readonly Budget[] = [
  {
    name: 'nacha: isRoutingNumber alone',
    code: `export { isRoutingNumber } from './packages/nacha/src/index.ts'`,
    maxKilobytes: 0.3,
  },
  {
    name: 'nacha: validateFile alone',
    code: `export { validateFile } from './packages/nacha/src/index.ts'`,
    maxKilobytes: 25,
  },
  {
    name: 'sdk: what components speak through',
    code: `export { ComponentClient } from './packages/sdk/src/index.ts'`,
    maxKilobytes: 15,
  },
  // With every operation, those of back ends and of the portal's own pages too.
  { name: 'sdk: everything', code: `export { FISTWorks } from './packages/sdk/src/index.ts'`, maxKilobytes: 19 },
  {
    name: 'widgets: fist-recipients',
    code: `import './packages/widgets/src/register/fist-recipients.ts'`,
    maxKilobytes: 35,
  },
  {
    name: 'widgets: fist-frame',
    code: `import './packages/widgets/src/register/fist-frame.ts'`,
    maxKilobytes: 3.5,
  },
  {
    name: 'widgets: everything',
    code: `export * from './packages/widgets/src/register/fistworks.ts'`,
    maxKilobytes: 90,
  },
]

/** The size of a bundle of `code` with all it needs, minified and gzipped, in kB of 1000 bytes. */
export async function kilobytes(code: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    conditions: ['@fistworks/source', 'production', 'browser', 'module', 'import'],
    plugins: [ownTrustedTypesPolicy],
    logLevel: 'silent',
  })
  const bytes = outputFiles.reduce((sum, file) => sum + gzipSync(file.contents, { level: 9 }).byteLength, 0)
  return bytes / 1000
}
