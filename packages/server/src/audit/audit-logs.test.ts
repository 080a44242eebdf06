import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { addOrganization } from '../organizations/store.ts'
import { byHand, mainByHand } from '../storage/testing/by-hand.ts'
import { LIMITS } from '../limits.ts'
import type { Databases } from '../storage/directory.ts'
import { type Home, startHome } from '../storage/testing/home.ts'
import { appendAuditEvent, controlAuditEventStore } from './audit.ts'
import { type AuditLogs, openAuditLogs, restartAuditLogs } from './audit-logs.ts'
import { type Checkpoint, notesIn, openCheckpoint } from './checkpoint.ts'
import { publicText, verifierOf } from './signed-note.ts'
import { readSigningKey } from './signing-key.ts'

const at = new Date('2026-11-21T10:00:00Z')

/** What was told of checkpoints that could not be written. */
const errors: unknown[] = []

interface Place {
  home: Home
  dataFolder: string
  second: string
}

async function place(): Promise<Place> {
  const home = await startHome()
  const second = mkdtempSync(join(tmpdir(), 'fistworks-checkpoints-second'))
  onTestFinished(async () => {
    await home.close()
    rmSync(second, { recursive: true, force: true })
  })
  return { home, dataFolder: home.folder, second }
}

interface Opened {
  databases: Databases
  logs: AuditLogs
  add(count: number): Promise<void>
}

const options = ({ dataFolder, second }: Place, databases: Databases) => ({
  databases,
  dataFolder,
  checkpointFolder: second,
  host: 'ach.example',
  now: () => at,
  onError: (error: unknown) => errors.push(error),
})

/** As a start of the server does it; closed again afterwards. */
async function opened<T>(where: Place, work: (server: Opened) => Promise<T>): Promise<T> {
  const databases = await where.home.open()
  try {
    const logs = await openAuditLogs(options(where, databases))
    const add = async (count: number) => {
      await mainByHand(databases).write(async (tx) => {
        for (let n = 0; n < count; n++) await appendAuditEvent(tx, `org_${n % 3}`, at, EVENT)
      })
    }
    const result = await work({ databases, logs, add })
    expect(errors.splice(0)).toEqual([])
    return result
  } finally {
    await databases.close()
  }
}

const EVENT = {
  action: 'recipient.created',
  actor: { type: 'apiKey', id: 'key_1' },
  targetType: 'recipient',
  targetId: 'rcp_1',
  outcome: 'succeeded',
  requestId: null,
} as const

const fileOf = (folder: string, name = 'main') => join(folder, `audit-${name}.checkpoints`)

/** What the checkpoints in the file say they cover, by their second line. */
function signedSizes({ dataFolder }: Place): number[] {
  const path = fileOf(dataFolder)
  return existsSync(path) ? notesIn(readFileSync(path, 'utf8')).map((note) => Number(note.split('\n')[1])) : []
}

const sizesIn = (where: Place, folder = where.dataFolder) => checkpointsIn(where, folder).map(({ size }) => size)

/** Those that open with the key of the server, as anybody reads them who has its public half. */
function checkpointsIn({ dataFolder }: Place, folder = dataFolder): Checkpoint[] {
  const key = verifierOf(publicText(readSigningKey(join(dataFolder, 'audit.key')).signerFor('main')))
  if (key === null) throw new Error('is a key')
  return notesIn(readFileSync(fileOf(folder), 'utf8')).flatMap((note) => openCheckpoint(note, key) ?? [])
}

test('checkpoints are signed in both places, readable by their owner alone, and follow one another', async () => {
  const where = await place()
  await opened(where, async ({ logs, add }) => {
    await add(5)
    await logs.checkpointAll()
    await logs.checkpointAll()
    await add(300)
    await logs.checkpointAll()
  })
  expect(sizesIn(where)).toEqual([5, 305])
  expect(sizesIn(where, where.second)).toEqual([5, 305])
  expect(readdirSync(where.dataFolder).filter((name) => name.endsWith('.new'))).toEqual([])
  for (const folder of [where.dataFolder, where.second]) expect(statSync(fileOf(folder)).mode & 0o777).toBe(0o600)
  expect(statSync(join(where.dataFolder, 'audit.key')).mode & 0o777).toBe(0o600)
  await opened(where, async ({ logs, add }) => {
    await add(1)
    await logs.checkpointAll()
  })
  expect(sizesIn(where)).toEqual([5, 305, 306])
})

