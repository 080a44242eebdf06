import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import '../../register/fist-recipient-form.ts'
import { FakeApi, problem } from '../../testing/fake-api.ts'
import { everyElement, expectAccessible, focused, mount, serialised, unmountAll } from '../../testing/mount.ts'

const ROUTING = '021000021'
const ACCOUNT = '908172635441'

let api: FakeApi
beforeEach(() => {
  api = new FakeApi()
})
afterEach(unmountAll)

const field = (name: string) => page.getByLabelText(name, { exact: true })
const submit = () => page.getByRole('button', { name: 'Add recipient' }).click()

async function fill(values: Record<string, string>) {
  for (const [name, value] of Object.entries(values)) await field(name).fill(value)
}
const whole = {
  Name: 'Globex',
  'Routing number': ROUTING,
  'Account number': ACCOUNT,
  'Confirm account number': ACCOUNT,
}

test('says everything that is wrong at once, and goes to the first of it', async () => {
  mount('fist-recipient-form', { client: api.client })
  await expectAccessible()
  await fill({ 'Routing number': '021000022', 'Account number': ACCOUNT })
  await submit()
  await expect.element(page.getByRole('alert').getByText('Check 3 fields')).toBeVisible()
  expect(focused()?.id).toBe('f-name')
  await expect.element(page.getByText(/check digit is wrong/).first()).toBeVisible()
  await expect.element(page.getByText('The two account numbers are not the same.').first()).toBeVisible()
  expect(api.requests).toEqual([])
  await expectAccessible()
})

test('refuses a masked value and a number that is too long', async () => {
  mount('fist-recipient-form', { client: api.client })
  await fill({
    ...whole,
    'Routing number': '*****0021',
    'Account number': '••••5441',
    'Confirm account number': '••••5441',
  })
  await submit()
  await expect.element(page.getByText('The account number is masked: enter the whole number.').first()).toBeVisible()
  await expect.element(page.getByText('The routing number may hold digits only.').first()).toBeVisible()
  await field('Account number').fill('123456789012345678')
  await submit()
  await expect.element(page.getByText('The account number has 18 characters, at most 17 fit.').first()).toBeVisible()
  expect(api.requests).toEqual([])
})

test('a number that is typed again takes the place of the one before', async () => {
  mount('fist-recipient-form', { client: api.client })
  await field('Account number').click()
  await userEvent.keyboard(`1234{Tab}{Shift>}{Tab}{/Shift}${ACCOUNT}`)
  await expect.element(field('Account number')).toHaveValue(ACCOUNT)
})

test('shows what the server says at the field it is about', async () => {
  mount('fist-recipient-form', { client: api.client })
  const errors = [{ pointer: '/routingNumber', message: 'No bank has this number any more.' }]
  api.intercept = () => problem('validation-failed', 'Some values are not valid.', errors)
  await fill(whole)
  await submit()
  await expect
    .poll(() => (focused()?.getRootNode() as ShadowRoot | undefined)?.host.localName)
    .toBe('fist-routing-field')
  await expect.element(field('Routing number')).toHaveAccessibleDescription(/No bank has this number any more/)
})

test('an account that is known already is saved only when that is wanted', async () => {
  const element = mount('fist-recipient-form', { client: api.client })
  const created: string[] = []
  element.addEventListener('fist-recipient-created', (event) => created.push(event.detail.recipient.id))
  const id = api.addRecipients('Initech')[0]?.id ?? ''
  const errors = [{ pointer: '/accountNumber', message: `belongs to ${id}` }]
  const detail = `The recipient “Initech” (${id}) has this account already. Pay that one, or say that both are wanted (allowDuplicate).`
  api.intercept = ({ body }) =>
    (body as { allowDuplicate?: boolean }).allowDuplicate ? null : problem('duplicate', detail, errors)
  await fill(whole)
  await submit()
  await expect.element(page.getByText(/The recipient “Initech” has this account already\./)).toBeVisible()
  expect(serialised()).not.toMatch(/allowDuplicate|belongs to/)
  expect(focused()?.getAttribute('role')).toBe('alert')
  await expectAccessible()
  expect(created).toEqual([])
  await page.getByRole('button', { name: 'Save it anyway' }).click()
  await expect.poll(() => created).toHaveLength(1)
})

