import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ANNA, createTestTenants, type TestTenants } from '../testing/context.ts'
import { addBankAccount, addDraft, addRecipient, batchOf } from '../testing/payments.ts'
import { listAuditEvents } from './service.ts'

let tenants: TestTenants
beforeAll(async () => {
  tenants = await createTestTenants()
})
afterAll(() => tenants.close())

describe('the list of audit events', () => {
  it('pages newest first through what this organization did, and nothing of another', async () => {
    const ours = await tenants.organization()
    const theirs = await tenants.organization()
    const account = await addBankAccount(ours)
    const recipient = await addRecipient(ours)
    await addRecipient(theirs)
    const file = await addDraft(ours, [batchOf(account.id, recipient.id)])
    const seen: unknown[] = []
    let after: string | null | undefined
    do {
      const page = await ours.read((ctx) =>
        listAuditEvents({ control: tenants.databases.control.read }, ctx, { limit: 1, ...(after ? { after } : {}) }),
      )
      seen.push(
        ...page.data.map(({ sequence, action, targetId, actor, outcome }) => ({
          sequence,
          action,
          targetId,
          actor,
          outcome,
        })),
      )
      after = page.nextCursor
    } while (after)
    const by = { actor: ANNA.actor, outcome: 'succeeded' }
    expect(seen).toEqual([
      { sequence: 3, action: 'achFile.created', targetId: file.id, ...by },
      { sequence: 2, action: 'recipient.created', targetId: recipient.id, ...by },
      { sequence: 1, action: 'bankAccount.created', targetId: account.id, ...by },
    ])
  })
})
