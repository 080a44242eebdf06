import { expect, it } from 'vitest'
import { appears, click, type, useFakeApi, openPortal } from '../testing/portal.ts'

const fake = useFakeApi()

it('closes the account after the word is typed, and leads to the sign-in', async () => {
  fake.signedIn()
  await openPortal(fake.api, '/account')
  await type('#confirm', 'close')
  await click('button', 'Close my account')
  await appears('.wrong', 'must be the word CLOSE')
  expect(fake.api.sent('POST', '/v1/session/close-account')).toEqual([])
  await type('#confirm', 'CLOSE')
  await type('#reason', 'new job')
  await click('button', 'Close my account')
  await appears('.notice, p', 'Your account is closed.')
  expect(fake.api.sent('POST', '/v1/session/close-account')).toEqual([{ confirm: 'CLOSE', reason: 'new job' }])
})

it('says of which organization the person is the only owner', async () => {
  fake.signedIn()
  await openPortal(fake.api, '/account')
  const detail = 'You are the only owner of Bakery.'
  fake.api.refuse('/v1/session/close-account', { code: 'state-conflict', detail })
  await type('#confirm', 'CLOSE')
  await click('button', 'Close my account')
  await appears('.notice', detail)
})
