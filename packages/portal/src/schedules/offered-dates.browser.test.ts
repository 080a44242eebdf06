import type { OfferedDate } from '@fistworks/contract'
import { expect, it } from 'vitest'
import { newId } from '../testing/new-id.ts'
import { paymentOf } from '../testing/payment-of.ts'
import { appears, click, expectAccessible, find, focused, openPortal, useFakeApi } from '../testing/portal.ts'

const fake = useFakeApi()
const MONDAY: OfferedDate = {
  effectiveDate: '2026-11-23',
  leavesAt: '2026-11-23T15:00:00.000Z',
  deliverBy: '2026-11-23T21:15:00.000Z',
  sameDay: true,
  mostPerEntryCents: 100_000_000,
}
const TUESDAY = { ...MONDAY, effectiveDate: '2026-11-24', sameDay: false, mostPerEntryCents: null }

it('tells for a draft by when each date must leave, and what the same day allows', async () => {
  fake.signedIn()
  fake.api.schedules.dates = [MONDAY, TUESDAY]
  const file = paymentOf(newId('bac'))
  fake.api.schedules.file = file
  await openPortal(fake.api, `/payments/${file.id}`)
  await click('summary', 'Dates that can be reached')
  await appears('td', 'Mon, Nov 23, 2026')
  await appears('.badge', 'Same day')
  await appears('.hint', 'Same day: at most $1,000,000.00 for each payment')
  await appears('.hint', 'at least 20 minutes before the cutoff')
  await expectAccessible()
})

it('a template begins with the next date that is not the same day, and takes another at a press', async () => {
  fake.signedIn()
  fake.api.schedules.dates = [MONDAY, TUESDAY]
  const { id } = fake.api.schedules.addTemplate()
  await openPortal(fake.api, `/schedules/templates/${id}`)
  const field = await appears<HTMLInputElement>('#effectiveDate')
  expect(field.value).toBe('2026-11-24')
  await click('[aria-label="Take it: Mon, Nov 23, 2026"]')
  expect(field.value).toBe('2026-11-23')
  expect(focused()).toBe(field)
  await expectAccessible()
})

it('says that nothing is promised where the cutoffs are not known, and where no date is left', async () => {
  fake.signedIn()
  fake.api.schedules.dates = [{ ...TUESDAY, deliverBy: null }]
  const file = paymentOf(newId('bac'))
  fake.api.schedules.file = file
  await openPortal(fake.api, `/payments/${file.id}`)
  await click('summary', 'Dates that can be reached')
  await appears('.hint', 'The cutoffs of this bank are not known')
  expect(find('.hint', 'Same day')).toBeUndefined()
  fake.api.schedules.dates = []
  await openPortal(fake.api, `/payments/${file.id}`)
  await click('summary', 'Dates that can be reached')
  await appears('p', 'No date can be reached with the cutoffs of this bank')
})
