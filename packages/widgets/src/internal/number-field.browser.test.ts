import type { LitElement } from 'lit'
import { afterEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import '../register/fist-account-field.ts'
import '../register/fist-routing-field.ts'
import { expectAccessible, unmountAll } from '../testing/mount.ts'

const FIELDS = [
  { tag: 'fist-routing-field', good: '021000021', bad: '021000022', shown: '*****0021', says: /check digit/ },
  {
    tag: 'fist-account-field',
    good: '908172635441',
    bad: '123456789012345678',
    shown: '••••5441',
    says: /18 characters/,
  },
] as const

afterEach(unmountAll)

describe.each(FIELDS)('$tag', ({ tag, good, bad, shown, says }) => {
  function form(attributes = 'required') {
    const form = document.createElement('form')
    const fieldset = document.createElement('fieldset')
    const element = document.createElement(tag)
    for (const name of attributes.split(' ').filter(Boolean)) element.toggleAttribute(name, true)
    element.name = 'number'
    element.hint = 'As on a check.'
    fieldset.append(element)
    form.append(fieldset)
    document.body.append(form)
    return { form, fieldset, element, input: page.getByRole('textbox') }
  }

  test('is masked as soon as it is left, and shows what was typed to the person who comes back', async () => {
    const { element, input } = form()
    await input.fill(good)
    await userEvent.tab()
    await expect.element(input).toHaveValue(shown)
    await input.click()
    await expect.element(input).toHaveValue(good)
    expect(element.validity.valid).toBe(true)
    await userEvent.tab()
    await expectAccessible()
  })

  test('gives its form no data and its host no value', async () => {
    const { form: owner, element, input } = form()
    await input.fill(good)
    await userEvent.tab()
    expect([...new FormData(owner)]).toEqual([])
    expect(element.form).toBe(owner)
    expect(element.isFilled).toBe(true)
    const readable = new Set<string>()
    for (
      let level: object | null = element;
      level && level !== HTMLElement.prototype;
      level = Object.getPrototypeOf(level)
    )
      for (const name of Object.getOwnPropertyNames(level)) readable.add(name)
    for (const name of readable) expect(`${name}: ${String(Reflect.get(element, name))}`).not.toContain(good)
  })

  test('is invalid while empty and required, and while wrong, in words', async () => {
    const { element, input } = form()
    expect(element.validity.valueMissing).toBe(true)
    expect(element.matches(':invalid')).toBe(true)
    expect(element.matches(':state(user-invalid)')).toBe(false)
    await input.fill(bad)
    await userEvent.tab()
    await expect.poll(() => element.matches(':state(user-invalid)')).toBe(true)
    expect(element.validationMessage).toMatch(says)
    expect(element.validationMessage).not.toContain(bad)
    await expect.element(input).toHaveAccessibleDescription(says)
    expect(element.renderRoot.querySelector('input')?.matches(':user-invalid')).toBe(true)
    await expectAccessible()
  })

  test('keeps a form from being submitted until it is right', async () => {
    const { form: owner, input } = form()
    let count = 0
    owner.addEventListener('submit', (event) => {
      event.preventDefault()
      count++
    })
    owner.requestSubmit()
    expect(count).toBe(0)
    await input.fill(good)
    await userEvent.keyboard('{Enter}')
    expect(count).toBe(1)
  })

  test('a reset empties it, a disabled fieldset disables it', async () => {
    const { form: owner, fieldset, element, input } = form()
    await input.fill(good)
    await userEvent.tab()
    owner.reset()
    await expect.element(input).toHaveValue('')
    expect(element.isFilled).toBe(false)
    fieldset.disabled = true
    await expect.element(input).toBeDisabled()
    expect(element.willValidate).toBe(false)
    await expectAccessible()
    fieldset.disabled = false
    await expect.element(input).toBeEnabled()
  })

  test('a mask that is typed back is refused', async () => {
    const { element, input } = form()
    await input.fill(shown)
    await userEvent.tab()
    expect(element.validity.valid).toBe(false)
  })

  test('has no property of its own where a reactive one must be', () => {
    const { element } = form()
    const reactive = [...(element.constructor as typeof LitElement).elementProperties.keys()]
    expect(reactive.filter((name) => Object.hasOwn(element, name))).toEqual([])
  })
})
