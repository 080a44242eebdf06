import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { auditCommand } from './audit-command.ts'
import { runHere } from './testing/run-here.ts'

let api: TestApi
let folder: string
let key: string
beforeAll(async () => {
  api = await createTestApi()
  folder = mkdtempSync(join(tmpdir(), 'fistworks-export-'))
  const organization = await api.addOrganization((await api.addPlatform('Tidewater')).platformId, 'Bakery')
  key = await api.addKey({ organizationId: organization }, ['audit-events:read', 'audit-events:export'])
})
afterAll(async () => {
  await api.close()
  rmSync(folder, { recursive: true, force: true })
})

async function exported(filter: object = {}): Promise<string> {
  return (await api.send('POST', '/v1/audit-events/export', { key, body: { format: 'jsonl', ...filter } })).text()
}

async function verify(text: string) {
  const path = join(folder, 'export.jsonl')
  writeFileSync(path, text)
  return runHere(['verify', '--export', path], auditCommand)
}

test('a file as it came is whole, whatever signs an event holds', async () => {
  await exported({ actor: 'a\u2028b\u2029c\u0085d\r\ne' })
  const { code, text } = await verify(await exported())
  expect([code, text]).toEqual([0, expect.stringMatching(/whole: 2 events, in 1 chain/)])
})

test.each([
  [
    'too deep to be walked',
    (line: string) => line.replace('"data":{', `"data":{"x":${'['.repeat(9e4)}${']'.repeat(9e4)},`),
  ],
  ['no JSON', () => '{'],
  ['another type', () => '[1]'],
  ['null', () => 'null'],
  ['a place that is none', (line: string) => line.replace(/"place":\d+/, '"place":-1')],
  ['a place far out', (line: string) => line.replace(/"place":\d+/, '"place":9007199254740991')],
  ['a way without an end', (line: string) => line.replace('"path":[', `"path":[${'"",'.repeat(1e5)}`)],
])('an event that is %s is told as changed', async (_, change) => {
  const lines = (await exported()).split('\n')
  const { code, text } = await verify(lines.with(1, change(lines[1] ?? '')).join('\n'))
  expect([code, text]).toEqual([1, expect.stringMatching(/changed: /)])
})

test('a line that is longer than any event is not taken into memory', async () => {
  const { code, text } = await verify(`${await exported()}${' '.repeat(17 * 1024 * 1024)}\n`)
  expect([code, text]).toEqual([2, expect.stringMatching(/a line of it is longer than 16 MiB/)])
})
