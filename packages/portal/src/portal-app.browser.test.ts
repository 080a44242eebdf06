import { describe, expect, it } from 'vitest'
import { sessionOf } from './testing/samples.ts'
import {
  allElements,
  answer,
  appears,
  click,
  everythingShown,
  expectAccessible,
  find,
  focused,
  openPortal,
  type,
  useFakeApi,
} from './testing/portal.ts'

const fake = useFakeApi()

async function signInAgain(): Promise<void> {
  await type('#email', 'ada@harborview.example')
  await click('button', 'Send me a code')
  await type('#code', '12345678')
  await click('button', 'Sign in')
}

function typeMore(input: HTMLInputElement, value: string): true {
  input.value = value
  input.dispatchEvent(new Event('input', { bubbles: true, composed: true }))
  return true
}

const formFields = () =>
  [...allElements(document)].filter(
    (element) =>
      (element instanceof HTMLInputElement ||
        element instanceof HTMLTextAreaElement ||
        element instanceof HTMLSelectElement) &&
      element.name !== '',
  ) as HTMLInputElement[]
const valuesShown = () =>
  Object.fromEntries(
    formFields().map((field) => [`${field.name} ${field.type === 'radio' ? field.value : ''}`, stateOf(field)]),
  )
const stateOf = (field: HTMLInputElement) =>
  field.type === 'radio' || field.type === 'checkbox' ? field.checked : field.value

/** Something in every field of the page. @returns what stands in each */
async function fillLongForm() {
  await appears('#name')
  for (const field of formFields()) {
    if (['radio', 'checkbox'].includes(field.type) || field instanceof HTMLSelectElement) continue
    typeMore(field, field.inputMode === 'numeric' ? '121042882' : `text of ${field.name}`)
  }
  return valuesShown()
}

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
    const nameAgain = async () => {
      await signInAgain()
      return appears<HTMLInputElement>('#name')
    }
    await end()
    fake.api.returning = session
    expect((await nameAgain()).value).toBe('First National')
    await end()
    fake.api.returning = { ...session, user: { ...session.user, id: sessionOf().user.id } }
    expect((await nameAgain()).value).toBe('')
  })

  it('warns before it ends, and goes on when the person wants to', async () => {
    const session = fake.signedIn()
    session.idleSeconds = 6
    await openPortal(fake.api, '/recipients')
    await expect.poll(() => find('.ending', 'You will be signed out at'), { timeout: 6_000 }).toBeDefined()
    session.idleSeconds = 1800
    await click('button', 'Stay signed in')
    await expect.poll(() => find('.ending')).toBeUndefined()
    expect(fake.api.sent('POST', '/v1/session/end')).toEqual([])
  })

  it('says that it ends for good, where nothing can be done about that', async () => {
    const session = fake.signedIn()
    session.expiresAt = new Date(Date.now() + 60_000).toISOString()
    await openPortal(fake.api, '/recipients')
    await appears('.ending', 'after twelve hours')
    expect(find('button', 'Stay signed in')).toBeUndefined()
  })

  it('goes on while the person types and asks nothing, in this tab or another', async () => {
    const session = fake.signedIn()
    session.idleSeconds = 2
    await openPortal(fake.api, '/bank-connections/new')
    const name = await appears<HTMLInputElement>('#name')
    const asked = () => fake.api.sent('GET', '/v1/session').length
    const before = asked()
    const other = new BroadcastChannel('fistworks-session')
    let typed = ''
    await expect.poll(() => typeMore(name, (typed += 'a')) && asked(), { timeout: 6_000 }).toBeGreaterThan(before + 4)
    const until = Date.now() + 3_000
    await expect.poll(() => (other.postMessage('active'), Date.now()), { timeout: 6_000 }).toBeGreaterThan(until)
    other.close()
    expect(name.value).toBe(typed)
    expect(fake.api.sent('POST', '/v1/session/end')).toEqual([])
    expect(find('portal-shell')).toBeDefined()
  })

  it('ends when nobody does anything, also while a component goes on asking, and gives a long form back', async () => {
    const session = fake.signedIn()
    session.idleSeconds = 3
    await openPortal(fake.api, '/bank-connections/new')
    const fields = await fillLongForm()
    expect(Object.keys(fields).length).toBeGreaterThan(7)
    const polling = setInterval(() => void fake.api.fetch('/v1/bank-connections'), 200)
    await expect.poll(() => find('.notice', 'nothing was done for a while'), { timeout: 6_000 }).toBeDefined()
    clearInterval(polling)
    expect(find('portal-shell')).toBeUndefined()
    expect(everythingShown()).not.toContain('text of host')
    expect(fake.api.sent('POST', '/v1/session/end')).toHaveLength(1)
    await expectAccessible()
    session.idleSeconds = 1800
    fake.api.returning = session
    await signInAgain()
    await appears('#name')
    expect(location.pathname).toBe('/bank-connections/new')
    expect(valuesShown()).toEqual(fields)
  })

  it('comes back in every tab when one signs in again, and goes in every tab when one signs out', async () => {
    const session = fake.signedIn()
    await openPortal(fake.api, '/bank-connections/new')
    await type('#name', 'First National')
    const other = new BroadcastChannel('fistworks-session')
    fake.api.state.session = null
    other.postMessage('signedOut')
    await appears('.notice', 'Your session has ended')
    fake.api.state.session = session
    other.postMessage('signedIn')
    expect((await appears<HTMLInputElement>('#name')).value).toBe('First National')
    fake.api.state.session = { ...session, user: { ...session.user, id: sessionOf().user.id, name: 'Eve' } }
    other.postMessage('signedIn')
    await appears('.person strong', 'Eve')
    expect((await appears<HTMLInputElement>('#name')).value).toBe('')
    other.close()
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
    await click('nav a', 'Audit log')
    expect(await answer('Go back')).toContain('Leave this page?')
    expect(location.pathname).toBe('/bank-connections/new')
    await click('nav a', 'Audit log')
    await answer('Leave')
    await appears('h1', 'Audit log')
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
