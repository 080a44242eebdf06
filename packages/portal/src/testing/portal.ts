import { FISTWorks } from '@fistworks/sdk'
import axe from 'axe-core'
import { beforeEach, expect } from 'vitest'
import '../portal-app.ts'
import type { PortalApp } from '../portal-app.ts'
import portalCss from '../styles/portal.css?inline'
import { FakeApi } from './fake-api.ts'
import { CONNECTION, sessionOf } from './samples.ts'

const sheet = new CSSStyleSheet()
sheet.replaceSync(portalCss)
document.adoptedStyleSheets = [sheet]
document.documentElement.lang = 'en'

/** An API of its own for each test of the file, and a browser that remembers nothing. */
export function useFakeApi() {
  let api: FakeApi
  beforeEach(() => {
    api = new FakeApi()
    localStorage.clear()
  })
  return {
    get api() {
      return api
    },
    /** As an administrator of these organizations. */
    signedIn(names?: readonly string[]) {
      const session = sessionOf(names)
      api.state.session = session
      return session
    },
    connection: () => api.fetch('/v1/bank-connections', { method: 'POST', body: JSON.stringify(CONNECTION) }),
  }
}

/** The portal on this path, speaking to a fake API. */
export async function openPortal(api: FakeApi, path: string): Promise<PortalApp> {
  document.body.replaceChildren()
  history.replaceState(null, '', path)
  const portal = document.createElement('portal-app')
  portal.connect = ({ organization, platform, antiForgeryToken, onAnswer, confirmPerson }) =>
    new FISTWorks({
      baseUrl: location.origin,
      credentials: 'include',
      antiForgeryToken,
      confirmPerson,
      organization: organization ?? undefined,
      platform: platform ?? undefined,
      maxRetries: 0,
      fetch: async (input, init) => {
        const response = await api.fetch(input, init)
        onAnswer(response)
        return response
      },
    })
  document.body.append(portal)
  return portal
}

/** Every element below, through open shadow trees. */
export function* allElements(root: ParentNode): Generator<Element> {
  for (const element of root.querySelectorAll('*')) {
    yield element
    if (element.shadowRoot) yield* allElements(element.shadowRoot)
  }
}

/** The first element that matches, however deep. */
export function find<E extends Element = HTMLElement>(selector: string, text = ''): E | undefined {
  for (const element of allElements(document)) {
    if (element.matches(selector) && (element.textContent ?? '').includes(text)) return element as E
  }
  return undefined
}

/** Waits until it is there. */
export async function appears<E extends Element = HTMLElement>(selector: string, text = ''): Promise<E> {
  await expect.poll(() => find<E>(selector, text), { message: `${selector} with '${text}'` }).toBeDefined()
  return find<E>(selector, text) as E
}

export async function type(selector: string, value: string): Promise<void> {
  const input = await appears<HTMLInputElement>(selector)
  input.value = value
  input.dispatchEvent(new Event('input', { bubbles: true, composed: true }))
}

/** Types a number into a field that masks it, and leaves the field. */
export async function typeNumber(name: string, value: string): Promise<void> {
  const field = await appears(`portal-number-field[name=${name}]`)
  const input = field.shadowRoot?.querySelector('input')
  if (!input) throw new Error(`${name} has no input`)
  input.focus()
  input.value = value
  input.dispatchEvent(new Event('input', { bubbles: true, composed: true }))
  input.blur()
}

export async function click(selector: string, text = ''): Promise<void> {
  ;(await appears(selector, text)).click()
}

/** Answers the question in front of the page with the button of this word; returns what was asked. */
export async function answer(word: string): Promise<string> {
  const root = (await appears('portal-question')).shadowRoot
  await expect.poll(() => root?.querySelector('dialog')?.open).toBe(true)
  const asked = root?.querySelector('form')?.textContent ?? ''
  const button = [...(root?.querySelectorAll('button') ?? [])].find((one) => one.textContent?.trim() === word)
  if (button === undefined) throw new Error(`No button '${word}' in: ${asked}`)
  button.click()
  await expect.poll(() => find('portal-question')).toBeUndefined()
  return asked
}

/** What is focused, through shadow trees. */
export function focused(): Element | null {
  let element = document.activeElement
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  return element
}

/** All text a person could read on the page, every attribute, and every value of an input. */
export function everythingShown(): string {
  return [...allElements(document)]
    .map(
      (element) =>
        [...element.attributes].map((one) => one.value).join(' ') +
        valueOf(element) +
        (element.shadowRoot ?? element).textContent,
    )
    .join('\n')
}

const valueOf = (element: Element) => ('value' in element ? ` ${String(element.value)} ` : ' ')

export async function expectAccessible(): Promise<void> {
  const { violations } = await axe.run(document.body, { resultTypes: ['violations'] })
  expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.target.join(' ')) }))).toEqual([])
}
