import { expect, it } from 'vitest'
import { appears, click, expectAccessible, openPortal, useFakeApi } from '../testing/portal.ts'

const fake = useFakeApi()

it('shows which mails somebody gets, and keeps what they do without', async () => {
  fake.signedIn()
  await openPortal(fake.api, '/account')
  await appears('label', 'Payments that came back')
  await expectAccessible()
  await click('input[name=returns]')
  await appears('[role=status]', 'Saved.')
  await click('input[name=banks]')
  await expect
    .poll(() => fake.api.sent('POST', '/v1/session/mails'))
    .toEqual([{ off: ['returns'] }, { off: ['returns', 'banks'] }])
  await click('input[name=returns]')
  await expect.poll(() => fake.api.sent('POST', '/v1/session/mails').at(-1)).toEqual({ off: ['banks'] })
})
