import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { updateBankAccount } from '../bank-accounts/service.ts'
import { updateBankConnection } from '../bank-connections/service.ts'
import { bankConnectionWriter } from '../bank-connections/store.ts'
import { submissionStore } from '../submissions/store.ts'
import { archiveRecipient, updateRecipient } from '../recipients/service.ts'
import {
  ANNA,
  BEN,
  createTestTenants,
  machine,
  person,
  type TestOrganization,
  type TestTenants,
} from '../testing/context.ts'
import { addApproved, addBankAccount, addDraft, addRecipient, batchOf } from '../testing/payments.ts'
import { approveAchFile, rejectAchFile, requestApproval } from './approval.ts'
import { cancelAchFile } from './cancel.ts'
import { retrieveAchFile, updateAchFile } from './service.ts'
import { submitAchFile } from './submit.ts'
import { acknowledging } from '../testing/acknowledging.ts'

const CARLA = person('carla')

let tenants: TestTenants
let ours: TestOrganization
let account: Awaited<ReturnType<typeof addBankAccount>>
let recipient: Awaited<ReturnType<typeof addRecipient>>
beforeAll(async () => {
  tenants = await createTestTenants()
})
afterAll(() => tenants.close())

/** Each test pays from its own organization. */
beforeEach(async () => {
  ours = await tenants.organization()
  account = await addBankAccount(ours)
  recipient = await addRecipient(ours)
})
const bills = () => [batchOf(account.id, recipient.id)]

const read = (id: string) => ours.read((ctx) => retrieveAchFile(ctx, id))
const request = (file: { id: string; version: number }) =>
  ours.write(ANNA, (ctx) =>
    acknowledging((acknowledgedDuplicates) => requestApproval(ctx, file.id, { ...file, acknowledgedDuplicates })),
  )
const approve = (file: { id: string; version: number }, by = BEN) =>
  ours.write(by, (ctx) =>
    acknowledging((acknowledgedDuplicates) => approveAchFile(ctx, file.id, { ...file, acknowledgedDuplicates })),
  )
const reject = (file: { id: string; version: number }, by = BEN, reason = 'Wrong amount') =>
  ours.write(by, (ctx) => rejectAchFile(ctx, file.id, { version: file.version, reason }))
const submit = (file: { id: string; version: number }) =>
  ours.write(BEN, (ctx) =>
    acknowledging((acknowledgedDuplicates) => submitAchFile(ctx, file.id, { ...file, acknowledgedDuplicates })),
  )

