import { beforeEach, describe, expect, it, vi } from 'vitest'
import { FULL_NUMBERS, recipientOf } from '../testing/samples.ts'
import {
  appears,
  click,
  everythingShown,
  expectAccessible,
  find,
  focused,
  openPortal,
  type,
  useFakeApi,
} from '../testing/portal.ts'

const fake = useFakeApi()
const PURPOSE = 'The bank asks which account entry 7 went to'
let path = ''

beforeEach(() => {
  const recipient = recipientOf('Jane Roe')
  fake.api.state.recipients.push(recipient)
  path = `/recipients/${recipient.id}`
})

describe('one recipient', () => {
  it('is masked, and offers the full numbers to those who may see them', async () => {
    fake.signedIn()
    await openPortal(fake.api, path)
    await appears('h2', 'Jane Roe')
    expect(everythingShown()).toContain('••••6789')
    await appears('h2', 'Full numbers')
    await expectAccessible()
  })

  it('offers nothing to others', async () => {
    const session = fake.signedIn()
    for (const each of session.organizations) each.scopes = ['recipients:read']
    await openPortal(fake.api, path)
    await appears('h2', 'Jane Roe')
    expect(find('h2', 'Full numbers')).toBeUndefined()
  })

  it('wants a purpose before it asks the server', async () => {
    fake.signedIn()
    await openPortal(fake.api, path)
    await type('#purpose', 'curious')
    await click('button', 'Show the full numbers')
    await appears('.wrong', 'at least 10 characters')
    expect(fake.api.sent('POST', `/v1${path}/reveal`)).toEqual([])
  })

  it('shows the numbers until they are hidden', async () => {
    fake.signedIn()
    await openPortal(fake.api, path)
    await type('#purpose', PURPOSE)
    await click('button', 'Show the full numbers')
    await appears('dd.full', FULL_NUMBERS.accountNumber)
    expect(fake.api.sent('POST', `/v1${path}/reveal`)).toEqual([{ purpose: PURPOSE }])
    await expectAccessible()
    await click('button', 'Hide them')
    await expect.poll(everythingShown).not.toContain(FULL_NUMBERS.accountNumber)
  })

  it('keeps the focus where the numbers are, and says that they are shown without saying them', async () => {
    fake.signedIn()
    await openPortal(fake.api, path)
    await type('#purpose', PURPOSE)
    const button = await appears('button', 'Show the full numbers')
    button.focus()
    button.click()
    await appears('dd.full', FULL_NUMBERS.accountNumber)
    await expect.poll(() => focused()?.id).toBe('numbers')
    const live = await appears('section[aria-labelledby=numbers] [role=status]', 'shown for a minute')
    expect(live.textContent).not.toContain(FULL_NUMBERS.accountNumber)
    const hide = await appears('button', 'Hide them')
    hide.focus()
    hide.click()
    await appears('section[aria-labelledby=numbers] [role=status]', 'are hidden')
    await expect.poll(() => focused()?.id).toBe('numbers')
  })

  it('hides the numbers when a device wakes up after their minute', async () => {
    fake.signedIn()
    await openPortal(fake.api, path)
    await type('#purpose', PURPOSE)
    await click('button', 'Show the full numbers')
    await appears('dd.full', FULL_NUMBERS.accountNumber)
    document.dispatchEvent(new Event('visibilitychange'))
    expect(everythingShown()).toContain(FULL_NUMBERS.accountNumber)
    const later = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000)
    document.dispatchEvent(new Event('visibilitychange'))
    later.mockRestore()
    await expect.poll(everythingShown).not.toContain(FULL_NUMBERS.accountNumber)
  })

  it('asks for a passkey when the server wants a proof; giving up shows why nothing was shown', async () => {
    fake.signedIn()
    await openPortal(fake.api, path)
    await type('#purpose', PURPOSE)
    fake.api.refuse(`/v1${path}/reveal`, { code: 'step-up-required', detail: 'Confirm with your passkey.' })
    await click('button', 'Show the full numbers')
    await appears('dialog[open] h2', 'Confirm that it is you')
    await expectAccessible()
    await click('dialog[open] button', 'Cancel')
    await appears('.notice', 'Confirm with your passkey.')
    expect(find('dd.full')).toBeUndefined()
  })
})
