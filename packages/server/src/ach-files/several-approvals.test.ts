import type { ApprovalRule, Id } from '@fistworks/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { approvalPolicyStore, approvalPolicyWriter } from '../approval-policies/store.ts'
import { updateRecipient } from '../recipients/service.ts'
import {
  ANNA,
  BEN,
  type Caller,
  createTestTenants,
  person,
  type TestOrganization,
  type TestTenants,
} from '../testing/context.ts'
import { addBankAccount, addDraft, addRecipient, batchOf } from '../testing/payments.ts'
import { approveAchFile, rejectAchFile, requestApproval, withdrawApproval } from './approval.ts'
import { retrieveAchFile, updateAchFile } from './service.ts'
import { submitAchFile } from './submit.ts'
import { acknowledging } from '../testing/acknowledging.ts'

const CARLA = person('carla')
const DORA = person('dora')
/** Ben in an embedded session that he has raised. */
const BEN_RAISED = { actor: { type: 'endUser', id: 'x' }, alias: BEN.actor, isPerson: true } as const
const DORA_AS_X = { actor: { type: 'endUser', id: 'x' }, isPerson: true } as const

let tenants: TestTenants
let ours: TestOrganization
let bills: () => Parameters<typeof addDraft>[1]
let recipientId: Id<'rcp'>
beforeAll(async () => {
  tenants = await createTestTenants()
})
afterAll(() => tenants.close())

beforeEach(async () => {
  ours = await tenants.organization()
  const account = await addBankAccount(ours)
  recipientId = (await addRecipient(ours)).id
  bills = () => [batchOf(account.id, recipientId)]
})

type File = { id: string; version: number }
const read = (id: string) => ours.read((ctx) => retrieveAchFile(ctx, id))
const request = (file: File) =>
  ours.write(ANNA, (ctx) =>
    acknowledging((acknowledgedDuplicates) => requestApproval(ctx, file.id, { ...file, acknowledgedDuplicates })),
  )
const approve = (file: File, by: Caller) =>
  ours.write(by, (ctx) =>
    acknowledging((acknowledgedDuplicates) => approveAchFile(ctx, file.id, { ...file, acknowledgedDuplicates })),
  )
const withdraw = (file: File, by: Caller) => ours.write(by, (ctx) => withdrawApproval(ctx, file.id, file))
const submit = (file: File) =>
  ours.write(BEN, (ctx) =>
    acknowledging((acknowledgedDuplicates) => submitAchFile(ctx, file.id, { ...file, acknowledgedDuplicates })),
  )

async function policy(...rules: ApprovalRule[]): Promise<void> {
  await ours.write(ANNA, async (ctx) => {
    const { version } = await approvalPolicyStore(ctx.db, ctx.organizationId).current()
    await approvalPolicyWriter(ctx.db, ctx.organizationId).add({
      version: version + 1,
      terms: { rules, expiresAfterDays: 30 },
      decidedBy: ANNA.actor,
      decidedAt: ctx.now.toISOString(),
      confirmedBy: null,
    })
  })
}
const anybody = (approvals: number, fromCents = 0): ApprovalRule => ({ fromCents, approvals, people: null })

