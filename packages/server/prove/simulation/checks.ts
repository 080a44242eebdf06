import type { Id } from '@fistworks/contract'
import { sql } from 'drizzle-orm'
import { openGenerated } from '../../src/ach-files/generated-bytes.ts'
import { auditEvents, controlAuditEvents } from '../../src/audit/table.ts'
import { verifyLog } from '../../src/audit/verify-log.ts'
import { SEALED_TABLES } from '../../src/keys/sealed-cells.ts'
import { byHand, mainByHand } from '../../src/storage/testing/by-hand.ts'
import { openLocalKeyFile } from '../../src/vault/local-key-file.ts'
import { createVault } from '../../src/vault/vault.ts'
import { type Company, hostOf } from './company.ts'
import { paymentsIn, type ReadFile } from './read-file.ts'
import { checkSchedules } from './schedule-checks.ts'
import type { World } from './world.ts'

/** What must hold when all faults are over and the world has come to rest. */
export async function checkAll(world: World): Promise<void> {
  await checkPromises(world)
  await checkLogs(world)
  await checkJobs(world)
  await checkKeys(world)
  for (const company of world.companies) {
    await checkSubmissions(world, company)
    await checkEvents(world, company)
    await checkAnswers(world, company, 'returned')
    await checkAnswers(world, company, 'corrected')
    await checkSchedules(world, company)
    await checkSealed(world, company)
  }
}

const TABLES: Readonly<Record<string, string>> = {
  recipients: 'recipients',
  'ach-files': 'ach_files',
  submissions: 'submissions',
  'bank-connections': 'bank_connections',
  templates: 'templates',
  schedules: 'schedules',
}
const VERSIONED = new Set(['recipients', 'ach_files', 'templates', 'schedules'])

/** Every acknowledged write is there, in the version that was acknowledged or a later one. */
async function checkPromises({ ledger, databases }: World): Promise<void> {
  const found = new Map<string, number>()
  for (const [room, table] of Object.entries(TABLES)) {
    const version = VERSIONED.has(table) ? sql`version` : sql`0`
    const rows = await mainByHand(databases).read.all<{ id: string; version: number }>(
      sql`SELECT id, ${version} AS version FROM ${sql.identifier(table)}`,
    )
    for (const row of rows) found.set(`/v1/${room}/${row.id}`, row.version)
  }
  for (const [path, version] of ledger.promises) {
    const there = found.get(path)
    if (there === undefined) ledger.breach(`${path} was acknowledged and is not there`)
    else if (there < version) ledger.breach(`${path} was acknowledged as version ${version} and is ${there}`)
    if (!ledger.ownerOf.has(path.split('/').at(-1) ?? '')) ledger.breach(`no audit event tells of ${path}`)
  }
}

async function checkLogs({ databases, ledger }: World): Promise<void> {
  const tenant = await mainByHand(databases).read.select().from(auditEvents).orderBy(auditEvents.seq)
  const control = await byHand(databases.control).read.select().from(controlAuditEvents).orderBy(controlAuditEvents.seq)
  for (const events of [tenant, control]) {
    const found = verifyLog(events, [])
    if ('why' in found) ledger.breach(`the audit log is broken: ${found.why}`)
  }
}

/** What has just come due may still be under way. */
const IN_TIME_MS = 10 * 60_000

/** No job is lost: each is done or dead, or its time has not come. */
async function checkJobs({ databases, ledger, time }: World): Promise<void> {
  for (const storage of [databases.control, ...databases.tenants()]) {
    const rows = await byHand(storage).read.all<{ kind: string; state: string; run_at: string; last_error: string }>(
      sql`SELECT kind, state, run_at, last_error FROM jobs WHERE state NOT IN ('done', 'dead')`,
    )
    for (const { kind, state, run_at } of rows) {
      if (Date.parse(run_at) > time.ms - IN_TIME_MS) continue
      ledger.breach(`a job ${kind} is left ${state} since ${run_at}`)
    }
  }
}

/** Every rotation came to its end: what was sealed before it is sealed anew, and the older key is not used any more. */
async function checkKeys({ databases, ledger }: World): Promise<void> {
  const left = await byHand(databases.control).read.all<{ owner: string; version: number }>(
    sql`SELECT organization_id AS owner, version FROM tenant_keys WHERE state = 'decrypt_only'`,
  )
  for (const { owner, version } of left) ledger.breach(`key ${version} of ${owner} was never retired`)
}

interface SubmissionRow {
  id: string
  state: string
  sha256: string
  problem: string | null
  status: string
}

/** Which states of a submission go with how many copies at the bank, and what the file says then. */
const AT_THE_END: Readonly<Record<string, { copies: readonly number[]; status: string }>> = {
  done: { copies: [1], status: 'delivered' },
  acknowledged: { copies: [1], status: 'acknowledged' },
  rejectedByBank: { copies: [1], status: 'failed' },
  failed: { copies: [0], status: 'failed' },
  canceled: { copies: [0], status: 'canceled' },
  unknown: { copies: [0, 1], status: 'needsAttention' },
}

/** Whether the server has still something to do for any of them by itself. */
export async function hasOpenSubmissions({ databases }: World): Promise<boolean> {
  const states = Object.keys(AT_THE_END).map((state) => sql`${state}`)
  const [open] = await mainByHand(databases).read.all(
    sql`SELECT id FROM submissions WHERE state NOT IN (${sql.join(states, sql`, `)}) LIMIT 1`,
  )
  return open !== undefined
}

