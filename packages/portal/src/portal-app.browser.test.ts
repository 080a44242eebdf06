import { beforeEach, describe, expect, it } from 'vitest'
import { CONNECTION, FakeApi, FINGERPRINT, newId, sessionOf } from './testing/fake-api.ts'
import { appears, click, everythingShown, expectAccessible, find, focused, openPortal, type } from './testing/portal.ts'

let api: FakeApi
beforeEach(() => {
  api = new FakeApi()
  localStorage.clear()
})

const signedIn = (names?: string[]) => {
  api.state.session = sessionOf(names)
  return api.state.session
}
const connection = () => api.fetch('/v1/bank-connections', { method: 'POST', body: JSON.stringify(CONNECTION) })

describe('signing in', () => {
  it('takes an address, then the code from the mail, and shows the page that was asked for', async () => {
    await openPortal(api, '/bank-accounts')
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
    expect(api.sent('POST', '/v1/sign-in/sessions')).toEqual([{ email: 'ada@example.com', code: '12345678' }])
  })

  it('says what is wrong with an address before anything is sent, and puts the focus there', async () => {
    await openPortal(api, '/')
    await type('#email', 'nobody')
    await click('button', 'Send me a code')
    await appears('.wrong', 'E-mail address must be an e-mail address')
    expect(focused()?.id).toBe('email')
    expect(api.sent('POST', '/v1/sign-in/codes')).toEqual([])
    await expectAccessible()
  })

  it('shows a wrong code, and too many tries, in words', async () => {
    await openPortal(api, '/')
    await type('#email', 'ada@example.com')
    await click('button', 'Send me a code')
    await type('#code', '00000000')
    await click('button.primary', 'Sign in')
    await appears('[role=alert]', 'This code is not right.')
    api.refuse('/v1/sign-in/sessions', { code: 'rate-limited', detail: 'Too many tries. Wait ten minutes.' })
    await type('#code', '12345678')
    await click('button.primary', 'Sign in')
    await appears('[role=alert]', 'Wait ten minutes')
    await expectAccessible()
  })

  it('offers to try again when the server cannot be reached', async () => {
    signedIn()
    api.refuse('/v1/session', 'offline')
    await openPortal(api, '/')
    await click('button', 'Try again')
    await appears('h1', 'Payments')
  })
})

describe('the session', () => {
  it('shows nothing of the pages any more once the server says it has ended', async () => {
    signedIn()
    await openPortal(api, '/bank-accounts')
    await appears('h2', 'Connect your bank first')
    api.refuse('/v1/bank-connections', { code: 'session-expired', detail: 'The session has ended.' })
    await click('nav a', 'Bank connections')
    await appears('.notice', 'Your session has ended')
    expect(find('portal-shell')).toBeUndefined()
    expect(location.pathname).toBe('/bank-connections')
  })

  it('warns before it ends, and goes on when the person wants to', async () => {
    const session = signedIn()
    session.expiresAt = new Date(Date.now() + 60_000).toISOString()
    await openPortal(api, '/recipients')
    await expect.poll(() => api.sent('GET', '/v1/session').length).toBeGreaterThan(0)
    await appears('.ending', 'You will be signed out at')
    session.expiresAt = new Date(Date.now() + 30 * 60_000).toISOString()
    await click('button', 'Stay signed in')
    await expect.poll(() => find('.ending')).toBeUndefined()
  })

  it('ends when the person signs out', async () => {
    signedIn()
    await openPortal(api, '/recipients')
    await click('button', 'Sign out')
    await appears('.notice', 'You are signed out')
    expect(api.state.session).toBeNull()
  })

  it('names the chosen organization with every request, and remembers it', async () => {
    const session = signedIn(['Harborview Coffee', 'Second Harbor'])
    const [, second] = session.organizations
    await openPortal(api, '/bank-connections')
    const select = await appears<HTMLSelectElement>('#organization')
    select.value = second?.id ?? ''
    select.dispatchEvent(new Event('change'))
    await click('nav a', 'Audit log')
    await expect
      .poll(() =>
        api.state.requests.findLast(({ path }) => path === '/v1/audit-events')?.headers.get('FISTWorks-Organization'),
      )
      .toBe(second?.id)
    await openPortal(api, '/bank-connections')
    expect((await appears<HTMLSelectElement>('#organization')).value).toBe(second?.id)
  })

  it('shows each role only what it may see', async () => {
    const session = signedIn()
    const [organization] = session.organizations
    if (organization) organization.scopes = ['bank-connections:read', 'bank-accounts:read', 'ach-files:read']
    await openPortal(api, '/bank-connections')
    await appears('h2', 'No bank connected yet')
    expect(find('a', 'Connect a bank')).toBeUndefined()
    expect(find('nav a', 'Audit log')).toBeUndefined()
  })
})