test('an id that belongs to somebody else is not offered to be saved anyway', async () => {
  mount('fist-recipient-form', { client: api.client, prefill: { name: 'Globex', externalId: 'ven_1' } })
  const errors = [{ pointer: '/externalId', message: 'belongs to another' }]
  api.intercept = () => problem('duplicate', 'The recipient “Initech” has this external id already.', errors)
  await fill(whole)
  await submit()
  await expect.element(page.getByText('This id belongs to another recipient')).toBeVisible()
  expect(page.getByRole('button', { name: 'Save it anyway' }).elements()).toEqual([])
})

test('an answer that got lost is asked for again with the same key', async () => {
  mount('fist-recipient-form', { client: api.client })
  let isLost = true
  api.intercept = () => {
    if (isLost) throw new TypeError('Failed to fetch')
    return null
  }
  await fill(whole)
  await submit()
  await expect.element(page.getByText(/could not be reached/)).toBeVisible()
  isLost = false
  await submit()
  await expect.element(page.getByText('Globex was added.')).toBeVisible()
  const keys = api.requests.map((each) => each.headers.get('idempotency-key'))
  expect(new Set(keys).size).toBe(1)
  expect(keys.length).toBeGreaterThan(1)
})

test('replaces the account of a recipient, routing and account number together', async () => {
  const [initech] = api.addRecipients('Initech')
  mount('fist-recipient-form', { client: api.client, recipientId: initech?.id ?? '' })
  await expect.element(page.getByText('account ending in 6789')).toBeInTheDocument()
  await expectAccessible()
  await page.getByRole('button', { name: 'Replace account' }).click()
  await fill({ 'Routing number': ROUTING, 'Account number': ACCOUNT, 'Confirm account number': ACCOUNT })
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect.element(page.getByText('account ending in 5441')).toBeInTheDocument()
  expect(api.requests.at(-1)?.body).toEqual({ routingNumber: ROUTING, accountNumber: ACCOUNT })
})

