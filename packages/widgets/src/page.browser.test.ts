import { afterEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { define, FistRecipients } from './index.ts'
import './register/fistworks.ts'
import { FakeApi } from './testing/fake-api.ts'
import { everyElement, mount, unmountAll } from './testing/mount.ts'

afterEach(unmountAll)

const WHOLE = ['fist-recipients', 'fist-recipient-form', 'fist-ach-files', 'fist-ach-file', 'fist-submission'] as const

test('every element is there once, and a second copy on the page does no harm', () => {
  for (const tag of [...WHOLE, 'fist-masked', 'fist-account-field', 'fist-routing-field'])
    expect(customElements.get(tag), tag).toBeDefined()
  class Other extends FistRecipients {}
  define(Other)
  expect(customElements.get('fist-recipients')).toBe(FistRecipients)
})

test('fifty times put in and taken out leaves no node, timer, listener or request', async () => {
  const api = new FakeApi()
  const file = api.addFile({ name: 'Bills', batches: [] }, { status: 'submitted' })
  const submission = api.addSubmission(file, ['ready'])
  const timers = new Set<unknown>()
  const listeners = new Map<unknown, string>()
  const { setTimeout: set, clearTimeout: clear } = window
  const { addEventListener: add, removeEventListener: remove } = document
  window.setTimeout = ((run: () => void, ms?: number) => {
    const id = set(() => {
      timers.delete(id)
      run()
    }, ms)
    timers.add(id)
    return id
  }) as typeof window.setTimeout
  window.clearTimeout = ((id?: number) => {
    timers.delete(id)
    clear(id)
  }) as typeof window.clearTimeout
  document.addEventListener = ((type: string, listener: EventListener) => {
    listeners.set(listener, type)
    add.call(document, type, listener)
  }) as typeof document.addEventListener
  document.removeEventListener = ((type: string, listener: EventListener) => {
    listeners.delete(listener)
    remove.call(document, type, listener)
  }) as typeof document.removeEventListener
  try {
    for (let round = 0; round < 50; round++) {
      const elements = WHOLE.map((tag) => mount(tag, { client: api.client }))
      Object.assign(elements[4] ?? {}, { submissionId: submission.id })
      await Promise.all(elements.map((each) => each.updateComplete))
      if (round % 10 === 0) await expect.element(page.getByText('Ready to send').first()).toBeVisible()
      unmountAll()
    }
    const asked = api.requests.length
    await expect.poll(() => timers.size).toBe(0)
    await api.client.recipients.list()
    expect([...listeners.values()].filter((type) => type === 'visibilitychange')).toEqual([])
    expect([...everyElement(document.body)]).toEqual([])
    expect(api.requests).toHaveLength(asked + 1)
  } finally {
    Object.assign(window, { setTimeout: set, clearTimeout: clear })
    Object.assign(document, { addEventListener: add, removeEventListener: remove })
  }
})

test('works at 320 pixels without scrolling sideways', async () => {
  const api = new FakeApi()
  const [initech] = api.addRecipients('Initech', 'A name that is as long as')
  const file = api.addFile(
    { name: 'A file with a name that goes on and on', batches: [] },
    { status: 'pendingApproval' },
  )
  document.body.append(Object.assign(document.createElement('div'), { id: 'narrow' }))
  const narrow = document.querySelector<HTMLElement>('#narrow') as HTMLElement
  narrow.style.setProperty('width', '320px')
  for (const tag of WHOLE) narrow.append(mount(tag, { client: api.client }))
  narrow.append(mount('fist-ach-file', { client: api.client, fileId: file.id }))
  narrow.append(mount('fist-recipient-form', { client: api.client, recipientId: initech?.id ?? '' }))
  await expect.element(page.getByText('A name that is as long as').first()).toBeVisible()
  await expect.element(page.getByText('account ending in 6789').first()).toBeInTheDocument()
  const tooWide = [...everyElement(narrow)].filter(
    (each) =>
      each.checkVisibility() &&
      !each.closest('.visually-hidden') &&
      each.getBoundingClientRect().right > narrow.getBoundingClientRect().right + 1,
  )
  expect(tooWide.map((each) => `${each.localName}.${each.className}`)).toEqual([])
})

test('breaks no strict content security policy', async () => {
  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html"
  const frame = document.createElement('iframe')
  const script = new URL('./testing/strict-page.ts', import.meta.url).href
  frame.srcdoc = `<!doctype html><html lang="en"><meta http-equiv="Content-Security-Policy" content="${policy}"><body><script type="module" src="${script}"></script></body></html>`
  document.body.append(frame)
  const inside = () => frame.contentDocument as Document
  await expect.poll(() => inside().body?.dataset['ready'], { timeout: 10_000 }).toBe('')
  await expect.poll(() => inside().querySelector('fist-recipients')?.shadowRoot?.textContent).toContain('Initech')
  await expect.poll(() => inside().querySelector('fist-submission')?.shadowRoot?.textContent).toContain('Ask the bank')
  const add = inside().querySelector('fist-recipients')?.shadowRoot?.querySelector('button')
  add?.click()
  const form = inside().querySelector('fist-recipients')?.shadowRoot?.querySelector('fist-recipient-form')
  await expect.poll(() => form?.shadowRoot?.querySelector('dialog')?.open).toBe(true)
  // The elements are styled, so their style sheets were let in.
  expect(getComputedStyle(add as Element).cursor).toBe('pointer')
  expect(inside().body.dataset['violations']).toBeUndefined()
})
