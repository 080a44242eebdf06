import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { mainByHand } from '../storage/testing/by-hand.ts'
import { appendAuditEvent } from '../audit/audit.ts'
import { openAuditLogs } from '../audit/audit-logs.ts'
import { type Databases, openDatabases } from '../storage/directory.ts'
import type { Tx } from '../storage/transaction.ts'
import { auditCommand } from './audit-command.ts'

const at = new Date('2026-11-21T10:00:00Z')
const EVENT = {
  action: 'recipient.created',
  actor: { type: 'apiKey', id: 'key_1' },
  targetType: 'recipient',
  targetId: 'rcp_1',
  outcome: 'succeeded',
  requestId: null,
} as const

let made: string
let folder: string
beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), 'fistworks-verify-'))
  await changed(made, async (databases) => {
    await mainByHand(databases).write(async (tx) => {
      for (let n = 0; n < 20; n++) await appendAuditEvent(tx, `org_${n % 3}`, at, EVENT)
    })
    const logs = await openAuditLogs({
      databases,
      dataFolder: made,
      host: 'ach.example',
      now: () => at,
      onError: () => {},
    })
    await logs.checkpointAll()
  })
})
afterAll(() => rmSync(made, { recursive: true, force: true }))
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fistworks-verify-'))
  for (const name of ['main.db', 'control.db', 'audit.key', 'audit-main.checkpoints']) {
    copyFileSync(join(made, name), join(folder, name))
  }
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
})

async function changed(dataFolder: string, work: (databases: Databases) => Promise<unknown>): Promise<void> {
  const databases = await openDatabases({ dataFolder })
  await work(databases)
  await databases.close()
}

/** Somebody with the database file in hands, past the triggers, who puts them back. */
const falsified = (change: (tx: Tx) => Promise<unknown>) =>
  changed(
    folder,
    (databases) =>
      mainByHand(databases).write(async (tx) => {
        const triggers = await tx.all<{ name: string; sql: string }>(
          sql`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit_events'`,
        )
        for (const { name } of triggers) await tx.run(sql`DROP TRIGGER ${sql.identifier(name)}`)
        await change(tx)
        // oxlint-disable-next-line fistworks/no-raw-sql -- their own text
        for (const trigger of triggers) await tx.run(sql.raw(trigger.sql))
      }) as Promise<unknown>,
  )

async function run(...words: string[]): Promise<{ code: number; said: string; wrong: string }> {
  const said: string[] = []
  const wrong: string[] = []
  const into = (lines: string[]) =>
    ((text: string, done?: () => void) => {
      lines.push(text)
      done?.()
      return true
    }) as typeof process.stdout.write
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(into(said)),
    vi.spyOn(process.stderr, 'write').mockImplementation(into(wrong)),
  ]
  vi.stubEnv('FISTWORKS_DATA', folder)
  try {
    const code = await auditCommand(words)
    return { code, said: said.join(''), wrong: wrong.join('') }
  } finally {
    for (const spy of spies) spy.mockRestore()
    vi.unstubAllEnvs()
  }
}

test('a log as it was written is whole, and nothing beside it is changed by looking', async () => {
  const before = readFileSync(join(folder, 'main.db'))
  const { code, said } = await run('verify')
  expect(code).toBe(0)
  expect(said).toMatch(/control\.db: whole: 0 events/)
  expect(said).toMatch(/main\.db: whole: 20 events, in 3 chains, 1 checkpoint, root /)
  expect(readFileSync(join(folder, 'main.db')).equals(before)).toBe(true)
})

test('events after the last checkpoint are counted apart', async () => {
  await changed(folder, async (databases) => {
    await mainByHand(databases).write((tx) => appendAuditEvent(tx, 'org_1', at, EVENT))
  })
  expect((await run('verify')).said).toMatch(/21 events, in 3 chains, 1 checkpoint, 1 event after the last checkpoint/)
})

test('the first bad event is named with its place and the reason', async () => {
  await falsified((tx) => tx.run(sql`UPDATE audit_events SET outcome = 'failed' WHERE seq = 8`))
  const { code, said } = await run('verify', '--database', join(folder, 'main.db'))
  expect(code).toBe(1)
  expect(said).toMatch(/changed: event 8 \(org_1, number 3, aud_\S+\): its content was changed \[hash\]/)
})

