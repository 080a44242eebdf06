import { expect, it } from 'vitest'
import { billState } from '../books/books.ts'
import { FakeFistworks } from '../testing/fake-fistworks.ts'
import { memoryStore } from '../testing/open-app.ts'
import { createBillSync } from './bill-sync.ts'

async function afterSync(
  arrange: (fistworks: FakeFistworks, right: { externalId: string; recipientId: string; amountCents: number }) => void,
) {
  const fistworks = new FakeFistworks()
  const store = memoryStore()
  const bill = store.read().bills[0]
  if (bill === undefined) throw new Error('the books are empty')
  const recipientId = fistworks.addRecipient(bill.vendorId)
  arrange(fistworks, { externalId: bill.id, recipientId, amountCents: bill.amountCents })
  const sync = createBillSync(fistworks.fist, store)
  await sync()
  const state = () => {
    const now = store.read().bills[0]
    return now === undefined ? null : { state: billState(now), status: now.payment?.status ?? null }
  }
  return { fistworks, sync, state }
}

it('calls a bill paid when the bank has acknowledged its file, not before', async () => {
  const { fistworks, sync, state } = await afterSync((fake, right) => fake.addFile('submitted', [right]))
  expect(state()).toEqual({ state: 'inPayment', status: 'submitted' })
  Object.assign(fistworks.files[0] ?? {}, { status: 'acknowledged' })
  await sync()
  expect(state()).toEqual({ state: 'paid', status: 'acknowledged' })
})

it.each([
  ['another amount', { amountCents: 1 }],
  ['another recipient', { recipientId: 'rcp_someoneelse' }],
  ['money taken instead of given', { direction: 'debit' }],
])('does not call a bill paid by %s', async (_, wrong) => {
  const { state } = await afterSync((fake, right) => fake.addFile('acknowledged', [{ ...right, ...wrong }]))
  expect(state()).toEqual({ state: 'check', status: 'mismatch' })
})

it('asks a person when two files carry the same bill', async () => {
  const { state } = await afterSync((fake, right) => {
    fake.addFile('acknowledged', [right])
    fake.addFile('draft', [right])
  })
  expect(state()).toEqual({ state: 'check', status: 'duplicate' })
})

it('opens a bill again when its file is canceled', async () => {
  const { fistworks, sync, state } = await afterSync((fake, right) => fake.addFile('draft', [right]))
  expect(state()?.state).toBe('inPayment')
  Object.assign(fistworks.files[0] ?? {}, { status: 'canceled' })
  await sync()
  expect(state()).toEqual({ state: 'open', status: null })
})

it('keeps what was paid to a recipient who is archived since', async () => {
  const { state } = await afterSync((fake, right) => {
    fake.addFile('acknowledged', [right])
    Object.assign(fake.recipients[0] ?? {}, { archivedAt: '2026-11-20T10:00:00Z' })
  })
  expect(state()?.state).toBe('paid')
})
