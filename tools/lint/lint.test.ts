import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Snippet {
  path: string
  code: string
}
interface Bad extends Snippet {
  rule: string
}

const imported = (path: string, module: string): Bad => ({
  path,
  code: `export * from '${module}'`,
  rule: 'fistworks(imports)',
})

const bad: Bad[] = [
  imported('packages/nacha/src/a.ts', 'zod/mini'),
  imported('packages/nacha/src/b.ts', 'node:fs'),
  imported('packages/contract/src/a.ts', 'hono'),
  imported('packages/contract/src/b.ts', 'zod'),
  imported('packages/sdk/src/resources/a.ts', 'ky'),
  imported('packages/sdk/src/http.ts', 'node:http'),
  imported('packages/sdk/src/b.ts', '@fistworks/server'),
  imported('packages/widgets/src/a.ts', '@fistworks/server'),
  imported('packages/widgets/src/b.ts', 'ky'),
  imported('packages/widgets/src/c.ts', '@azure/msal-browser'),
  imported('packages/portal/src/pages/a.ts', '@azure/msal-browser'),
  imported('packages/server/src/recipients/routes.ts', 'drizzle-orm'),
  imported('packages/server/src/returns/routes.ts', './table.ts'),
  imported('packages/server/src/submissions/routes.ts', '../banks/bank.ts'),
  imported('packages/server/src/bank-accounts/routes.ts', '../vault/vault.ts'),
  imported('packages/server/src/recipients/service.ts', 'hono'),
  imported('packages/server/src/returns/service.ts', 'drizzle-orm/sqlite-core'),
  imported('packages/server/src/submissions/service.ts', 'ssh2'),
  imported('packages/server/src/bank-accounts/service.ts', 'node:crypto'),
  imported('packages/server/src/recipients/store.ts', 'hono'),
  imported('packages/server/src/returns/store.ts', './service.ts'),
  imported('packages/server/src/banks/sftp-bank.ts', 'hono'),
  imported('packages/server/src/vault/azure-key-vault.ts', 'drizzle-orm'),
  imported('packages/server/src/banks/other-bank.ts', '../recipients/store.ts'),
  imported('packages/server/src/jobs/a.ts', '@libsql/client'),
  imported('packages/server/src/jobs/b.ts', 'drizzle-orm/libsql'),
  imported('packages/server/src/app.ts', '@fistworks/sdk'),
  {
    path: 'packages/server/src/c/service.ts',
    code: 'export const a = process.env',
    rule: 'eslint(no-restricted-globals)',
  },
  {
    path: 'packages/server/src/d/service.ts',
    code: 'export const a = new Date()',
    rule: 'fistworks(no-clock)',
  },
  {
    path: 'packages/server/src/e.ts',
    code: 'export const a = (v: string) => sql.raw(v)',
    rule: 'fistworks(no-raw-sql)',
  },
  { path: 'packages/server/src/f.ts', code: 'export const a = sql.raw(`x ${b}`)', rule: 'fistworks(no-raw-sql)' },
  { path: 'packages/contract/src/c.ts', code: `import { z } from 'zod/mini'; z()`, rule: 'fistworks(no-named-zod)' },
  { path: 'packages/nacha/src/c.ts', code: 'export const a = new Date()', rule: 'fistworks(no-clock)' },
  { path: 'packages/contract/src/d.ts', code: 'export const a = Math.random()', rule: 'fistworks(no-clock)' },
  { path: 'packages/sdk/src/d.ts', code: 'export default 1', rule: 'import(no-default-export)' },
  { path: 'packages/sdk/src/e.ts', code: 'export const a: any = 1', rule: 'typescript(no-explicit-any)' },
  {
    path: 'packages/sdk/src/f.ts',
    code: '// @ts-ignore\nexport const a = 1',
    rule: 'typescript(ban-ts-comment)',
  },
  { path: 'packages/sdk/src/g.ts', code: `console.log('x')`, rule: 'eslint(no-console)' },
  { path: 'packages/sdk/src/h.ts', code: `export * from './i.ts'`, rule: 'import(no-cycle)' },
  {
    path: 'packages/widgets/src/d.ts',
    code: `import { unsafeHTML } from 'lit/directives/unsafe-html.js'; unsafeHTML()`,
    rule: 'fistworks(no-unsafe-markup)',
  },
  {
    path: 'packages/portal/src/e.ts',
    code: 'export const a = html`<p style=${x}></p>`',
    rule: 'fistworks(no-unsafe-markup)',
  },
  { path: 'packages/widgets/src/f.ts', code: 'document.body.innerHTML = x', rule: 'fistworks(no-unsafe-markup)' },
  {
    path: 'packages/sdk/src/j.test.ts',
    code: `import { test } from 'vitest'; test.skip('x', () => {})`,
    rule: 'vitest',
  },
]

const good: Snippet[] = [
  { path: 'packages/nacha/src/ok.ts', code: `export * from './d.ts'; export const a = new Date(0)` },
  { path: 'packages/contract/src/ok.ts', code: `import * as z from 'zod/mini'; export const a = z` },
  { path: 'packages/sdk/src/http-ok/http.test.ts', code: `export * from '@fistworks/server'` },
  { path: 'packages/sdk/src/i.ts', code: `export * from './h.ts'` },
  {
    path: 'packages/server/src/ok/routes.ts',
    code: `export * from './service.ts'; export * from '../bank-accounts/id.ts'`,
  },
  { path: 'packages/server/src/ok/store.ts', code: `export * from './table.ts'; export * from 'drizzle-orm'` },
  { path: 'packages/server/src/storage/ok.ts', code: `export * from '@libsql/client'; export const a = sql.raw('x')` },
  { path: 'packages/server/src/banks/sftp-ok.ts', code: `export * from 'ssh2'; export * from './bank.ts'` },
  { path: 'packages/widgets/src/ok.ts', code: 'export const a = html`<p class="style" part=${x}></p>`' },
]

let folder: string
const found = new Map<string, string[]>()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lint-'))
  cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  cpSync(join(root, 'tools/lint'), join(folder, 'tools/lint'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const { path, code } of [...bad, ...good]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), `${code}\n`)
  }
  const program = join(root, 'node_modules/.bin/oxlint')
  const { stdout } = spawnSync(program, ['--format', 'json', 'packages'], { cwd: folder, encoding: 'utf8' })
  const report: { diagnostics: { filename: string; code: string }[] } = JSON.parse(stdout)
  for (const { filename, code } of report.diagnostics) found.set(filename, [...(found.get(filename) ?? []), code])
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('lint refuses', () => {
  test.each(bad)('$path: $code', ({ path, rule }) => {
    expect(found.get(path)?.join()).toContain(rule)
  })
})

describe('lint allows', () => {
  test.each(good)('$path: $code', ({ path }) => {
    expect(found.get(path)?.filter((code) => !code.startsWith('import(no-cycle')) ?? []).toEqual([])
  })
})
