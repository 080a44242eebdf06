import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabases } from '../storage/directory.ts'
import { byHand } from '../storage/testing/by-hand.ts'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

function command(...words: string[]) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'fistworks-platform-'))
  onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }))
  const settings = { FISTWORKS_PUBLIC_ORIGIN: 'https://ach.example.com', FISTWORKS_ALLOW_LOCAL_KEY_FILE: 'yes' }
  const env = { ...process.env, FISTWORKS_DATA: dataFolder, ...settings }
  const args = ['--conditions=@fistworks/source', MAIN, 'platforms', ...words]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' })
  return { status, stdout: stdout.trim(), stderr, dataFolder }
}

async function keysIn(dataFolder: string) {
  const databases = await openDatabases({ dataFolder })
  const read = byHand(databases.control).read
  const keys = await read.all<{ scopes: string; allowed_networks: string }>(sql`SELECT * FROM api_keys`)
  const people = await read.all<{ email: string }>(
    sql`SELECT email FROM platform_members JOIN users ON users.id = platform_members.user_id`,
  )
  await databases.close()
  return { keys, people: people.map(({ email }) => email) }
}

test('a platform from the command line has a key, and the administrator who was named', async () => {
  const { status, stdout, dataFolder } = command(
    'create',
    'Ledgerly',
    '--administrator',
    'bea@ledgerly.example',
    '--network',
    '203.0.113.0/24',
  )
  expect([status, stdout]).toEqual([0, expect.stringMatching(/^fw_live_sk_\S+$/)])
  const { keys, people } = await keysIn(dataFolder)
  expect(people).toEqual(['bea@ledgerly.example'])
  expect(keys.map((key) => JSON.parse(key.allowed_networks) as string[])).toEqual([['203.0.113.0/24']])
  expect(keys[0]?.scopes).toContain('bank-connections:write')
}, 30_000)

test('without a network its live key has no permission that needs one', async () => {
  const { status, dataFolder } = command('create', 'Ledgerly')
  expect(status).toBe(0)
  const { keys } = await keysIn(dataFolder)
  for (const scope of ['ach-files:approve', 'ach-files:submit', 'bank-connections:write', 'submissions:resolve']) {
    expect(keys[0]?.scopes).not.toContain(scope)
  }
  expect(keys[0]?.scopes).toContain('organizations:write')
}, 30_000)

test.each([
  ['no name', ['create']],
  ['a blank name', ['create', ' ']],
  ['two names', ['create', 'A', 'B']],
  ['no address', ['create', 'A', '--administrator', 'bea']],
  ['another option', ['create', 'A', '--admin', 'bea@ledgerly.example']],
  ['another verb', ['remove', 'A']],
])(
  '%s is told how to call it',
  (_, words) => {
    const { status, stderr } = command(...words)
    expect([status, stderr]).toEqual([2, expect.stringContaining('--administrator EMAIL')])
  },
  30_000,
)
