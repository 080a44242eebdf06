import { describe, expect, it } from 'vitest'
import { CHALLENGE } from '../testing/samples.ts'
import { appears, click, expectAccessible, find, focused, openPortal, type, useFakeApi } from '../testing/portal.ts'

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

describe('signing in with an identity provider', () => {
  it('is offered beside the mailed code, and comes back to the page that was asked for', async () => {
    fake.api.methods = { type: 'signInMethods', mailedCode: true, entra: CHALLENGE }
    await openPortal(fake.api, '/recipients')
    const link = await appears<HTMLAnchorElement>('a.button', 'Continue with Microsoft')
    expect(link.getAttribute('href')).toBe('/sign-in/entra?to=%2Frecipients')
    expect(link.target).toBe('_self')
    await appears('#email')
    await expectAccessible()
  })

  it('opens in another tab where pages wait with what was typed', async () => {
    fake.api.methods = { type: 'signInMethods', mailedCode: true, entra: CHALLENGE }
    fake.signedIn()
    await openPortal(fake.api, '/bank-accounts')
    await appears('h1', 'Bank accounts')
    fake.api.refuse('/v1/bank-connections', { code: 'session-expired', detail: 'The session has ended.' })
    await click('a', 'Bank connections')
    const link = await appears<HTMLAnchorElement>('a.button', 'Continue with Microsoft')
    expect(link.target).toBe('_blank')
    await expectAccessible()
  })

  it('is not offered where there is none', async () => {
    await openPortal(fake.api, '/')
    await appears('#email')
    await expect.poll(() => fake.api.sent('GET', '/v1/sign-in/methods')).toHaveLength(1)
    expect(find('a.button')).toBeUndefined()
  })

  it('says that nobody can sign in where neither is set up', async () => {
    fake.api.methods = { type: 'signInMethods', mailedCode: false, entra: null }
    await openPortal(fake.api, '/')
    await appears('.notice', 'Nobody can sign in here yet')
    expect(find('#email')).toBeUndefined()
    await expectAccessible()
  })

  it('tells what a provider answered that was not asked by this browser, and sends nothing', async () => {
    fake.api.methods = { type: 'signInMethods', mailedCode: true, entra: CHALLENGE }
    await openPortal(fake.api, '/sign-in/entra#state=x&code=y')
    await appears('.notice', 'was not started in this browser')
    expect(location.hash).toBe('')
    expect(fake.api.sent('POST', '/v1/sign-in/entra')).toEqual([])
    await expectAccessible()
  })
})