test('no number is anywhere in the page while typing, after a refusal, after saving', async () => {
  const said: string[] = []
  const spies = (['log', 'warn', 'error', 'info', 'debug'] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation((...args: unknown[]) => void said.push(args.map(String).join(' '))),
  )
  const types = [
    'input',
    'beforeinput',
    'change',
    'keydown',
    'keyup',
    'keypress',
    'paste',
    'focusout',
    'submit',
    'invalid',
    'fist-error',
    'fist-recipient-created',
  ]
  const heard: string[] = []
  const listen = (event: Event) => {
    const { key, data, detail } = event as Event & { key?: string; data?: string; detail?: unknown }
    const value = (event.target as { value?: unknown }).value
    heard.push(JSON.stringify([event.type, key, data, detail, value]))
  }
  for (const type of types) document.body.addEventListener(type, listen)
  try {
    const element = mount('fist-recipient-form', { client: api.client })
    const look = () => {
      const attributes = [...everyElement()].flatMap((each) => [...each.attributes].map((one) => one.value))
      const controls = [...everyElement()].map((each) =>
        each === focused() ? '' : String((each as HTMLInputElement).value ?? ''),
      )
      const own = [...everyElement()].flatMap((each) =>
        each.localName.startsWith('fist-') ? Object.values(each).map(String) : [],
      )
      return [
        serialised(),
        location.href,
        JSON.stringify(history.state),
        ...attributes,
        ...controls,
        ...own,
        ...said,
        ...heard,
      ].join('\n')
    }
    const clean = () => expect([ROUTING, ACCOUNT].filter((number) => look().includes(number))).toEqual([])
    await field('Name').fill('Globex')
    await field('Routing number').click()
    await userEvent.keyboard(ROUTING)
    clean()
    await field('Account number').click()
    await userEvent.keyboard(ACCOUNT)
    await field('Confirm account number').click()
    await userEvent.keyboard(ACCOUNT)
    clean()
    api.intercept = () => problem('internal', 'Something went wrong on our side.')
    await submit()
    await expect.element(page.getByText('Something went wrong on our side.')).toBeVisible()
    clean()
    api.intercept = null
    await submit()
    await expect.element(page.getByText('Globex was added.')).toBeVisible()
    clean()
    const typed = heard.filter((line) => /^\["(input|beforeinput|key\w+)"/.test(line)).join('')
    expect(typed).not.toMatch(/"\d"/)
    for (const input of element.renderRoot.querySelectorAll('fist-account-field, fist-routing-field'))
      expect(input.shadowRoot?.querySelector('input')?.value).toBe('')
  } finally {
    for (const type of types) document.body.removeEventListener(type, listen)
    for (const spy of spies) spy.mockRestore()
  }
})

test('a recipient that cannot be loaded says why and can be tried again', async () => {
  const [initech] = api.addRecipients('Initech')
  api.intercept = () => problem('unavailable', 'Try again in a minute.')
  mount('fist-recipient-form', { client: api.client, recipientId: initech?.id ?? '' })
  await expect.element(page.getByText('Try again in a minute.')).toBeVisible()
  await expectAccessible()
  api.intercept = null
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect.element(field('Name')).toHaveValue('Initech')
})

test('a new recipient starts with what the host knows, is created with the host’s id, and is then the one shown', async () => {
  const element = mount('fist-recipient-form', {
    client: api.client,
    prefill: { name: 'Marisol Vega', holderType: 'individual', externalId: 'ven_vega' },
  })
  await expect.element(field('Name')).toHaveValue('Marisol Vega')
  await expect.element(field('A person')).toBeChecked()
  await page.getByText('More details').click()
  await expect.element(field('Id in your accounting')).not.toBeInTheDocument()
  await field('Name').fill('M Vega')
  element.prefill = { name: 'Marisol Vega', holderType: 'individual', externalId: 'ven_vega' }
  await element.updateComplete
  const { Name: _, ...numbers } = whole
  await fill(numbers)
  await submit()
  await expect.element(page.getByText('M Vega was added.')).toBeVisible()
  expect(api.requests.at(-1)?.body).toMatchObject({
    name: 'M Vega',
    holderType: 'individual',
    externalId: 'ven_vega',
  })
  await expect.element(page.getByText('account ending in 5441')).toBeInTheDocument()
  await expectAccessible()
})

test('attributes say the same as prefill', async () => {
  const element = mount('fist-recipient-form', { client: api.client })
  element.setAttribute('recipient-name', 'Cedar')
  element.setAttribute('holder-type', 'individual')
  element.setAttribute('external-id', 'ven_cedar')
  await expect.element(field('Name')).toHaveValue('Cedar')
  await expect.element(field('A person')).toBeChecked()
  const { Name: _, ...numbers } = whole
  await fill(numbers)
  await submit()
  await expect.poll(() => api.requests.at(-1)?.body).toMatchObject({ name: 'Cedar', externalId: 'ven_cedar' })
})

test('a dialog that was taken out of the page comes back as a dialog, with what was typed', async () => {
  const element = mount('fist-recipient-form', { client: api.client, presentation: 'dialog' })
  await element.show()
  await fill(whole)
  element.remove()
  document.body.append(element)
  expect(element.renderRoot.querySelector('dialog:modal')).not.toBeNull()
  await expect.element(field('Name')).toHaveValue('Globex')
  await page.getByRole('dialog').getByRole('button', { name: 'Add recipient' }).click()
  await expect.poll(() => api.recipients.map((each) => each.accountNumberLast4)).toEqual(['5441'])
})

test('a session that ended is said in words for the person', async () => {
  mount('fist-recipient-form', { client: api.client })
  api.intercept = () => problem('unauthenticated', 'Send an API key or a session token, or sign in.')
  await fill(whole)
  await submit()
  await expect.element(page.getByText(/Your session has ended\. Sign in again/)).toBeVisible()
})
