import type { ApprovalRule } from '@fistworks/contract'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { approvalPolicyStore, approvalPolicyWriter } from '../approval-policies/store.ts'
import type { Job, JobOutcome } from '../jobs/jobs.ts'
import { ANNA, BEN, createTestTenants, MONDAY, type TestOrganization, type TestTenants } from '../testing/context.ts'
import { addBankAccount, addDraft, addRecipient, batchOf } from '../testing/payments.ts'
import { approveAchFile, rejectAchFile, requestApproval, withdrawApproval } from './approval.ts'
import { createExpiryHandlers } from './approval-expiry.ts'
import { holdWaiting } from './hold-waiting.ts'
import { retrieveAchFile, updateAchFile } from './service.ts'
import { acknowledging } from '../testing/acknowledging.ts'

let tenants: TestTenants
let ours: TestOrganization
let draft: () => ReturnType<typeof addDraft>
beforeAll(async () => {
  tenants = await createTestTenants()
})
afterAll(() => tenants.close())
beforeEach(async () => {
  tenants.clock.now = MONDAY
  ours = await tenants.organization()
  const account = await addBankAccount(ours)
  const recipient = await addRecipient(ours)
  draft = () => addDraft(ours, [batchOf(account.id, recipient.id, { effectiveDate: '2026-12-21' })])
})

type File = { id: string; version: number }
const DAY = 86_400_000
const after = (ms: number) => {
  tenants.clock.now = new Date(MONDAY.getTime() + ms)
}
const read = (id: string) => ours.read((ctx) => retrieveAchFile(ctx, id))
const request = (file: File) =>
  ours.write(ANNA, (ctx) =>
    acknowledging((acknowledgedDuplicates) => requestApproval(ctx, file.id, { ...file, acknowledgedDuplicates })),
  )
const approve = (file: File) =>
  ours.write(BEN, (ctx) =>
    acknowledging((acknowledgedDuplicates) => approveAchFile(ctx, file.id, { ...file, acknowledgedDuplicates })),
  )

async function policy(expiresAfterDays: number, approvals = 1): Promise<void> {
  const rules: ApprovalRule[] = [{ fromCents: 0, approvals, people: null }]
  await ours.write(ANNA, async (ctx) => {
    const { version } = await approvalPolicyStore(ctx.db, ctx.organizationId).current()
    const decided = { decidedBy: ANNA.actor, decidedAt: ctx.now.toISOString(), confirmedBy: null }
    const terms = { rules, expiresAfterDays }
    await approvalPolicyWriter(ctx.db, ctx.organizationId).add({ version: version + 1, terms, ...decided })
    await holdWaiting(ctx)
  })
}

/** Does every job of a request that is due, as the worker would. */
async function runDue(): Promise<(JobOutcome | undefined)[]> {
  const now = tenants.clock.now
  const handlers = createExpiryHandlers({ databases: { tenantOf: async () => ours.storage }, now: () => now })
  const due = await ours.storage.read.all<{ id: string; kind: string; payload: string }>(
    sql`SELECT id, kind, payload FROM jobs WHERE organization_id = ${ours.id} AND kind = 'achFile.expireApproval'
      AND run_at <= ${now.toISOString()}`,
  )
  const outcomes: (JobOutcome | undefined)[] = []
  for (const { id, kind, payload } of due) {
    const job: Job = { id, kind, organizationId: ours.id, payload: JSON.parse(payload), attempt: 1, maxAttempts: 9 }
    outcomes.push(await handlers['achFile.expireApproval']?.(job))
  }
  return outcomes
}

describe('a request for approval', () => {
  it('of which an approval was taken back waits for as long again, and lapses then', async () => {
    await policy(2)
    const approved = await approve(await request(await draft()))
    after(3 * DAY)
    await runDue()
    const waiting = await ours.write(BEN, (ctx) => withdrawApproval(ctx, approved.id, approved))
    expect(waiting.approvalExpiresAt).toBe(new Date(MONDAY.getTime() + 5 * DAY).toISOString())
    after(4 * DAY)
    expect((await approve(waiting)).status).toBe('approved')
    const again = await ours.write(BEN, async (ctx) => withdrawApproval(ctx, approved.id, await read(approved.id)))
    after(6 * DAY)
    await runDue()
    expect((await read(again.id)).status).toBe('draft')
  })

  it('lapses to the millisecond, is a draft with the reason, and is told of once', async () => {
    await policy(2)
    const waiting = await request(await draft())
    expect(waiting.approvalExpiresAt).toBe(new Date(MONDAY.getTime() + 2 * DAY).toISOString())
    after(2 * DAY - 1)
    expect(await runDue()).toEqual([])
    after(2 * DAY)
    await expect(approve(waiting)).rejects.toMatchObject({
      code: 'state-conflict',
      message: expect.stringContaining('lapses'),
    })
    expect(await runDue()).toEqual([{ done: true }])
    const lapsed = await read(waiting.id)
    expect(lapsed).toMatchObject({
      status: 'draft',
      version: waiting.version + 1,
      reopenedBecause: 'nobody approved it within 2 days',
      approvalExpiresAt: null,
    })
    await runDue()
    expect(await read(waiting.id)).toEqual(lapsed)
    const told = await ours.storage.read.all<{ type: string }>(
      sql`SELECT type FROM events WHERE organization_id = ${ours.id} AND type = 'achFile.approvalExpired'`,
    )
    expect(told).toHaveLength(1)
  })

  it('is approved in its last millisecond', async () => {
    await policy(1)
    const waiting = await request(await draft())
    after(DAY - 1)
    expect(await approve(waiting)).toMatchObject({ status: 'approved', approvalExpiresAt: null })
    after(DAY)
    await runDue()
    expect((await read(waiting.id)).status).toBe('approved')
  })

  it('that was made anew counts from then, and the old one ends nothing', async () => {
    await policy(1)
    const first = await request(await draft())
    const rejected = await ours.write(BEN, (ctx) => rejectAchFile(ctx, first.id, { ...first, reason: 'no' }))
    after(DAY / 2)
    const mended = await ours.write(ANNA, (ctx) => updateAchFile(ctx, first.id, { version: rejected.version }))
    await request(mended)
    after(DAY)
    await runDue()
    expect((await read(first.id)).status).toBe('pendingApproval')
    after(DAY * 1.5)
    await runDue()
    expect((await read(first.id)).status).toBe('draft')
  })

  it('lapses as the stricter policy says: shortened meanwhile it ends sooner, lengthened no later', async () => {
    await policy(10)
    const long = await request(await draft())
    await policy(3)
    expect((await read(long.id)).approvalExpiresAt).toBe(new Date(MONDAY.getTime() + 3 * DAY).toISOString())
    const short = await request(await draft())
    await policy(20)
    after(3 * DAY)
    await runDue()
    expect((await read(short.id)).status).toBe('draft')
    expect((await read(long.id)).status).toBe('pendingApproval')
    after(10 * DAY)
    await runDue()
    expect((await read(long.id)).status).toBe('draft')
  })

  it('is open again when the policy was tightened after the approval, and keeps the approval it has', async () => {
    const approved = await approve(await request(await draft()))
    await policy(30, 2)
    expect(await read(approved.id)).toMatchObject({
      status: 'pendingApproval',
      version: approved.version + 1,
      approvals: [{ by: BEN.actor }],
      approvalsNeeded: 2,
    })
  })
})