test('five minutes bring a checkpoint over one new event, a thousand events bring one at once, nothing new brings none', async () => {
  const where = await place()
  const minutes = LIMITS.checkpointMinutes * 60_000
  await opened(where, async ({ logs, add }) => {
    const tick = async (ms: number) => {
      await logs.tick(new Date(at.getTime() + ms))
      return signedSizes(where)
    }
    expect(await tick(0)).toEqual([])
    await add(1)
    expect(await tick(0)).toEqual([1])
    await add(1)
    expect(await tick(minutes - 1)).toEqual([1])
    expect(await tick(minutes)).toEqual([1, 2])
    // A quiet time is no checkpoint: what comes after it waits for the next look only.
    expect(await tick(3 * minutes)).toEqual([1, 2])
    await add(1)
    expect(await tick(3 * minutes + 1)).toEqual([1, 2, 3])
    await add(LIMITS.checkpointEvents - 1)
    expect(await tick(3 * minutes + 2)).toEqual([1, 2, 3])
    await add(1)
    expect(await tick(3 * minutes + 2)).toEqual([1, 2, 3, 1003])
  })
  expect(sizesIn(where)).toEqual([1, 2, 3, 1003])
})

test('one event is signed at the stop, and a log without any event is not', async () => {
  const where = await place()
  await opened(where, async ({ logs, add }) => {
    await logs.checkpointAll()
    expect(existsSync(fileOf(where.dataFolder))).toBe(false)
    await add(1)
    await logs.checkpointAll()
  })
  expect(signedSizes(where)).toEqual([1])
  expect(existsSync(fileOf(where.dataFolder, 'control'))).toBe(false)
})

test('one place is enough', async () => {
  const where = await place()
  const databases = await where.home.open()
  onTestFinished(databases.close)
  const logs = await openAuditLogs({ ...options(where, databases), checkpointFolder: undefined })
  await mainByHand(databases).write((tx) => appendAuditEvent(tx, 'org_1', at, EVENT))
  await logs.checkpointAll()
  expect(signedSizes(where)).toEqual([1])
  expect(readdirSync(where.second)).toEqual([])
})

test('a database that was restored from an older copy is refused, and nothing is signed over it', async () => {
  const where = await place()
  await opened(where, async ({ logs, add }) => {
    await add(10)
    await logs.checkpointAll()
  })
  const restore = await where.home.copy('main')
  await opened(where, async ({ logs, add }) => {
    await add(10)
    await logs.checkpointAll()
  })
  await restore()
  const before = readFileSync(fileOf(where.dataFolder), 'utf8')
  await expect(opened(where, async () => {})).rejects.toThrow(
    /main: the last checkpoint in \S+audit-main\.checkpoints covers 20 events, but the database has 10.*audit restart/,
  )
  expect(readFileSync(fileOf(where.dataFolder), 'utf8')).toBe(before)
})

test('the second place alone tells of it when the first was cut with the database', async () => {
  const where = await place()
  await opened(where, async ({ logs, add }) => {
    await add(10)
    await logs.checkpointAll()
  })
  const restore = await where.home.copy('main')
  const checkpoints = readFileSync(fileOf(where.dataFolder))
  await opened(where, async ({ logs, add }) => {
    await add(10)
    await logs.checkpointAll()
  })
  await restore()
  writeFileSync(fileOf(where.dataFolder), checkpoints)
  await expect(opened(where, async () => {})).rejects.toThrow(/-second\w+\/audit-main\.checkpoints covers 20/)
})

test('a restored database that went on past the checkpoint is refused as well', async () => {
  const where = await place()
  await opened(where, async ({ logs, add }) => {
    await add(10)
    await logs.checkpointAll()
  })
  await opened(where, async ({ databases }) => {
    await mainByHand(databases).write(async (tx) => {
      await tx.run(sql`DROP TRIGGER audit_events_no_update`)
      await tx.run(sql`UPDATE audit_events SET hash = zeroblob(32) WHERE seq = 10`)
      await tx.run(sql`CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
BEGIN
  SELECT RAISE(ABORT, 'audit events are never changed');
END`)
      for (let n = 0; n < 5; n++) await appendAuditEvent(tx, 'org_9', at, EVENT)
    })
  })
  await expect(opened(where, async () => {})).rejects.toThrow(/the first 10 events are not those/)
})

test('going on from an older copy is a decision that stays to be seen', async () => {
  const where = await place()
  await opened(where, async ({ logs, add }) => {
    await add(3)
    await logs.checkpointAll()
  })
  const restore = await where.home.copy('main')
  await opened(where, async ({ logs, add }) => {
    await add(7)
    await logs.checkpointAll()
  })
  await restore()
  const databases = await where.home.open()
  const reason = 'the disk of Monday was lost'
  const why = await restartAuditLogs(options(where, databases), reason)
  expect(why.map((each) => /covers 10 events/.test(each))).toEqual([true])
  expect(await restartAuditLogs(options(where, databases), reason)).toEqual([])
  const told = await controlAuditEventStore(byHand(databases.control).read, 'server').list({ limit: 10 })
  expect(told).toHaveLength(1)
  const [event] = told
  expect(event).toMatchObject({ action: 'auditLog.restarted', targetId: 'main', viaType: 'commandLine' })
  expect(JSON.parse(event?.dataJson ?? '')).toEqual({ reason })
  await databases.close()
  await opened(where, async ({ logs, add }) => {
    await add(1)
    await logs.checkpointAll()
  })
  for (const folder of [where.dataFolder, where.second]) {
    const all = checkpointsIn(where, folder)
    expect(all.map(({ size, restartedBecause }) => [size, restartedBecause])).toEqual([
      [3, undefined],
      [10, undefined],
      [3, reason],
      [4, undefined],
    ])
  }
})

