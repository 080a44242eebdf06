import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cancelAchFile } from '../ach-files/cancel.ts'
import { ANNA, createTestTenants, type TestOrganization, type TestTenants } from '../testing/context.ts'
import { addBankAccount, addBankConnection, addDraft, addRecipient, batchOf } from '../testing/payments.ts'
import {
  archiveBankAccount,
  createBankAccount,
  listBankAccounts,
  retrieveBankAccount,
  updateBankAccount,
} from './service.ts'

let tenants: TestTenants
let ours: TestOrganization
let theirs: TestOrganization
beforeAll(async () => {
  tenants = await createTestTenants()
  ours = await tenants.organization()
  theirs = await tenants.organization()
})
afterAll(() => tenants.close())

const input = {
  name: 'Payroll',
  routingNumber: '121042882',
  accountNumber: '5566778899001',
  accountType: 'checking' as const,
  companyName: 'Payer Inc',
  companyId: '1234567890',
}

describe('a bank account', () => {
  it('is shown by its last digits only, and so is it in the audit log', async () => {
    const bankConnectionId = await addBankConnection(ours)
    const made = await ours.write(ANNA, (ctx) => createBankAccount(ctx, { ...input, bankConnectionId }))
    expect(made).toMatchObject({ accountNumberLast4: '9001', routingNumberMasked: '*****2882', bankConnectionId })
    expect(JSON.stringify([made, ours.events])).not.toMatch(/5566778899001|121042882/)
    expect(await ours.read((ctx) => retrieveBankAccount(ctx, made.id))).toEqual(made)
    expect((await ours.read((ctx) => listBankAccounts(ctx, {}))).data).toEqual([made])
    expect((await theirs.read((ctx) => listBankAccounts(ctx, {}))).data).toEqual([])
  })

  it('belongs to a bank connection of its own organization that is in use', async () => {
    const foreign = await addBankConnection(theirs)
    const archived = await addBankConnection(ours, { archivedAt: '2026-11-01T00:00:00.000Z' })
    const messages: string[] = []
    for (const bankConnectionId of [foreign, archived, 'bcn_00000000000000000000000000' as const]) {
      const refused = ours.write(ANNA, (ctx) => createBankAccount(ctx, { ...input, bankConnectionId }))
      await expect(refused).rejects.toMatchObject({
        code: 'validation-failed',
        errors: [{ pointer: '/bankConnectionId', code: 'not-found' }],
      })
      messages.push(await refused.then(String, (error: Error) => error.message))
    }
    expect(new Set(messages).size).toBe(1)
  })

  it('of another tenant is not found', async () => {
    const { id } = await addBankAccount(theirs)
    await expect(ours.read((ctx) => retrieveBankAccount(ctx, id))).rejects.toMatchObject({ code: 'not-found' })
    await expect(ours.write(ANNA, (ctx) => updateBankAccount(ctx, id, { name: 'x' }))).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(ours.write(ANNA, (ctx) => archiveBankAccount(ctx, id))).rejects.toMatchObject({ code: 'not-found' })
  })

  it('changes routing and account number together or not at all', async () => {
    const { id } = await addBankAccount(ours)
    await expect(
      ours.write(ANNA, (ctx) => updateBankAccount(ctx, id, { routingNumber: '021000021' })),
    ).rejects.toMatchObject({ errors: [{ pointer: '/accountNumber' }] })
    const numbers = { routingNumber: '021000021', accountNumber: '111122223333' }
    const changed = await ours.write(ANNA, (ctx) => updateBankAccount(ctx, id, numbers))
    expect(changed).toMatchObject({ routingNumberMasked: '*****0021', accountNumberLast4: '3333' })
  })

  it('is not archived while a file in preparation pays from it', async () => {
    const account = await addBankAccount(ours)
    const recipient = await addRecipient(ours)
    const draft = await addDraft(ours, [batchOf(account.id, recipient.id)])
    await expect(ours.write(ANNA, (ctx) => archiveBankAccount(ctx, account.id))).rejects.toMatchObject({
      code: 'state-conflict',
      message: expect.stringContaining(draft.id),
    })
    await ours.write(ANNA, (ctx) => cancelAchFile(ctx, draft.id, draft))
    const archived = await ours.write(ANNA, (ctx) => archiveBankAccount(ctx, account.id))
    expect(archived.archivedAt).toBe(tenants.clock.now.toISOString())
    await expect(addDraft(ours, [batchOf(account.id, recipient.id)])).rejects.toMatchObject({
      errors: [{ pointer: '/batches/0/bankAccountId', code: 'not-found' }],
    })
  })
})