describe('an approval', () => {
  it('is by a person who did not write the file', async () => {
    const waiting = await request(await addDraft(ours, bills()))
    expect(waiting).toMatchObject({ status: 'pendingApproval', approval: null })
    await expect(approve(waiting, ANNA)).rejects.toMatchObject({ code: 'second-person-required' })
    await expect(approve(waiting, machine)).rejects.toMatchObject({ code: 'person-required' })
    await expect(reject(waiting, ANNA)).rejects.toMatchObject({ code: 'second-person-required' })
    await expect(reject(waiting, machine)).rejects.toMatchObject({ code: 'person-required' })
    const approved = await approve(waiting)
    expect(approved).toMatchObject({
      status: 'approved',
      approval: { decision: 'approved', by: BEN.actor, at: tenants.clock.now.toISOString(), reason: null },
    })
    expect(ours.events.at(-1)).toMatchObject({ action: 'achFile.approved', targetId: approved.id })
  })

  it('is not by anybody who changed the file, either', async () => {
    const draft = await addDraft(ours, bills())
    const changed = await ours.write(BEN, (ctx) => updateAchFile(ctx, draft.id, { version: 1, name: 'Renamed' }))
    const waiting = await request(changed)
    await expect(approve(waiting, BEN)).rejects.toMatchObject({ code: 'second-person-required' })
    await expect(approve(waiting, CARLA)).resolves.toMatchObject({ status: 'approved' })
  })

  it('is not by who changed an account that the file pays', async () => {
    const draft = await addDraft(ours, bills())
    const account = { routingNumber: '021000021', accountNumber: '424242424242' }
    await ours.write(BEN, (ctx) => updateRecipient(ctx, recipient.id, account))
    const waiting = await request(draft)
    await expect(approve(waiting, BEN)).rejects.toMatchObject({ code: 'second-person-required' })
    await expect(approve(waiting, CARLA)).resolves.toMatchObject({ status: 'approved' })
  })

  it('is of the version that the person saw', async () => {
    const waiting = await request(await addDraft(ours, bills()))
    const stale = { id: waiting.id, version: waiting.version - 1 }
    await expect(approve(stale)).rejects.toMatchObject({ code: 'version-mismatch' })
    await expect(submit({ id: waiting.id, version: 99 })).rejects.toMatchObject({ code: 'version-mismatch' })
  })

  it('needs a file that is whole and right as of today', async () => {
    await expect(request(await addDraft(ours, []))).rejects.toMatchObject({ errors: [{ pointer: '/batches' }] })
    const waiting = await request(await addDraft(ours, [batchOf(account.id, recipient.id)]))
    const { now } = tenants.clock
    tenants.clock.now = new Date('2026-11-25T15:00:00Z')
    await expect(approve(waiting)).rejects.toMatchObject({ errors: [{ pointer: '/batches/0/effectiveDate' }] })
    tenants.clock.now = now
  })

  it('falls when an account that is paid is changed: the file is a draft again and says why', async () => {
    const approved = await addApproved(ours, bills())
    const account = { routingNumber: '021000021', accountNumber: '515151515151' }
    await ours.write(CARLA, (ctx) => updateRecipient(ctx, recipient.id, account))
    expect(ours.events.at(-1)).toMatchObject({ data: { reopenedFiles: [approved.id] } })
    const reopened = await read(approved.id)
    expect(reopened).toMatchObject({ status: 'draft', version: approved.version + 1, approval: null })
    await expect(submit(approved)).rejects.toMatchObject({ code: 'version-mismatch' })
    await expect(submit(reopened)).rejects.toMatchObject({
      code: 'state-conflict',
      message: expect.stringMatching(/draft again because the recipient “Acme Supply” was changed/),
    })
    const again = await approve(await request(reopened))
    await expect(submit(again)).resolves.toMatchObject({ status: 'submitted' })
  })

  it('falls when a recipient is archived or the bank account changes', async () => {
    const first = await addApproved(ours, bills())
    await ours.write(ANNA, (ctx) => updateBankAccount(ctx, account.id, { companyId: '9999999999' }))
    expect((await read(first.id)).status).toBe('draft')
    const second = await addApproved(ours, [batchOf(account.id, recipient.id)])
    await ours.write(ANNA, (ctx) => updateBankAccount(ctx, account.id, { name: 'Nickname' }))
    expect((await read(second.id)).status).toBe('approved')
    await ours.write(ANNA, (ctx) => archiveRecipient(ctx, recipient.id))
    expect((await read(second.id)).status).toBe('draft')
    await expect(request(await read(second.id))).rejects.toMatchObject({
      errors: [{ pointer: '/batches/0/entries/0/recipientId', code: 'not-found' }],
    })
  })

  it('falls when the bank connection leads elsewhere, and is not by who changed it', async () => {
    const draft = await addDraft(ours, bills())
    const change = (by: typeof BEN, input: Parameters<typeof updateBankConnection>[2]) =>
      ours.write(by, (ctx) => updateBankConnection(ctx, account.bankConnectionId, input))
    const authentication = { method: 'password', password: 'mine' } as const
    await change(BEN, { host: 'sftp.elsewhere.test', authentication })
    const waiting = await request(draft)
    await expect(approve(waiting, BEN)).rejects.toMatchObject({ code: 'second-person-required' })
    const approved = await approve(waiting, CARLA)
    await change(ANNA, { name: 'A better name', sweepsAtOnce: true })
    expect((await read(approved.id)).status).toBe('approved')
    await change(ANNA, { hostKeyFingerprints: [`SHA256:${'B'.repeat(43)}`] })
    expect(ours.events.at(-1)).toMatchObject({ data: { reopenedFiles: [approved.id] } })
    await expect(submit(await read(approved.id))).rejects.toMatchObject({
      code: 'state-conflict',
      message: expect.stringMatching(/draft again because the bank connection “A better name” was changed/),
    })
  })

  it('does not cover a bank connection that was changed since', async () => {
    const approved = await addApproved(ours, bills())
    await ours.write(ANNA, (ctx) =>
      bankConnectionWriter(ctx.db, ctx.organizationId).change(account.bankConnectionId, {
        immediateOrigin: '9876543210',
      }),
    )
    await expect(submit(approved)).rejects.toMatchObject({
      code: 'state-conflict',
      message: expect.stringContaining('not what was approved'),
    })
    const rejected = await reject(approved)
    const draft = await ours.write(ANNA, (ctx) => updateAchFile(ctx, rejected.id, { version: rejected.version }))
    await expect(submit(await approve(await request(draft)))).resolves.toMatchObject({ status: 'submitted' })
  })

  it('that was given is kept: nobody changes or removes the row', async () => {
    await addApproved(ours, bills())
    for (const change of ['UPDATE ach_approvals SET reason = 1', 'DELETE FROM ach_approvals']) {
      await expect(ours.storage.write((tx) => tx.run(change))).rejects.toThrow()
    }
    const replace = 'INSERT OR REPLACE INTO ach_approvals SELECT * FROM ach_approvals'
    await expect(ours.storage.write((tx) => tx.run(replace))).rejects.toThrow()
  })
})

