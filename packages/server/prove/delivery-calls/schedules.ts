import { ScheduleCreate, TemplateCreate } from '@fistworks/contract'
import { sql } from 'drizzle-orm'
import * as z from 'zod/mini'
import { createWorker } from '../../src/jobs/jobs.ts'
import { newId } from '../../src/new-id.ts'
import { SCHEDULE_JOB } from '../../src/schedules/progress.ts'
import { createScheduleHandlers } from '../../src/schedules/run-schedule.ts'
import { createSchedule } from '../../src/schedules/service.ts'
import { byHand } from '../../src/storage/testing/by-hand.ts'
import { createTemplate } from '../../src/templates/service.ts'
import { ANNA, createTestTenants, MONDAY, type TestOrganization, type TestTenants } from '../../src/testing/context.ts'
import { addBankAccount, addRecipient } from '../../src/testing/payments.ts'
import { openLocalKeyFile } from '../../src/vault/local-key-file.ts'
import { createVault } from '../../src/vault/vault.ts'
import type { Line } from './line.ts'
import { patient, type UseCase } from './use-case.ts'

const STARTS_ON = '2026-12-03'
/** The two days on which the first two payments of a weekly schedule are made. */
const DAYS = ['2026-11-30T13:00:00Z', '2026-12-07T13:00:00Z']
const MINUTE_MS = 60_000
const TURNS_MAX = 6

/** A schedule makes the file of a payment when its day has come, and waits for the one after. */
export const SCHEDULE_CASES: Record<string, UseCase> = {
  'two payments of a schedule': {
    async open() {
      const tenants = await createTestTenants()
      return { run: (line) => makeTwo(tenants, line), close: () => tenants.close() }
    },
  },
}

async function makeTwo(tenants: TestTenants, line: Line): Promise<string[]> {
  tenants.clock.now = MONDAY
  // Those of the run before would go on with their schedules.
  await byHand(tenants.shared).write((tx) => tx.run(sql`DELETE FROM jobs`))
  const organization = await tenants.organization()
  await addSchedule(organization)
  const worker = patient(workerOf(tenants, line))
  for (const day of DAYS) {
    for (let turn = 0; turn < TURNS_MAX; turn++) {
      tenants.clock.now = new Date(Date.parse(day) + turn * 2 * MINUTE_MS)
      while (await worker.runOnce());
    }
  }
  return judge(organization, tenants)
}

async function addSchedule(organization: TestOrganization): Promise<void> {
  const account = await addBankAccount(organization)
  const recipient = await addRecipient(organization)
  const entries = [{ recipientId: recipient.id, amountCents: 12_345 }]
  const batch = { bankAccountId: account.id, secCode: 'CCD', companyEntryDescription: 'RENT', entries }
  const input = z.parse(TemplateCreate, { name: 'Rent', batches: [batch] })
  const { id: templateId } = await organization.write(ANNA, (ctx) => createTemplate(ctx, input))
  const terms = { name: 'Rent', templateId, rule: { frequency: 'weekly' as const }, startsOn: STARTS_ON }
  await organization.write(ANNA, (ctx) => createSchedule(ctx, z.parse(ScheduleCreate, terms)))
}

let workers = 0

function workerOf({ databases, folder, clock, shared }: TestTenants, line: Line) {
  const now = () => clock.now
  const vault = createVault({ control: databases.control, keyProvider: openLocalKeyFile(folder), now })
  const storage = line.around(shared)
  const handlers = createScheduleHandlers({
    databases: { tenantOf: async () => storage },
    vaultFor: (id) => vault.forOrganization(id),
    now,
    newId,
  })
  const owner = `scheduler-${++workers}`
  const kinds = { only: [SCHEDULE_JOB] }
  return createWorker({ storage, owner, now, random: () => 0.5, kinds, handlers, onError: () => undefined })
}

/** Each payment has one file, that waits for approval and that people were told of, and one job waits for the third. */
async function judge({ id }: TestOrganization, { shared }: TestTenants): Promise<string[]> {
  const own = sql`organization_id = ${id}`
  const [found] = await byHand(shared).read.all<Record<string, number>>(sql`SELECT
    (SELECT count(*) FROM ach_files WHERE ${own}) AS files,
    (SELECT count(*) FROM ach_files WHERE ${own} AND status = 'pendingApproval') AS waiting,
    (SELECT count(*) FROM schedule_runs WHERE ${own} AND outcome = 'made') AS runs,
    (SELECT count(*) FROM events WHERE ${own} AND type = 'schedule.fileCreated') AS told,
    (SELECT count(*) FROM audit_events WHERE ${own} AND action = 'schedule.fileCreated') AS audited,
    (SELECT payments FROM schedules WHERE ${own}) AS counted,
    (SELECT count(*) + 1 FROM jobs WHERE ${own} AND kind = ${SCHEDULE_JOB} AND state = 'ready' AND id IN
      (SELECT job_id FROM schedules WHERE ${own})) AS next`)
  const wrong = Object.entries(found ?? { nothing: 0 }).filter(([, count]) => count !== DAYS.length)
  return wrong.map(([what, count]) => `${what}: ${count}`)
}
