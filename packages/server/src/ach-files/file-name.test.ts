import { beforeEach, expect, test } from 'vitest'
import { updateBankConnection } from '../bank-connections/service.ts'
import { ANNA, BEN, createTestTenants, MONDAY, type TestOrganization, type TestTenants } from '../testing/context.ts'
import { addApproved, addBankAccount, addBankConnection, addRecipient, batchOf } from '../testing/payments.ts'
import { submitAchFile } from './submit.ts'
import { acknowledging } from '../testing/acknowledging.ts'

let tenants: TestTenants
let ours: TestOrganization
beforeEach(async () => {
  tenants = await createTestTenants()
  tenants.clock.now = MONDAY
  ours = await tenants.organization()
  return () => tenants.close()
})

async function submitThrough(connection: Parameters<typeof addBankAccount>[1]) {
  const account = await addBankAccount(ours, connection)
  const recipient = await addRecipient(ours)
  const approved = await addApproved(ours, [batchOf(account.id, recipient.id)])
  return ours.write(BEN, (ctx) =>
    acknowledging((acknowledgedDuplicates) => submitAchFile(ctx, approved.id, { ...approved, acknowledgedDuplicates })),
  )
}

test('a file is named as the template of its connection says, or by the default', async () => {
  const named = await addBankConnection(ours, {
    fileNameTemplate: '{originId}.{date:yymmdd}{modifier}.{sequence:4}.txt',
  })
  const first = (await submitThrough(named)).generated
  expect(first?.fileName).toMatch(/^1234567890\.\d{6}A\.0001\.txt$/)
  const plain = (await submitThrough(await addBankConnection(ours))).generated
  expect(plain?.fileName).toMatch(/^ACH_20\d{6}_B000002_[0-9a-f]{8}\.ach$/)
  expect(plain?.fileName).toContain(plain?.sha256.slice(0, 8))
})

test('a name that the bank had already is refused with what to do, and then the file can be submitted', async () => {
  const connection = await addBankConnection(ours, { fileNameTemplate: 'PAY{sequence}2.ach' })
  expect((await submitThrough(connection)).generated?.fileName).toBe('PAY12.ach')
  await rename(connection, 'PAY1{sequence}.ach')
  const account = await addBankAccount(ours, connection)
  const recipient = await addRecipient(ours)
  const approved = await addApproved(ours, [batchOf(account.id, recipient.id)])
  const submit = () =>
    ours.write(BEN, (ctx) =>
      acknowledging((acknowledgedDuplicates) =>
        submitAchFile(ctx, approved.id, { ...approved, acknowledgedDuplicates }),
      ),
    )
  await expect(submit()).rejects.toMatchObject({ code: 'duplicate', message: expect.stringContaining('{sequence:6}') })
  await rename(connection, 'PAY_{sequence:6}.ach')
  expect((await submit()).generated?.fileName).toBe('PAY_000002.ach')
})

function rename(id: string, fileNameTemplate: string) {
  return ours.write(ANNA, (ctx) => updateBankConnection(ctx, id, { fileNameTemplate }))
}