describe('where two approvals are needed', () => {
  it('the first leaves the file waiting and says how many are missing', async () => {
    await policy(anybody(2))
    const waiting = await request(await addDraft(ours, bills()))
    expect(waiting).toMatchObject({ approvals: [], approvalsNeeded: 2, approvalRules: [{ approvals: 2, given: 0 }] })
    const once = await approve(waiting, BEN)
    expect(once).toMatchObject({
      status: 'pendingApproval',
      version: waiting.version,
      approvals: [{ by: BEN.actor }],
      approvalsNeeded: 2,
    })
    expect(ours.events.at(-1)).toMatchObject({ action: 'achFile.approved', data: { approvals: 1, needed: 2 } })
    await expect(submit(once)).rejects.toMatchObject({ code: 'state-conflict' })
    const twice = await approve(once, CARLA)
    expect(twice.status).toBe('approved')
    expect(twice.approvals.map(({ by }) => by.id).sort()).toEqual(['ben', 'carla'])
    await expect(submit(twice)).resolves.toMatchObject({ status: 'submitted', approvalsNeeded: 2 })
  })

  it('nobody counts twice: not by approving again, not under the name of an end user', async () => {
    await policy(anybody(2))
    const waiting = await request(await addDraft(ours, bills()))
    await approve(waiting, BEN)
    for (const same of [BEN, BEN_RAISED]) {
      await expect(approve(waiting, same)).rejects.toMatchObject({ code: 'second-person-required' })
    }
    expect(await read(waiting.id)).toMatchObject({ status: 'pendingApproval', approvals: [{ by: BEN.actor }] })
  })

  it('an approval from a raised session stands in the way of both names', async () => {
    await policy(anybody(3))
    const waiting = await request(await addDraft(ours, bills()))
    await approve(waiting, BEN_RAISED)
    for (const same of [BEN, DORA_AS_X]) {
      await expect(approve(waiting, same)).rejects.toMatchObject({ code: 'second-person-required' })
    }
  })

  it('two people who approve at once are both counted', async () => {
    await policy(anybody(2))
    const waiting = await request(await addDraft(ours, bills()))
    const both = await Promise.all([approve(waiting, BEN), approve(waiting, CARLA)])
    expect(both.map(({ status }) => status).sort()).toEqual(['approved', 'pendingApproval'])
    expect(await read(waiting.id)).toMatchObject({ status: 'approved', approvals: [{}, {}] })
  })

  it('one person who asks five times at once is counted once', async () => {
    await policy(anybody(2))
    const waiting = await request(await addDraft(ours, bills()))
    const asked = await Promise.allSettled(Array.from({ length: 5 }, () => approve(waiting, BEN)))
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await read(waiting.id)).toMatchObject({ status: 'pendingApproval', approvals: [{}] })
  })

  it('a change voids all of them, and so does a changed account', async () => {
    await policy(anybody(2))
    const first = await request(await addDraft(ours, bills()))
    await approve(first, BEN)
    const rejected = await ours.write(CARLA, (ctx) => rejectAchFile(ctx, first.id, { ...first, reason: 'no' }))
    expect(rejected).toMatchObject({ approvals: [] })
    const mended = await ours.write(ANNA, (ctx) => updateAchFile(ctx, first.id, { version: rejected.version }))
    const again = await request(mended)
    expect(await approve(again, CARLA)).toMatchObject({ status: 'pendingApproval', approvals: [{ by: CARLA.actor }] })
    const account = { routingNumber: '021000021', accountNumber: '616161616161' }
    await ours.write(ANNA, (ctx) => updateRecipient(ctx, recipientId, account))
    const third = await request(await read(first.id))
    expect(await approve(third, DORA)).toMatchObject({ status: 'pendingApproval', approvals: [{ by: DORA.actor }] })
  })

  it('an approval is taken back by who gave it, also after the last one, but not once submitted', async () => {
    await policy(anybody(2))
    const waiting = await request(await addDraft(ours, bills()))
    await approve(waiting, BEN)
    const approved = await approve(waiting, CARLA)
    await expect(withdraw(approved, DORA)).rejects.toMatchObject({ code: 'state-conflict' })
    const open = await withdraw(approved, BEN)
    expect(open).toMatchObject({ status: 'pendingApproval', approvals: [{ by: CARLA.actor }], approval: null })
    expect(ours.events.at(-1)).toMatchObject({ action: 'achFile.approvalWithdrawn' })
    await expect(submit(open)).rejects.toMatchObject({ code: 'state-conflict' })
    const submitted = await submit(await approve(open, BEN))
    await expect(withdraw(submitted, BEN)).rejects.toMatchObject({ code: 'state-conflict' })
  })
})

describe('rules by amount and by person', () => {
  it('hold from their amount on, all that the file reaches', async () => {
    const ben = { id: 'ben' as Id<'usr'>, name: 'Ben' }
    await policy(anybody(2, 0), { fromCents: 12_345, approvals: 1, people: [ben] }, anybody(4, 12_346))
    const waiting = await request(await addDraft(ours, bills()))
    expect(waiting).toMatchObject({ approvalRules: [{ approvals: 2 }, { approvals: 1, people: [ben] }] })
    await approve(waiting, CARLA)
    const two = await approve(waiting, DORA)
    expect(two).toMatchObject({ status: 'pendingApproval', approvalsNeeded: 3 })
    await expect(approve(two, BEN)).resolves.toMatchObject({ status: 'approved' })
  })

  it('a policy that was loosened while a file waits does not let it through, one that was tightened holds it', async () => {
    await policy(anybody(2))
    const strict = await request(await addDraft(ours, bills()))
    await policy(anybody(1))
    expect(await approve(strict, BEN)).toMatchObject({ status: 'pendingApproval', approvalsNeeded: 2 })
    const lax = await request(await addDraft(ours, bills()))
    await policy(anybody(3))
    expect(await approve(lax, BEN)).toMatchObject({ status: 'pendingApproval', approvalsNeeded: 3 })
  })

  it('what was approved before the policy was tightened is not submitted', async () => {
    const approved = await approve(await request(await addDraft(ours, bills())), BEN)
    await policy(anybody(2))
    await expect(submit(approved)).rejects.toMatchObject({
      code: 'state-conflict',
      message: expect.stringContaining('asks for more approvals'),
    })
  })
})

it('tells each caller their own part: who wrote it, and whose approval stands, under each of their names', async () => {
  await policy(anybody(2))
  const file = await request(await addDraft(ours, bills()))
  await approve(file, BEN_RAISED)
  const you = async (by: Caller) => (await ours.write(by, (ctx) => retrieveAchFile(ctx, file.id))).you
  expect(await you(ANNA)).toEqual({ isAuthor: true, hasApproved: false })
  expect(await you(BEN)).toEqual({ isAuthor: false, hasApproved: true })
  expect(await you(CARLA)).toEqual({ isAuthor: false, hasApproved: false })
  await withdraw(file, BEN)
  expect(await you(BEN)).toEqual({ isAuthor: false, hasApproved: false })
})
