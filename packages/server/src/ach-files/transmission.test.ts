import { type AchFile, type BankAccount, type Recipient, type Transmit } from '@fistworks/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { submissionStore } from '../submissions/store.ts'
import { ANNA, BEN, createTestTenants, MONDAY, type TestOrganization, type TestTenants } from '../testing/context.ts'
import { addBankAccount, addBankConnection, addDraft, addRecipient, batchOf } from '../testing/payments.ts'
import { approveAchFile, requestApproval } from './approval.ts'
import { retrieveAchFile, updateAchFile } from './service.ts'
import { submitAchFile } from './submit.ts'
import { acknowledging } from '../testing/acknowledging.ts'

const CUTOFFS = {
  timeZone: 'America/New_York',
  times: [
    { by: '11:00', leadDays: 0 as const },
    { by: '17:00', leadDays: 1 as const },
  ],
}

let tenants: TestTenants
let ours: TestOrganization
let account: BankAccount
let acme: Recipient
beforeAll(async () => {
  tenants = await createTestTenants()
})
beforeEach(async () => {
  tenants.clock.now = MONDAY
  ours = await tenants.organization()
  account = await addBankAccount(ours, await addBankConnection(ours, { cutoffs: CUTOFFS }))
  acme = await addRecipient(ours)
})
afterAll(() => tenants.close())

const request = (file: AchFile) =>
  ours.write(ANNA, (ctx) =>
    acknowledging((acknowledgedDuplicates) => requestApproval(ctx, file.id, { ...file, acknowledgedDuplicates })),
  )
const approve = (file: AchFile) =>
  ours.write(BEN, (ctx) =>
    acknowledging((acknowledgedDuplicates) => approveAchFile(ctx, file.id, { ...file, acknowledgedDuplicates })),
  )
const submit = (file: AchFile) =>
  ours.write(BEN, (ctx) =>
    acknowledging((acknowledgedDuplicates) => submitAchFile(ctx, file.id, { ...file, acknowledgedDuplicates })),
  )
const change = (file: AchFile, values: { transmit?: Transmit; submitOnApproval?: boolean }) =>
  ours.write(ANNA, (ctx) => updateAchFile(ctx, file.id, { version: file.version, ...values }))
const submissionOf = async (file: AchFile) =>
  ours.read((ctx) => submissionStore(ctx.db, ctx.organizationId).find(file.submissionId ?? ''))

async function drafted(effectiveDate: string, values: Parameters<typeof change>[1] = {}): Promise<AchFile> {
  return change(await addDraft(ours, [batchOf(account.id, acme.id, { effectiveDate })]), values)
}

describe('a file whose date cannot be reached any more', () => {
  it('is neither sent for approval nor approved nor submitted, and the date that can is named', async () => {
    const draft = await drafted('2026-11-24')
    const waiting = await request(draft)
    const after = {
      code: 'validation-failed',
      message: expect.stringContaining('the next date that can is 2026-11-25'),
    }
    tenants.clock.now = new Date('2026-11-24T15:40:00.001Z')
    await expect(approve(waiting)).rejects.toMatchObject(after)
    await expect(request(await drafted('2026-11-24'))).rejects.toMatchObject({
      ...after,
      errors: [{ pointer: '/batches/0/effectiveDate', code: 'effective-date' }],
    })
    tenants.clock.now = new Date('2026-11-24T15:40:00Z')
    const approved = await approve(waiting)
    tenants.clock.now = new Date('2026-11-24T15:40:00.001Z')
    await expect(submit(approved)).rejects.toMatchObject(after)
    expect((await ours.read((ctx) => retrieveAchFile(ctx, approved.id))).plannedTransmission).toMatchObject({
      leavesAt: null,
      problem: expect.stringContaining('2026-11-25'),
    })
  })
})

describe('people who decide', () => {
  it('are shown when the file leaves and what settles when', async () => {
    const draft = await drafted('2026-11-25', { transmit: { when: 'nextCutoff' } })
    expect(draft.plannedTransmission).toEqual({
      leavesAt: '2026-11-23T15:00:00.000Z',
      deliverBy: '2026-11-25T16:00:00.000Z',
      settles: [{ on: '2026-11-25', sameDay: false }],
      problem: null,
    })
  })

  it('approve when it is sent and by whose word: a change of either needs a new approval', async () => {
    const approved = await approve(await request(await drafted('2026-11-25')))
    await ours.storage.write((tx) =>
      tx.run(`UPDATE ach_files SET submit_on_approval = 1 WHERE organization_id = '${ours.id}'`),
    )
    await expect(submit(approved)).rejects.toMatchObject({ message: expect.stringContaining('not what was approved') })
    await ours.storage.write((tx) =>
      tx.run(
        `UPDATE ach_files SET submit_on_approval = 0, transmit = '{"when":"nextCutoff"}' WHERE organization_id = '${ours.id}'`,
      ),
    )
    await expect(submit(approved)).rejects.toMatchObject({ message: expect.stringContaining('not what was approved') })
    await ours.storage.write((tx) =>
      tx.run(`UPDATE ach_files SET transmit = '{"when":"now"}' WHERE organization_id = '${ours.id}'`),
    )
    await expect(submit(approved)).resolves.toMatchObject({ status: 'submitted' })
  })
})

describe('a submitted file', () => {
  it('is handed to the delivery with the moment before which nothing is sent and the last cutoff', async () => {
    const transmit = { when: 'at', at: '2026-11-23T18:00:00Z' } as const
    const submitted = await submit(await approve(await request(await drafted('2026-11-24', { transmit }))))
    expect(await submissionOf(submitted)).toMatchObject({
      notBefore: '2026-11-23T18:00:00.000Z',
      deliverBy: '2026-11-24T16:00:00.000Z',
    })
    expect(submitted.plannedTransmission).toBeNull()
  })

  it('waits for the day on which its date may be told to the bank', async () => {
    const submitted = await submit(await approve(await request(await drafted('2026-12-01'))))
    expect(await submissionOf(submitted)).toMatchObject({ notBefore: '2026-11-27T05:00:00.000Z' })
  })

  it('through a bank whose cutoffs are not known has no last moment', async () => {
    const other = await addBankAccount(ours)
    const draft = await addDraft(ours, [batchOf(other.id, acme.id)])
    const submitted = await submit(await approve(await request(draft)))
    expect(await submissionOf(submitted)).toMatchObject({ notBefore: null, deliverBy: null })
  })
})

describe('a file that its approval submits', () => {
  it('is approved and submitted in one unit of work, and the log names both', async () => {
    const approved = await approve(await request(await drafted('2026-11-25', { submitOnApproval: true })))
    expect(approved).toMatchObject({ status: 'submitted', submissionId: expect.stringMatching(/^sub_/) })
    expect(ours.events.slice(-2).map(({ action }) => action)).toEqual(['achFile.approved', 'achFile.submitted'])
  })

  it('is not approved when it cannot be submitted', async () => {
    await submit(await approve(await request(await drafted('2026-11-25'))))
    const twin = await request(await drafted('2026-11-25', { submitOnApproval: true }))
    await expect(approve(twin)).rejects.toMatchObject({ code: 'duplicate' })
    expect(await ours.read((ctx) => retrieveAchFile(ctx, twin.id))).toMatchObject({
      status: 'pendingApproval',
      approval: null,
    })
  })
})