describe('the components', () => {
  it('show the recipients and payments of the organization that is worked in', async () => {
    const session = signedIn()
    await openPortal(api, '/recipients')
    await appears('fist-recipients', '')
    await appears('h3', 'No recipients yet')
    await expectAccessible()
    await openPortal(api, '/payments')
    await expect.poll(() => api.sent('GET', '/v1/ach-files').length).toBe(1)
    expect(api.state.requests.at(-1)?.headers.get('FISTWorks-Organization')).toBe(session.organizations[0]?.id)
    await expectAccessible()
  })
})

describe('moving around', () => {
  it('changes the address, the title and the focus without loading the page anew', async () => {
    signedIn()
    const portal = await openPortal(api, '/bank-accounts')
    await click('nav a', 'Bank connections')
    await appears('h1', 'Bank connections')
    await expect.poll(() => focused()?.textContent).toBe('Bank connections')
    expect([location.pathname, document.title]).toEqual(['/bank-connections', 'Bank connections · FISTWorks'])
    history.back()
    await appears('h1', 'Bank accounts')
    expect(document.body.contains(portal)).toBe(true)
  })

  it('says so when there is no such page', async () => {
    signedIn()
    await openPortal(api, '/nowhere')
    await appears('p', 'There is no such page')
    await expectAccessible()
  })

  it('leads to the first payment step by step', async () => {
    signedIn()
    await openPortal(api, '/payments')
    await appears('#first-steps')
    await click('a.primary', 'Connect your bank')
    await appears('h1', 'Connect a bank')
  })
})

describe('a bank connection', () => {
  it('is saved only with a host key that a person has compared', async () => {
    signedIn()
    await openPortal(api, '/bank-connections/new')
    await appears('form')
    await expectAccessible()
    for (const name of [
      'name',
      'host',
      'username',
      'uploadDirectory',
      'immediateDestination',
      'immediateOrigin',
    ] as const) {
      await type(`#${name}`, CONNECTION[name])
    }
    await type('#password', 'correct horse')
    await click('button.primary', 'Save')
    await appears('.wrong', 'needs at least one fingerprint')
    expect(api.sent('POST', '/v1/bank-connections')).toEqual([])

    await click('button', 'Get the host key')
    await appears('.notice', FINGERPRINT)
    await expectAccessible()
    expect(api.sent('POST', '/v1/bank-connections/scan-host-key')).toEqual([{ host: 'sftp.bank.example', port: 22 }])
    await click('button', 'It is the same')
    await click('button.primary', 'Save')
    await appears('h1', 'Bank connection')
    expect(api.state.connections).toMatchObject([{ host: 'sftp.bank.example', hostKeyFingerprints: [FINGERPRINT] }])
    expect(everythingShown()).not.toContain('correct horse')
  })

  it('does not pin a key that differs from the letter', async () => {
    signedIn()
    await openPortal(api, '/bank-connections/new')
    await type('#host', 'sftp.bank.example')
    await click('button', 'Get the host key')
    await click('button', 'It differs')
    await expect.poll(() => everythingShown()).not.toContain(FINGERPRINT)
  })

  it('says why the host key could not be asked for', async () => {
    signedIn()
    await openPortal(api, '/bank-connections/new')
    await appears('form')
    api.refuse('/v1/bank-connections/scan-host-key', {
      code: 'bank-unreachable',
      detail: 'Nobody answers at that address.',
    })
    await click('button', 'Get the host key')
    await appears('[role=alert]', 'Nobody answers')
  })

  it('is tried step by step', async () => {
    signedIn()
    await connection()
    api.state.test = {
      type: 'connectionTest',
      passed: false,
      testedAt: '2026-11-20T10:00:00Z',
      steps: [
        { step: 'connect', outcome: 'passed', detail: 'Connected.' },
        { step: 'authenticate', outcome: 'failed', detail: 'The bank refused the password.' },
        { step: 'uploadDirectory', outcome: 'skipped', detail: '' },
      ],
    }
    await openPortal(api, `/bank-connections/${api.state.connections[0]?.id}`)
    await click('button', 'Test the connection')
    await appears('li.failed', 'The bank refused the password.')
    await appears('li.skipped', 'not tried')
    await expectAccessible()
  })
})

