import { describe, expect, it, vi } from 'vitest'
import { sessionOf } from './testing/fake-api.ts'
import { appears, click, expectAccessible, find, focused, openPortal, type, useFakeApi } from './testing/portal.ts'

const fake = useFakeApi()

describe('the session', () => {
  it('shows nothing of the pages any more once the server says it has ended', async () => {
    fake.signedIn()
    await openPortal(fake.api, '/bank-accounts')
    await appears('h2', 'Connect your bank first')
    fake.api.refuse('/v1/bank-connections', { code: 'session-expired', detail: 'The session has ended.' })
    await click('nav a', 'Bank connections')
    await appears('.notice', 'Your session has ended')
    expect(find('portal-shell')).toBeUndefined()
    expect(location.pathname).toBe('/bank-connections')
  })

  it('gives back what was typed to the same person, and to nobody else', async () => {
    const session = fake.signedIn()
    await openPortal(fake.api, '/bank-connections/new')
    await type('#name', 'First National')
    const end = async () => {
      fake.api.refuse('/v1/bank-connections/scan-host-key', {
        code: 'session-expired',
        detail: 'The session has ended.',
      })
      await type('#host', 'sftp.bank.example')
      await click('button', 'Get the host key from the bank')
      await appears('.notice', 'Your session has ended')
      expect(find('portal-shell')).toBeUndefined()
    }
    const signInAgain = async () => {
      await type('#email', 'ada@harborview.example')
      await click('button', 'Send me a code')
      await type('#code', '12345678')
      await click('button', 'Sign in')
      return appears<HTMLInputElement>('#name')
    }
    await end()
    fake.api.returning = session
    expect((await signInAgain()).value).toBe('First National')
    await end()
    fake.api.returning = { ...session, user: { ...session.user, id: sessionOf().user.id } }
    expect((await signInAgain()).value).toBe('')
  })

  it('warns before it ends, and goes on when the person wants to', async () => {
    const session = fake.signedIn()
    session.expiresAt = new Date(Date.now() + 60_000).toISOString()
    await openPortal(fake.api, '/recipients')
    await expect.poll(() => fake.api.sent('GET', '/v1/session').length).toBeGreaterThan(0)
    await appears('.ending', 'You will be signed out at')
    session.expiresAt = new Date(Date.now() + 30 * 60_000).toISOString()
    await click('button', 'Stay signed in')
    await expect.poll(() => find('.ending')).toBeUndefined()
  })

  it('ends when the person signs out', async () => {
    fake.signedIn()
    await openPortal(fake.api, '/recipients')
    await click('button', 'Sign out')
    await appears('.notice', 'You are signed out')
    expect(fake.api.state.session).toBeNull()
  })

  it('names the chosen organization with every request, and remembers it', async () => {
    const session = fake.signedIn(['Harborview Coffee', 'Second Harbor'])
    const [, second] = session.organizations
    await openPortal(fake.api, '/bank-connections')
    const select = await appears<HTMLSelectElement>('#organization')
    select.value = second?.id ?? ''
    select.dispatchEvent(new Event('change'))
    await click('nav a', 'Audit log')
    await expect
      .poll(() =>
        fake.api.state.requests
          .findLast(({ path }) => path === '/v1/audit-events')
          ?.headers.get('FISTWorks-Organization'),
      )
      .toBe(second?.id)
    await openPortal(fake.api, '/bank-connections')
    expect((await appears<HTMLSelectElement>('#organization')).value).toBe(second?.id)
  })

  it('shows each role only what it may see', async () => {
    const session = fake.signedIn()
    const [organization] = session.organizations
    if (organization) organization.scopes = ['bank-connections:read', 'bank-accounts:read', 'ach-files:read']
    await openPortal(fake.api, '/bank-connections')
    await appears('h2', 'No bank connected yet')
    expect(find('a', 'Connect a bank')).toBeUndefined()
    expect(find('nav a', 'Audit log')).toBeUndefined()
  })
})

describe('the components', () => {
  it('show the recipients and payments of the organization that is worked in', async () => {
    const session = fake.signedIn()
    await openPortal(fake.api, '/recipients')
    await appears('fist-recipients', '')
    await appears('h3', 'No recipients yet')
    await expectAccessible()
    await openPortal(fake.api, '/payments')
    await expect.poll(() => fake.api.sent('GET', '/v1/ach-files').length).toBe(1)
    expect(fake.api.state.requests.at(-1)?.headers.get('FISTWorks-Organization')).toBe(session.organizations[0]?.id)
    await expectAccessible()
  })
})

describe('moving around', () => {
  it('asks before what was typed is lost', async () => {
    fake.signedIn()
    await openPortal(fake.api, '/bank-connections/new')
    await type('#name', 'First National')
    const ask = vi.spyOn(globalThis, 'confirm').mockReturnValue(false)
    await click('nav a', 'Audit log')
    expect(ask).toHaveBeenCalledOnce()
    expect(location.pathname).toBe('/bank-connections/new')
    ask.mockReturnValue(true)
    await click('nav a', 'Audit log')
    await appears('h1', 'Audit log')
    ask.mockRestore()
  })

  it('changes the address, the title and the focus without loading the page anew', async () => {
    fake.signedIn()
    const portal = await openPortal(fake.api, '/bank-accounts')
    await click('nav a', 'Bank connections')
    await appears('h1', 'Bank connections')
    await expect.poll(() => focused()?.textContent).toBe('Bank connections')
    expect([location.pathname, document.title]).toEqual(['/bank-connections', 'Bank connections · FISTWorks'])
    history.back()
    await appears('h1', 'Bank accounts')
    expect(document.body.contains(portal)).toBe(true)
  })

  it('says so when there is no such page', async () => {
    fake.signedIn()
    await openPortal(fake.api, '/nowhere')
    await appears('p', 'There is no such page')
    await expectAccessible()
  })

  it('leads to the first payment step by step', async () => {
    fake.signedIn()
    await openPortal(fake.api, '/payments')
    await appears('#first-steps')
    await click('a.primary', 'Connect your bank')
    await appears('h1', 'Connect a bank')
  })
})