async function checkSubmissions(world: World, company: Company): Promise<void> {
  const { ledger } = world
  const rows = await mainByHand(world.databases).read.all<SubmissionRow>(
    sql`SELECT s.id, s.state, s.sha256, s.problem, f.status FROM submissions s
      JOIN ach_files f ON f.organization_id = s.organization_id AND f.id = s.ach_file_id
      WHERE s.organization_id = ${company.id} ORDER BY s.id`,
  )
  for (const { id, state, sha256, problem, status } of rows) {
    const expected = AT_THE_END[state]
    const copies = world.copiesOf(company, sha256)
    world.trace.add('end', `${id} is ${state} with ${copies} copies`)
    world.ended(state)
    if (expected === undefined) ledger.breach(`${id} is left ${state}`)
    else if (!expected.copies.includes(copies)) ledger.breach(`${id} is ${state} with ${copies} copies at the bank`)
    else if (expected.status !== status) ledger.breach(`${id} is ${state} and its file ${status}`)
    if ((state === 'failed' || state === 'unknown') && problem === null) ledger.breach(`${id}: nobody is told why`)
  }
}

const LANDED = { returned: sql`returns`, corrected: sql`corrections` }

/** Every return and correction landed once, on the entry that it is about. A bank that was left is not asked any more. */
async function checkAnswers(world: World, company: Company, answer: keyof typeof LANDED): Promise<void> {
  const { databases, ledger, banks } = world
  const { read } = mainByHand(databases)
  const rows = await read.all<{ trace: string; landed: string | null }>(
    sql`SELECT r.original_trace_number AS trace, e.trace_number AS landed FROM ${LANDED[answer]} r
      LEFT JOIN ach_entries e ON e.organization_id = r.organization_id AND e.id = r.entry_id
      WHERE r.organization_id = ${company.id}`,
  )
  const [connection] = await read.all<{ host: string }>(
    sql`SELECT host FROM bank_connections WHERE return_directory IS NOT NULL AND organization_id = ${company.id} AND id = ${company.connectionId}`,
  )
  const all = (['first', 'second'] as const).map((which) => banks.get(hostOf(company.name, which)))
  const expected = new Set(all.flatMap((bank) => bank?.answered[answer] ?? []))
  for (const { trace, landed } of rows) {
    world.ended(answer)
    if (landed !== trace) ledger.breach(`${trace} was ${answer} and landed on ${landed ?? 'nothing'}`)
    if (!expected.delete(trace)) ledger.breach(`${trace} was ${answer} twice, or never`)
  }
  for (const trace of banks.get(connection?.host ?? '')?.answered[answer] ?? []) {
    if (expected.has(trace)) ledger.breach(`that ${trace} was ${answer} never landed`)
  }
}

/** Every event reached the endpoint at least once; only what failed for good may be missing. */
async function checkEvents({ databases, ledger, post }: World, company: Company): Promise<void> {
  const rows = await mainByHand(databases).read.all<{ id: string; type: string; state: string | null }>(
    sql`SELECT e.id, e.type, d.state FROM events e
      LEFT JOIN webhook_deliveries d ON d.organization_id = e.organization_id AND d.event_id = e.id
      WHERE e.organization_id = ${company.id} ORDER BY e.sequence`,
  )
  for (const { id, type, state } of rows) {
    if (state === 'failed') continue
    if (state !== 'delivered') ledger.breach(`event ${id} ${type} is ${state ?? 'lost'}`)
    else if (!post.heard.has(id)) ledger.breach(`event ${id} ${type} counts as delivered and never came`)
  }
}

/** Every sealed cell opens, and the numbers given out in the files have neither gaps nor repetitions. */
async function checkSealed(world: World, company: Company): Promise<void> {
  const { databases, ledger, time } = world
  const keyProvider = openLocalKeyFile(world.folder)
  const vault = createVault({ control: databases.control, keyProvider, now: time.now, elapsedMs: () => time.ms })
  const keys = await vault.forOrganization(company.id)
  const files: ReadFile[] = []
  for (const { table, row: rowName, columns } of SEALED_TABLES) {
    const names = sql.join(
      [rowName, ...columns].map((name) => sql.identifier(name)),
      sql`, `,
    )
    const rows = await mainByHand(databases).read.all<Record<string, unknown>>(
      sql`SELECT ${names} FROM ${sql.identifier(table)} WHERE organization_id = ${company.id}`,
    )
    for (const found of rows) {
      for (const column of columns) {
        const sealed = found[column]
        if (!(sealed instanceof ArrayBuffer)) continue
        const row = String(found[rowName])
        try {
          const bytes = new Uint8Array(sealed)
          if (table === 'generated_files') files.push(paymentsIn(await openGenerated(keys, row as Id<'ach'>, bytes)))
          else keys.open({ table, column, row }, bytes)
        } catch {
          ledger.breach(`${table}.${column} of ${row} does not open`)
        }
      }
    }
  }
  checkNumbers(world, company, files)
}

function checkNumbers({ ledger }: World, company: Company, files: readonly ReadFile[]): void {
  const traces = files.flatMap(({ traceNumbers }) => traceNumbers).toSorted()
  for (const [index, trace] of traces.entries()) {
    if (Number(trace.slice(8)) === index + 1) continue
    return ledger.breach(`${company.name}: trace number ${trace} is the ${index + 1}th`)
  }
  const byDay = Map.groupBy(files, ({ origin, creationDate }) => `${origin} ${creationDate}`)
  for (const [day, ofDay] of byDay) {
    const modifiers = ofDay
      .map(({ fileIdModifier }) => fileIdModifier)
      .toSorted()
      .join('')
    const expected = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.slice(0, ofDay.length)
    if (modifiers !== expected) ledger.breach(`${company.name}: the files of ${day} are ${modifiers}`)
  }
}
