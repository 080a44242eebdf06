import type { OfferedDate } from '@fistworks/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import '../../register/fist-ach-file.ts'
import { FakeApi, problem } from '../../testing/fake-api.ts'
import { expectAccessible, mount, unmountAll } from '../../testing/mount.ts'

let api: FakeApi
beforeEach(() => {
  api = new FakeApi()
})
afterEach(unmountAll)

const NEXT: OfferedDate = {
  effectiveDate: '2090-11-27',
  leavesAt: '2090-11-24T15:00:00Z',
  deliverBy: '2090-11-27T21:15:00Z',
  sameDay: false,
  mostPerEntryCents: null,
}
const TODAY = { ...NEXT, effectiveDate: '2090-11-24', deliverBy: '2090-11-24T21:15:00Z', sameDay: true }
const field = page.getByLabelText('Takes effect on')

test('offers the dates that can be reached, each with its cutoff, and takes one', async () => {
  api.dates = [TODAY, NEXT]
  mount('fist-ach-file', { client: api.client })
  await field.fill('2090-11-20')
  await expect
    .element(page.getByText(/Nov 20, 2090 cannot be reached any more: the next date is .*Nov 24/))
    .toBeVisible()
  await page.getByText('Dates that can be reached').click()
  await expect.element(page.getByText(/same day · last cutoff Nov 24, 2090/)).toBeVisible()
  await page.getByRole('button', { name: /Nov 27, 2090/ }).click()
  await expect.element(field).toHaveValue('2090-11-27')
  await expect.element(page.getByText(/20 minutes before the last cutoff of the bank, Nov 27, 2090/)).toBeVisible()
  await expectAccessible()
})

test('asks for collections when something is collected, and says nothing when they cannot be read', async () => {
  api.intercept = ({ path }) => (path.endsWith('/effective-dates') ? problem('forbidden', 'No.') : null)
  mount('fist-ach-file', { client: api.client })
  const asked = () => api.requests.filter(({ path }) => path.endsWith('/effective-dates'))
  await expect.poll(() => asked().map(({ query }) => query.get('direction'))).toEqual(['credit'])
  await page.getByLabelText('Direction').selectOptions('Collect')
  await expect.poll(() => asked().map(({ query }) => query.get('direction'))).toEqual(['credit', 'debit'])
  await expect.element(page.getByText('Dates that can be reached')).not.toBeInTheDocument()
})
