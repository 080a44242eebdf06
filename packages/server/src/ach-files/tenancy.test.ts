import type { Id } from '@fistworks/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bankAccountStore, bankAccountWriter } from '../bank-accounts/store.ts'
import { recipientStore, recipientWriter } from '../recipients/store.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import type { Reader } from '../storage/transaction.ts'
import { BEN, createTestTenants, type TestOrganization, type TestTenants } from '../testing/context.ts'
import { addApproved, addBankAccount, addRecipient, batchOf } from '../testing/payments.ts'
import { contentStore, contentWriter } from './content-store.ts'
import { achFileStore, achFileWriter } from './store.ts'
import { storedParts } from './stored-parts.ts'
import { submitAchFile } from './submit.ts'
import { acknowledging } from '../testing/acknowledging.ts'

let tenants: TestTenants
let ours: TestOrganization
let theirs: TestOrganization
let ids: Awaited<ReturnType<typeof submitted>>
beforeAll(async () => {
  tenants = await createTestTenants()
  ours = await tenants.organization()
  theirs = await tenants.organization()
  ids = await submitted()
})
afterAll(() => tenants.close())

/** Every row of ours, asked for through the doors of `organizationId`. */
async function everything(organizationId: Id<'org'>) {
  const db = byHand(tenants.shared).read
  const files = achFileStore(db, organizationId)
  const content = contentStore(db, organizationId)
  const accounts = bankAccountStore(db, organizationId)
  const recipients = recipientStore(db, organizationId)
  const recipient = ids.recipient
  return [
    [await files.find(ids.file)],
    [await files.findByContent(ids.content)],
    await files.list(undefined, null, 10),
    await files.inPreparationPaying(recipient.id),
    await files.inPreparationFrom(ids.account),
    [await files.approval(ids.approval)],
    [await files.generated(ids.file)],
    [await files.generatedBytes(ids.file)],
    await content.batches(ids.file),
    await content.page(ids.file, { search: 'e' }, null, 10),
    await allOf(content.entries(ids.file, 0)),
    await content.counts(ids.file),
    await content.largest(ids.file, 0, 10),
    [await accounts.find(ids.account)],
    [...(await accounts.findAll([ids.account])).values()],
    await accounts.list(null, 10),
    [await recipients.find(recipient.id)],
    [...(await recipients.findPayable([recipient.id])).values()],
    await sealedOf(db, organizationId),
    [await recipients.findByAccount(recipient.accountIndex, '')],
    [await recipients.findByExternalId('vendor-9', '')],
    await recipients.list({ isArchived: false }, null, 10),
  ].map((rows) => rows.filter((row) => row !== undefined))
}

/** What the vault keeps of those whom the file pays; it is read by what our own outline says of it. */
async function sealedOf(db: Reader, organizationId: Id<'org'>): Promise<string[]> {
  const outline = { batchRows: await contentStore(db, ours.id).batches(ids.file), counts: [1] }
  const parts = storedParts(db, organizationId, { achFileId: ids.file, outline, withSealed: true })
  const next = await parts.next().catch(() => undefined)
  return next?.value === undefined ? [] : [next.value.sealed]
}

async function allOf<T>(parts: AsyncIterable<T[]>): Promise<T[]> {
  const all: T[] = []
  for await (const some of parts) all.push(...some)
  return all
}

async function submitted() {
  const account = await addBankAccount(ours)
  const { id } = await addRecipient(ours, { externalId: 'vendor-9' })
  const approved = await addApproved(ours, [batchOf(account.id, id)])
  await ours.write(BEN, (ctx) =>
    acknowledging((acknowledgedDuplicates) => submitAchFile(ctx, approved.id, { ...approved, acknowledgedDuplicates })),
  )
  await addApproved(ours, [batchOf(account.id, id)])
  const file = await achFileStore(ours.storage.read, ours.id).find(approved.id)
  const recipient = await recipientStore(ours.storage.read, ours.id).find(id)
  if (!file?.approvalId || file.contentHash === null || !recipient) throw new Error('It was not submitted.')
  return { file: file.id, approval: file.approvalId, content: file.contentHash, account: account.id, recipient }
}

it('the doors of one tenant show and change nothing of another', async () => {
  const before = await everything(ours.id)
  expect(before.map((rows) => rows.length > 0)).toEqual(before.map(() => true))
  expect(await everything(theirs.id)).toEqual(before.map(() => []))
  await byHand(tenants.shared).write(async (tx) => {
    await achFileWriter(tx, theirs.id).change(ids.file, { status: 'canceled', name: 'Taken' })
    await contentWriter(tx, theirs.id).clear(ids.file)
    await contentWriter(tx, theirs.id).pay(
      ids.file,
      { batchPosition: 0, from: 0, count: 1 },
      { odfi: '00000000', first: 1 },
    )
    await bankAccountWriter(tx, theirs.id).change(ids.account, { name: 'Taken' })
    await recipientWriter(tx, theirs.id).change(ids.recipient.id, { name: 'Taken' })
  })
  expect(await everything(ours.id)).toEqual(before)
})

it('no reference from one tenant to a row of another can be stored', async () => {
  const foreign = byHand(tenants.shared).write(async (tx) => {
    const file = await achFileStore(tx, ours.id).find(ids.file)
    const [batch] = await contentStore(tx, ours.id).batches(ids.file)
    if (!file || !batch) throw new Error('There is nothing to copy.')
    await achFileWriter(tx, theirs.id).add({ ...file, approvalId: null, contentHash: null, status: 'draft' })
    await contentWriter(tx, theirs.id).add([batch], [])
  })
  await expect(foreign).rejects.toMatchObject({ cause: { message: expect.stringContaining('FOREIGN KEY') } })
})