test('what a crash left of a checkpoint is passed over', async () => {
  const where = await place()
  await opened(where, async ({ logs, add }) => {
    await add(3)
    await logs.checkpointAll()
  })
  appendFileSync(fileOf(where.dataFolder), '\n\nach.example/audit/main\n5\nAAAA')
  await opened(where, async ({ logs, add }) => {
    await add(3)
    await logs.checkpointAll()
  })
  expect(sizesIn(where)).toEqual([3, 6])
})

test('checkpoints of another key, a lost key and an open one are refused', async () => {
  const [one, two] = [await place(), await place()]
  for (const where of [one, two]) {
    await opened(where, async ({ logs, add }) => {
      await add(3)
      await logs.checkpointAll()
    })
  }
  copyFileSync(fileOf(two.dataFolder), fileOf(one.dataFolder))
  await expect(opened(one, async () => {})).rejects.toThrow(/was not signed by the key of this server/)
  chmodSync(join(two.dataFolder, 'audit.key'), 0o640)
  await expect(opened(two, async () => {})).rejects.toThrow(/has mode 0640.*chmod 600/)
  rmSync(join(two.dataFolder, 'audit.key'))
  await expect(opened(two, async () => {})).rejects.toThrow(/audit\.key is missing, but there are checkpoints/)
})

test('an event that was taken out of the middle is named, and no restart goes over it', async () => {
  const where = await place()
  await opened(where, async ({ databases, add }) => {
    await add(5)
    await mainByHand(databases).write(async (tx) => {
      const [trigger] = await tx.all<{ sql: string }>(
        sql`SELECT sql FROM sqlite_schema WHERE name = 'audit_events_no_delete'`,
      )
      await tx.run(sql`DROP TRIGGER audit_events_no_delete`)
      await tx.run(sql`DELETE FROM audit_events WHERE seq = 3`)
      // oxlint-disable-next-line fistworks/no-raw-sql -- its own text
      await tx.run(sql.raw(trigger?.sql ?? ''))
    })
  })
  await expect(opened(where, async () => {})).rejects.toThrow(/Event 3 of the audit log is missing.*put back a copy/)
  const databases = await where.home.open()
  onTestFinished(databases.close)
  const restarted = restartAuditLogs(options(where, databases), 'the disk of Monday was lost')
  await expect(restarted).rejects.toThrow(/Nothing goes on over a gap/)
  expect(await controlAuditEventStore(byHand(databases.control).read, 'server').list({ limit: 10 })).toEqual([])
})

test('a second place that is not there is said at the start', async () => {
  const where = { ...(await place()), second: '/nowhere/at/all' }
  await expect(opened(where, async () => {})).rejects.toThrow(/FISTWORKS_AUDIT_CHECKPOINTS names \/nowhere/)
})

test('a second place that is away for a while gets the next checkpoint, and the first goes on without it', async () => {
  const where = await place()
  await opened(where, async ({ logs, add }) => {
    await add(2)
    await logs.checkpointAll()
    rmSync(where.second, { recursive: true })
    await add(2)
    await logs.checkpointAll()
    expect(errors.splice(0).map((error) => /ENOENT/.test(String(error)))).toEqual([true])
    await logs.tick(new Date(at.getTime() + LIMITS.checkpointMinutes * 60_000))
    expect(errors.splice(0).length).toBe(1)
    mkdirSync(where.second)
    await logs.tick(new Date(at.getTime() + 2 * LIMITS.checkpointMinutes * 60_000))
    await logs.tick(new Date(at.getTime() + 3 * LIMITS.checkpointMinutes * 60_000))
  })
  expect(sizesIn(where)).toEqual([2, 4])
  expect(sizesIn(where, where.second)).toEqual([4])
})

test('the log of an organization is that of its database, and a checkpoint asked for has every event there is', async () => {
  const where = await place()
  await opened(where, async ({ logs, databases, add }) => {
    const createdAt = at.toISOString()
    await byHand(databases.control).write((tx) =>
      addOrganization(tx, { id: 'org_1', platformId: null, name: 'A', externalId: null, database: 'main', createdAt }),
    )
    const log = await logs.of('org_1')
    expect(log.name).toBe('main')
    await expect(logs.of('org_nowhere')).rejects.toThrow()
    const moved = { ...databases, nameOf: async () => 'elsewhere' }
    const others = await openAuditLogs(options(where, moved))
    await expect(others.of('org_1')).rejects.toThrow('The database elsewhere has no audit log.')
    await add(3)
    expect((await log.checkpoint()).tree.size).toBe(3)
    await add(2)
    const { tree, note } = await log.checkpoint()
    expect(tree.size).toBe(5)
    expect((await log.checkpoint()).note).toBe(note)
    expect((await log.leaves(1, 4)).length).toBe(3)
  })
  expect(sizesIn(where)).toEqual([3, 5])
})