test('a tail that was cut, a trigger that was dropped and a foreign checkpoint are told apart', async () => {
  await falsified((tx) => tx.run(sql`DELETE FROM audit_events WHERE seq = 20`))
  expect((await run('verify')).said).toMatch(/a checkpoint covers 20 events, but there are only 19.*\[cut\]/)
  await changed(folder, async (databases) => {
    await mainByHand(databases).write((tx) => tx.run(sql`DROP TRIGGER audit_events_no_delete`))
  })
  expect((await run('verify')).said).toMatch(/Trigger audit_events_no_delete was changed or removed.*\[trigger\]/)
  const file = join(folder, 'audit-main.checkpoints')
  writeFileSync(file, readFileSync(file, 'utf8').replace('\n20\n', '\n19\n'))
  const { code, said } = await run('verify')
  expect([code, said]).toEqual([
    1,
    expect.stringMatching(/checkpoint 1 of \S+ was not signed by this key \[signature\]/),
  ])
})

test('a folder without databases, and a database that is gone, are never called whole', async () => {
  rmSync(join(folder, 'main.db'))
  const gone = await run('verify')
  expect([gone.code, gone.said]).toEqual([
    1,
    expect.stringMatching(/main\.db: changed: .*the database is not there \[cut\]/),
  ])
  for (const name of ['control.db', 'audit-main.checkpoints']) rmSync(join(folder, name))
  const { code, wrong } = await run('verify')
  expect([code, wrong]).toEqual([2, expect.stringMatching(/There is no database in .*FISTWORKS_DATA/)])
})

test('a database on a server is said not to be looked at, and its key is printed', async () => {
  const places = join(folder, 'places.json')
  writeFileSync(places, JSON.stringify({ main: { url: 'http://127.0.0.1:1' } }), { mode: 0o600 })
  vi.stubEnv('FISTWORKS_DATABASES', places)
  onTestFinished(() => void vi.unstubAllEnvs())
  rmSync(join(folder, 'main.db'))
  const { code, said } = await run('verify')
  expect([code, said]).toEqual([2, expect.stringMatching(/main: not looked at: it lies on a server/)])
  expect(said).toMatch(/control\.db: whole/)
  expect((await run('public-key')).said.trim().split('\n')).toHaveLength(2)
})

test('it can be done elsewhere with the file, its checkpoints and the public key alone', async () => {
  const [, line = ''] = (await run('public-key')).said.trim().split('\n')
  expect(line).toMatch(/^ach\.example\/audit\/main\+[0-9a-f]{8}\+A/)
  rmSync(join(folder, 'audit.key'))
  const alone = ['verify', '--database', join(folder, 'main.db')]
  expect((await run(...alone)).code).toBe(2)
  const checkpoints = join(folder, 'audit-main.checkpoints')
  expect((await run(...alone, '--checkpoints', checkpoints, '--public-key', line)).code).toBe(0)
  const other = (await run(...alone, '--public-key', 'x')).wrong
  expect(other).toMatch(/--public-key is one line of/)
})

test('a restored database is gone on from on purpose only', async () => {
  await falsified((tx) => tx.run(sql`DELETE FROM audit_events WHERE seq > 10`))
  expect((await run('verify')).code).toBe(1)
  expect((await run('restart')).wrong).toMatch(/--reason is missing/)
  expect((await run('restart', '--reason', 'short')).wrong).toMatch(/10 to 200 characters/)
  const restarted = await run('restart', '--reason', 'the disk of Monday was lost')
  expect([restarted.code, restarted.said]).toEqual([0, expect.stringMatching(/Goes on from here: main: .*covers 20/)])
  expect((await run('verify')).code).toBe(0)
  expect((await run('restart', '--reason', 'the disk of Monday was lost')).said).toMatch(/nothing to restart/)
})

test.each([
  [['verify', '--database', '/nowhere.db'], /no file \/nowhere\.db/],
  [['verify', 'extra'], /Give 0/],
  [['verify', '--unknown'], /unknown/i],
  [['nothing'], /fistworks audit verify/],
])('wrong use is said: %j', async (words, said) => {
  const { code, wrong } = await run(...words)
  expect(code).toBe(2)
  expect(wrong).toMatch(said)
})

test('what it can do is told', async () => {
  expect(await run('--help')).toMatchObject({ code: 0, said: expect.stringMatching(/audit restart/) })
})
