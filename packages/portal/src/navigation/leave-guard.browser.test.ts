import { describe, expect, it } from 'vitest'
import { answer, appears, click, find, openPortal, type, useFakeApi } from '../testing/portal.ts'

const fake = useFakeApi()

/** A page with something typed, come to from another. */
async function typeInForm() {
  fake.signedIn(['Harborview Bakery', 'Quayside Cafe'])
  await openPortal(fake.api, '/bank-accounts')
  await click('nav a', 'Bank connections')
  await appears('h1', 'Bank connections')
  await click('a', 'Connect a bank')
  await type('#name', 'First National')
}
const typed = () => find<HTMLInputElement>('#name')?.value

/** What the browser asks before it closes the window. */
function isAskedBeforeClosing(): boolean {
  const event = new Event('beforeunload', { cancelable: true })
  dispatchEvent(event)
  return event.defaultPrevented
}

describe('going away from what is not saved', () => {
  it('Back of the browser asks first, and stays with what was typed', async () => {
    await typeInForm()
    history.back()
    expect(await answer('Go back')).toContain('What is not saved is lost.')
    expect([location.pathname, typed()]).toEqual(['/bank-connections/new', 'First National'])
    history.go(-2)
    await answer('Leave')
    await appears('h1', 'Bank accounts')
    expect(location.pathname).toBe('/bank-accounts')
    history.forward()
    await appears('h1', 'Bank connections')
  })

  it('so does Forward', async () => {
    fake.signedIn()
    await openPortal(fake.api, '/bank-connections/new')
    await click('nav a', 'Bank connections')
    await appears('h1', 'Bank connections')
    history.back()
    await type('#name', 'First National')
    history.forward()
    await answer('Go back')
    expect([location.pathname, typed()]).toEqual(['/bank-connections/new', 'First National'])
  })

  it('another organization and signing out ask, too', async () => {
    await typeInForm()
    const choice = await appears<HTMLSelectElement>('#organization')
    const before = choice.value
    choice.value = [...choice.options].find(({ value }) => value !== before)?.value ?? ''
    choice.dispatchEvent(new Event('change', { bubbles: true }))
    await answer('Go back')
    await expect.poll(() => choice.value).toBe(before)
    await click('button', 'Sign out')
    await answer('Go back')
    expect(typed()).toBe('First National')
  })

  it('closing the window asks while something is unsaved, and only then', async () => {
    await typeInForm()
    expect(isAskedBeforeClosing()).toBe(true)
    await click('nav a', 'Bank accounts')
    await answer('Leave')
    await appears('h1', 'Bank accounts')
    expect(isAskedBeforeClosing()).toBe(false)
  })
})

it('a page of several parts asks for what was typed in one of them, also when another was saved', async () => {
  fake.signedIn()
  await openPortal(fake.api, '/organization')
  await type('#email', 'lee@harborview.example')
  const other = await appears('portal-leaving')
  other.dispatchEvent(new Event('portal-settled', { bubbles: true, composed: true }))
  expect(isAskedBeforeClosing()).toBe(true)
  await click('nav a', 'Bank accounts')
  await answer('Go back')
  expect(find<HTMLInputElement>('#email')?.value).toBe('lee@harborview.example')
})
