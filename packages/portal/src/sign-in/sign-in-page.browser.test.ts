import { describe, expect, it } from 'vitest'
import { appears, click, expectAccessible, focused, openPortal, type, useFakeApi } from '../testing/portal.ts'

const fake = useFakeApi()

describe('signing in', () => {
  it('takes an address, then the code from the mail, and shows the page that was asked for', async () => {
    await openPortal(fake.api, '/bank-accounts')
    await expectAccessible()
    await type('#email', 'ada@example.com')
    await click('button', 'Send me a code')
    const code = await appears<HTMLInputElement>('#code')
    await expect.poll(focused).toBe(code)
    expect(code.autocomplete).toBe('one-time-code')
    await expectAccessible()
    await type('#code', '1234 5678')
    await click('button.primary', 'Sign in')
    await appears('h1', 'Bank accounts')
    expect(document.title).toBe('Bank accounts · FISTWorks')
    expect(fake.api.sent('POST', '/v1/sign-in/sessions')).toEqual([{ email: 'ada@example.com', code: '12345678' }])
  })

  it('says what is wrong with an address before anything is sent, and puts the focus there', async () => {
    await openPortal(fake.api, '/')
    await type('#email', 'nobody')
    await click('button', 'Send me a code')
    await appears('.wrong', 'E-mail address must be an e-mail address')
    expect(focused()?.id).toBe('email')
    expect(fake.api.sent('POST', '/v1/sign-in/codes')).toEqual([])
    await expectAccessible()
  })

  it('shows a wrong code, and too many tries, in words', async () => {
    await openPortal(fake.api, '/')
    await type('#email', 'ada@example.com')
    await click('button', 'Send me a code')
    await type('#code', '00000000')
    await click('button.primary', 'Sign in')
    await appears('[role=alert]', 'This code is not right.')
    fake.api.refuse('/v1/sign-in/sessions', { code: 'rate-limited', detail: 'Too many tries. Wait ten minutes.' })
    await type('#code', '12345678')
    await click('button.primary', 'Sign in')
    await appears('[role=alert]', 'Wait ten minutes')
    await expectAccessible()
  })

  it('offers to try again when the server cannot be reached', async () => {
    fake.signedIn()
    fake.api.refuse('/v1/session', 'offline')
    await openPortal(fake.api, '/')
    await click('button', 'Try again')
    await appears('h1', 'Payments')
  })
})
