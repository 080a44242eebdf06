import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabases } from '../storage/directory.ts'
import { byHand, mainByHand } from '../storage/testing/by-hand.ts'
import { appendAuditEvent, appendControlAuditEvent } from './audit.ts'
import { openOfflineLog } from './offline-log.ts'
import { verifyLog } from './verify-log.ts'

const EVENT = {
  action: 'recipient.created',
  actor: { type: 'apiKey', id: 'key_1', name: 'Back end' },
  via: { type: 'apiKey', id: 'key_1' },
  targetType: 'recipient',
  targetId: 'rcp_1',
  outcome: 'succeeded',
  requestId: 'req_1',
  ip: '192.0.2.1',
  userAgent: 'Tidewater/1',
  data: { after: { name: 'Acme' } },
} as const

async function made(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'fistworks-offline-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const databases = await openDatabases({ dataFolder: folder })
  const at = new Date('2026-11-21T10:00:00Z')
  await mainByHand(databases).write(async (tx) => {
    for (let n = 0; n < 6; n++) await appendAuditEvent(tx, `org_${n % 2}`, at, EVENT)
  })
  await byHand(databases.control).write((tx) => appendControlAuditEvent(tx, 'plt_1', at, EVENT))
  await databases.close()
  return folder
}

test('both kinds of database are read as they were written', async () => {
  const folder = await made()
  for (const [name, events, chains] of [
    ['main', 6, 2],
    ['control', 1, 1],
  ] as const) {
    const log = openOfflineLog(join(folder, `${name}.db`))
    expect([log.name, log.count(), log.triggers()]).toEqual([name, events, null])
    expect(verifyLog(log.events(), [])).toMatchObject({ events, chains })
    log.close()
  }
})

test('a trigger that is missing, other or one too many is named', async () => {
  const folder = await made()
  const path = join(folder, 'main.db')
  const changed = (sql: string) => {
    const database = new DatabaseSync(path)
    database.exec(sql)
    database.close()
    const log = openOfflineLog(path)
    const fault = log.triggers()
    log.close()
    return fault
  }
  const more = changed('CREATE TRIGGER odd BEFORE INSERT ON audit_events BEGIN SELECT RAISE(IGNORE); END')
  expect(more).toMatchObject({ kind: 'trigger', event: null })
  expect(more?.why).toMatch(/Trigger odd is none of ours/)
  const gone = changed('DROP TRIGGER odd; DROP TRIGGER audit_events_no_update')
  expect(gone?.why).toMatch(/Trigger audit_events_no_update was changed or removed/)
  const other = changed('CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events BEGIN SELECT 1; END')
  expect(other?.why).toMatch(/Trigger audit_events_no_update was changed or removed/)
})

/** A row of then, up to its links. */
const OLD = [
  'org_1',
  'aud_1',
  '2026-11-21T10:00:00.000Z',
  'apiKey',
  'key_1',
  'Back end',
  'recipient.created',
  'recipient',
  'rcp_1',
  'succeeded',
  'req_1',
  '{"after":{"last4":"6789"}}',
]

test('a log of before there were formats is read, and verified in its old form', async () => {
  const path = join(await made(), 'old.db')
  const database = new DatabaseSync(path)
  database.exec(readFileSync(new URL('../../migrations/tenant/0001-audit-events.sql', import.meta.url), 'utf8'))
  const hash = Buffer.from('ef5c0e267c59076f37249dd9a73f902b36a9a85c61d020d70c88fa7c5e987d13', 'hex')
  database
    .prepare('INSERT INTO audit_events VALUES (1, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)')
    .run(...OLD, Buffer.alloc(32), hash)
  database.close()
  const log = openOfflineLog(path)
  expect([...log.events()].map(({ format, viaType, viaId, userAgent }) => [format, viaType, viaId, userAgent])).toEqual(
    [[1, null, null, null]],
  )
  expect(verifyLog(log.events(), [])).toMatchObject({ events: 1, chains: 1 })
  log.close()
})

test('what is no log is said', async () => {
  const folder = await made()
  expect(() => openOfflineLog(join(folder, 'none.db'))).toThrow(/There is no file/)
  const empty = join(folder, 'empty.db')
  new DatabaseSync(empty).close()
  expect(() => openOfflineLog(empty)).toThrow(/has no audit log/)
  writeFileSync(join(folder, 'text.db'), 'no database at all, but long enough to be looked at as if it were one')
  expect(() => openOfflineLog(join(folder, 'text.db'))).toThrow(/not a database/)
  mkdirSync(join(folder, 'folder.db'))
  expect(() => openOfflineLog(join(folder, 'folder.db'))).toThrow()
})
