import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appendAuditEvent } from '../src/audit/audit.ts'
import { openAuditLogs } from '../src/audit/audit-logs.ts'
import { type Checkpoint, notesIn, openCheckpoint } from '../src/audit/checkpoint.ts'
import { openOfflineLog } from '../src/audit/offline-log.ts'
import { readSigningKey } from '../src/audit/signing-key.ts'
import type { AuditEventRow } from '../src/audit/table.ts'
import { verifyLog } from '../src/audit/verify-log.ts'
import { openDatabases } from '../src/storage/directory.ts'
import { expectedTriggers, triggerFault } from '../src/storage/migrate.ts'
import { openOffline } from '../src/storage/offline-file.ts'
import { mainByHand } from '../src/storage/testing/by-hand.ts'
import { type Change, fieldChanges, placeChanges } from './tamper/changes.ts'

/** How many events the log has that is falsified. */
export const defaults = { rounds: 200 }

const ORGANIZATIONS = 3

/**
 * Makes a log of some organizations with two checkpoints and falsifies it in every way that is listed: each field of
 * each event, events taken out, put in and swapped, the end cut off, organizations gone, triggers dropped. A breach is
 * a change that the verification does not notice, or finds too late.
 */
export async function prove(options: { rounds: number; seed: number; log(line: string): void }) {
  const folder = mkdtempSync(join(tmpdir(), 'fistworks-tamper-'))
  const breaches: string[] = []
  try {
    const { events, checkpoints, triggers } = await madeLog(folder, options.rounds)
    const whole = verifyLog(events, checkpoints)
    if ('kind' in whole) breaches.push(`the log is found changed before it was: ${whole.why}`)
    const fields = sweep(fieldChanges(events), checkpoints, breaches)
    options.log(`${fields} fields were changed`)
    const places = sweep(placeChanges(events), checkpoints, breaches)
    const dropped = dropTriggers(triggers, breaches)
    return {
      figures: { events: events.length, fields, places, triggers: dropped, unnoticed: breaches.length },
      breaches,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface MadeLog {
  events: AuditEventRow[]
  checkpoints: Checkpoint[]
  triggers: { name: string; sql: string }[]
}

async function madeLog(dataFolder: string, count: number): Promise<MadeLog> {
  const databases = await openDatabases({ dataFolder })
  const now = () => new Date('2026-11-21T10:00:00Z')
  const logs = await openAuditLogs({ databases, dataFolder, host: 'ach.example', now, onError: () => {} })
  const storage = mainByHand(databases)
  for (const upTo of [Math.floor(count / 2), count]) {
    await storage.write(async (tx) => {
      for (let n = upTo - Math.floor(count / 2); n < upTo; n++) {
        const organization = `org_${n % ORGANIZATIONS}`
        await appendAuditEvent(tx, organization, new Date(now().getTime() + n * 1000), {
          action: 'recipient.updated',
          actor: { type: 'user', id: `usr_${n % 7}`, ...(n % 2 === 0 ? { name: 'Ada' } : {}) },
          ...(n % 3 === 0 ? {} : { via: { type: 'portalSession', id: `ses_${n}` } }),
          targetType: 'recipient',
          targetId: `rcp_${n}`,
          outcome: n % 5 === 0 ? 'denied' : 'succeeded',
          requestId: n % 4 === 0 ? null : `req_${n}`,
          ip: '192.0.2.1',
          userAgent: 'Tidewater/1',
          data: { before: { last4: '1111' }, after: { last4: String(n).padStart(4, '0') } },
        })
      }
    })
    await logs.checkpointAll()
  }
  await databases.close()
  const path = join(dataFolder, 'main.db')
  const log = openOfflineLog(path)
  const events = [...log.events()].map((event) => ({
    ...event,
    previousHash: Buffer.from(event.previousHash),
    hash: Buffer.from(event.hash),
  }))
  log.close()
  const file = openOffline(path)
  const triggers = [...file.rows(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`)] as MadeLog['triggers']
  file.close()
  const key = readSigningKey(join(dataFolder, 'audit.key')).signerFor('main')
  const notes = notesIn(readFileSync(join(dataFolder, 'audit-main.checkpoints'), 'utf8'))
  const checkpoints = notes.map((note) => openCheckpoint(note, key)).filter((each) => each !== null)
  return { events, checkpoints, triggers }
}

function sweep(changes: Iterable<Change>, checkpoints: readonly Checkpoint[], breaches: string[]): number {
  let count = 0
  for (const { name, events, by } of changes) {
    count += 1
    const found = verifyLog(events, checkpoints)
    if (!('kind' in found)) breaches.push(`${name}: not noticed`)
    else if (by !== undefined && (found.event === null || found.event.seq > by + 1)) {
      breaches.push(`${name}: noticed only at ${found.event?.seq ?? 'the end'}: ${found.why}`)
    }
  }
  return count
}

function dropTriggers(triggers: { name: string; sql: string }[], breaches: string[]): number {
  const wanted = expectedTriggers('tenant')
  if (triggerFault(wanted, triggers) !== null) breaches.push('the triggers are found changed before they were')
  for (const trigger of triggers) {
    const rest = triggers.filter((each) => each !== trigger)
    const weaker = { ...trigger, sql: trigger.sql.replace('RAISE(ABORT', 'RAISE(IGNORE') }
    const more = { name: 'audit_events_ignored', sql: trigger.sql.replace(trigger.name, 'audit_events_ignored') }
    for (const falsified of [rest, [...rest, weaker], [...triggers, more]]) {
      if (triggerFault(wanted, falsified) === null) breaches.push(`trigger ${trigger.name}: not noticed`)
    }
  }
  return triggers.length * 3
}