describe('a rejection', () => {
  it('shows its reason, and an update makes the file a draft again', async () => {
    const waiting = await request(await addDraft(ours, bills()))
    const rejected = await reject(waiting)
    expect(rejected).toMatchObject({ status: 'rejected', approval: { decision: 'rejected', reason: 'Wrong amount' } })
    await expect(approve(rejected)).rejects.toMatchObject({ code: 'state-conflict' })
    const { version } = rejected
    const draft = await ours.write(ANNA, (ctx) => updateAchFile(ctx, rejected.id, { version, name: 'Mended' }))
    expect(draft).toMatchObject({ status: 'draft', approval: null })
  })
})

describe('a reason', () => {
  it('keeps no number that somebody types into it, neither in the answer nor in the log', async () => {
    const rejected = await reject(await request(await addDraft(ours, bills())), BEN, 'It is 8800123456789')
    expect(rejected.approval).toMatchObject({ reason: 'It is …' })
    expect(ours.events.at(-1)).toMatchObject({ action: 'achFile.rejected', data: { reason: 'It is …' } })
  })
})

describe('a canceled file', () => {
  it('goes nowhere any more', async () => {
    const approved = await addApproved(ours, bills())
    const canceled = await ours.write(ANNA, (ctx) => cancelAchFile(ctx, approved.id, approved))
    expect(canceled.status).toBe('canceled')
    for (const step of [request, approve, reject, submit]) {
      await expect(step(canceled)).rejects.toMatchObject({
        code: 'state-conflict',
        message: expect.stringContaining('this one was canceled'),
      })
    }
  })

  it('is never sent, where it was submitted already; the same payments can be made anew', async () => {
    const submitted = await submit(await addApproved(ours, bills()))
    const canceled = await ours.write(ANNA, (ctx) => cancelAchFile(ctx, submitted.id, submitted))
    expect(canceled).toMatchObject({ status: 'canceled', submissionId: submitted.submissionId })
    const submission = await submissionStore(ours.storage.read, ours.id).find(submitted.submissionId ?? '')
    expect(submission?.state).toBe('canceled')
    const events = await ours.storage.read.all<{ type: string }>(
      sql`SELECT type FROM events WHERE organization_id = ${ours.id} ORDER BY sequence`,
    )
    expect(events.map(({ type }) => type)).toEqual([
      'achFile.approvalRequested',
      'achFile.approved',
      'achFile.submitted',
      'submission.canceled',
      'achFile.canceled',
    ])
    await expect(submit(await addApproved(ours, bills()))).resolves.toMatchObject({ status: 'submitted' })
  })

  it('is not one that a worker has taken up', async () => {
    const submitted = await submit(await addApproved(ours, bills()))
    await ours.storage.write((tx) =>
      tx.run(sql`UPDATE submissions SET state = 'claimed' WHERE organization_id = ${ours.id}`),
    )
    await expect(ours.write(ANNA, (ctx) => cancelAchFile(ctx, submitted.id, submitted))).rejects.toMatchObject({
      code: 'state-conflict',
    })
    expect((await read(submitted.id)).status).toBe('submitted')
  })
})
