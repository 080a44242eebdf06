import { expect, it } from 'vitest'
import { sessionOf } from '../testing/samples.ts'
import { appears, click, everythingShown, expectAccessible, openPortal, type, useFakeApi } from '../testing/portal.ts'

const fake = useFakeApi()
const SECRET = 'fw_inv_secretwords'

it('leads from the link through the sign-in to the organization, and takes the secret out of the address', async () => {
  fake.api.people.offer = { secret: SECRET, organizationName: 'Bakery' }
  fake.api.returning = sessionOf([])
  await openPortal(fake.api, `/invitation#${SECRET}`)
  await type('#email', 'grace@example.com')
  await click('button', 'code')
  await type('#code', '12345678')
  await click('button', 'Sign in')
  await appears('p', 'invites you to work in')
  expect(location.hash).toBe('')
  expect(everythingShown()).not.toContain(SECRET)
  await expectAccessible()
  await type('#name', 'Grace Hollis')
  await click('button', 'Accept the invitation')
  await expect.poll(() => location.pathname).toBe('/organization')
  await appears('strong', 'Bakery')
  expect(fake.api.sent('POST', '/v1/session/invitations')).toEqual([{ secret: SECRET, name: 'Grace Hollis' }])
})

it('says what to do when the link is not valid, or for somebody else', async () => {
  fake.signedIn()
  await openPortal(fake.api, '/invitation#fw_inv_other')
  await appears('.notice', 'This invitation is not valid any more.')
  await appears('p', 'You are signed in as ada@example.com.')
  await expectAccessible()
})