describe('a bank account', () => {
  it('shows its numbers masked only, as soon as it is saved', async () => {
    signedIn()
    await connection()
    await openPortal(api, '/bank-accounts')
    await appears('h2', 'No bank account yet')
    await click('a', 'Add a bank account')
    await type('#name', 'Operating')
    await type('#routingNumber', '091000019')
    await type('#accountNumber', '77123456789')
    await type('#companyName', 'HARBORVIEW')
    await type('#companyId', '1123456789')
    await expectAccessible()
    await click('button.primary', 'Add the account')
    await appears('td', '••••6789')
    await expectAccessible()
    expect(everythingShown()).not.toContain('77123456789')
    expect(everythingShown()).not.toContain('091000019')
    expect(api.sent('POST', '/v1/bank-accounts')).toMatchObject([{ accountNumber: '77123456789' }])
  })

  it('refuses a routing number with a wrong check digit, at its field', async () => {
    signedIn()
    await connection()
    await openPortal(api, '/bank-accounts/new')
    await type('#routingNumber', '091000018')
    await click('button.primary', 'Add the account')
    await appears('#routingNumber-error')
    expect(api.sent('POST', '/v1/bank-accounts')).toEqual([])
  })

  it('needs a connection first, and says so', async () => {
    signedIn()
    await openPortal(api, '/bank-accounts')
    await appears('h2', 'Connect your bank first')
    await expectAccessible()
  })
})

describe('the audit log', () => {
  it('says who did what and how it ended', async () => {
    signedIn()
    api.state.events = [
      {
        type: 'auditEvent',
        id: newId('aud'),
        sequence: 1,
        at: '2026-11-20T10:00:00Z',
        action: 'achFile.approved',
        actor: { type: 'user', id: newId('usr'), name: 'Ada Admin' },
        targetType: 'achFile',
        targetId: newId('ach'),
        outcome: 'denied',
        requestId: null,
        data: {},
        hash: 'h',
      },
    ]
    await openPortal(api, '/audit-log')
    await appears('td', 'ACH file approved')
    await appears('.badge', 'Denied')
    await expectAccessible()
  })

  it('can be asked for again after a failure', async () => {
    signedIn()
    api.refuse('/v1/audit-events', { code: 'unavailable', detail: 'Not available right now.' })
    await openPortal(api, '/audit-log')
    await appears('[role=alert]', 'Not available right now')
    await click('button', 'Try again')
    await appears('h2', 'Nothing has happened yet')
  })
})

it('has no horizontal scrolling at 320 pixels', async () => {
  signedIn(['A company with quite a long name, Incorporated', 'Other'])
  await connection()
  for (const path of ['/bank-connections', '/bank-connections/new', '/bank-accounts', '/audit-log']) {
    const portal = await openPortal(api, path)
    portal.style.display = 'block'
    portal.style.width = '320px'
    await appears('h1')
    expect(portal.scrollWidth).toBeLessThanOrEqual(320)
  }
})
