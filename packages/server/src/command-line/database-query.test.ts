import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestTenants, type TestTenants } from '../testing/context.ts'
import { addRecipient } from '../testing/payments.ts'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))
let tenants: TestTenants

beforeAll(async () => {
  tenants = await createTestTenants({ layout: 'files' })
  const organization = await tenants.organization()
  await addRecipient(organization, { name: 'First', accountNumber: '8800123456789' })
  await addRecipient(organization, { name: 'Second' })
}, 30_000)
afterAll(() => tenants.close())

function run(words: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [
    '--conditions=@fistworks/source',
    MAIN,
    'database',
    ...words,
    '--data',
    tenants.folder,
  ])
  const ran = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (ran.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (ran.stderr += text))
  return new Promise((done) => child.on('close', (code) => done({ code, ...ran })))
}

test('rows are shown while the databases are in use', async () => {
  const { code, stdout } = await run(['query', 'SELECT name, account_number FROM masked_recipients ORDER BY name DESC'])
  expect(code).toBe(0)
  expect(stdout.split('\n')[0]).toMatch(/^name +account_number$/)
  expect(stdout).toContain('••••6789')
})

test('no more rows than asked for, and it says that there are more', async () => {
  const { stdout, stderr } = await run(['query', 'SELECT name FROM masked_recipients', '--limit', '1', '--json'])
  expect(JSON.parse(stdout)).toHaveLength(1)
  expect(stderr).toContain('--limit')
})

test('a statement without an end is ended after the time it was given', async () => {
  const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n'
  const { code, stdout, stderr } = await run(['query', endless, '--seconds', '1'])
  expect([code, stdout]).toEqual([null, ''])
  expect(stderr).toContain('the statement took longer than 1 s')
})

test.each([
  [['query', 'SELECT 1', '--seconds', '0'], '--seconds is a whole number from 1'],
  [['query', 'SELECT * FROM recipients'], 'Only SELECT over masked_'],
  [['query', 'SELEKT'], 'The statement is wrong'],
  [['query'], 'fistworks database query'],
  [['query', 'SELECT 1', '--database', 'control'], '--database names a tenant database'],
  [['query', 'SELECT 1', '--database', '../main'], '--database names a tenant database'],
  [['query', 'SELECT 1', '--database', 'other'], 'other.db'],
  [['views', '--nothing'], '--nothing'],
])('wrong use says what to do: %j', async (words, expected) => {
  const { code, stdout, stderr } = await run(words)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(expected)
})
