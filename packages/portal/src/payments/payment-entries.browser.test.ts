import type { AchFile, Entry } from '@fistworks/contract'
import { expect, it } from 'vitest'
import { newId } from '../testing/new-id.ts'
import { paymentOf } from '../testing/payment-of.ts'
import {
  appears,
  click,
  everythingShown,
  expectAccessible,
  find,
  focused,
  openPortal,
  type,
  useFakeApi,
} from '../testing/portal.ts'

const fake = useFakeApi()

/** A file that came without its payments. */
function largeFile(count: number): AchFile {
  const file = paymentOf(newId('bac'))
  const [batch] = file.batches
  const [entry] = batch?.entries ?? []
  if (batch === undefined || entry === undefined) throw new Error('The sample has no payment.')
  fake.api.schedules.entries = Array.from({ length: count }, (_, at): Entry => {
    return { ...entry, id: newId('ent'), recipientName: `Tenant ${at + 1}`, amountCents: 100 + at }
  })
  const totals = { ...file.totals, entryCount: count }
  return { ...file, totals, batches: [{ ...batch, entryCount: count, entries: [] }] }
}

it('shows the payments of a large file a page at a time, and keeps the focus on the button', async () => {
  fake.signedIn()
  const file = largeFile(250)
  fake.api.schedules.file = file
  await openPortal(fake.api, `/payments/${file.id}`)
  await appears('h2', 'All 250 payments')
  await appears('[role=status]', '1 to 100 of 250')
  expect(find('button', 'Previous page')?.getAttribute('aria-disabled')).toBe('true')
  await expectAccessible()
  ;(await appears('button', 'Next page')).focus()
  await click('button', 'Next page')
  await appears('td', 'Tenant 101')
  await click('button', 'Next page')
  await appears('[role=status]', '201 to 250 of 250')
  expect(focused()?.textContent).toContain('Next page')
  expect(find('button', 'Next page')?.getAttribute('aria-disabled')).toBe('true')
  await click('button', 'Next page')
  await click('button', 'Previous page')
  await appears('td', 'Tenant 101')
  await appears('[role=status]', '101 to 200 of 250')
  expect(everythingShown()).not.toContain('Tenant 250')
})

it('finds a payment by its recipient, and begins at the first page again', async () => {
  fake.signedIn()
  const file = largeFile(250)
  fake.api.schedules.file = file
  await openPortal(fake.api, `/payments/${file.id}`)
  await click('button', 'Next page')
  await appears('td', 'Tenant 101')
  await type('#search', 'Tenant 24')
  await appears('[role=status]', '1 to 11 found')
  await type('#search', 'nobody')
  await appears('[role=status]', 'No payment to such a recipient.')
  await expectAccessible()
  await type('#search', '')
  await appears('[role=status]', '1 to 100 of 250')
})

it('says so when the payments cannot be read, and reads them again', async () => {
  fake.signedIn()
  const file = largeFile(120)
  fake.api.schedules.file = file
  fake.api.refuse(`/v1/ach-files/${file.id}/entries`, 'offline')
  await openPortal(fake.api, `/payments/${file.id}`)
  await appears('.notice', 'could not be reached')
  await click('button', 'Try again')
  await appears('[role=status]', '1 to 100 of 120')
})
