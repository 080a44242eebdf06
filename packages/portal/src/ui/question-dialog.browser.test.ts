import { html, LitElement } from 'lit'
import { userEvent } from 'vitest/browser'
import { expect, it } from 'vitest'
import { answer, appears, expectAccessible, find, focused } from '../testing/portal.ts'
import { agrees, ask } from './question-dialog.ts'

class Asking extends LitElement {
  protected override render() {
    return html`<button id="began">Begin</button>`
  }
}
customElements.define('test-asking', Asking)

async function asking() {
  document.body.innerHTML = '<main><h1>Page</h1><test-asking></test-asking></main>'
  ;(await appears('#began')).focus()
  return document.querySelector('test-asking') as Asking
}

it('is a no on Escape, and the focus goes back to where it was', async () => {
  const host = await asking()
  const answered = agrees(host, { heading: 'End it?', text: 'It stays so.', confirm: 'End it', isDangerous: true })
  await expect.poll(() => focused()?.textContent).toBe('Go back')
  await expectAccessible()
  await userEvent.keyboard('{Escape}')
  expect(await answered).toBe(false)
  expect(find('portal-question')).toBeUndefined()
  expect(focused()?.id).toBe('began')
})

it('is a yes on Enter where nothing is lost by it', async () => {
  const answered = agrees(await asking(), { heading: 'Resume it?', confirm: 'Resume' })
  await expect.poll(() => focused()?.textContent).toBe('Resume')
  await userEvent.keyboard('{Enter}')
  expect(await answered).toBe(true)
})

it('says at the field what is wrong, and answers with what was typed', async () => {
  const check = (typed: string) => (typed === '' ? 'must not be empty' : null)
  const field = { label: 'Name', value: 'Rent', maxLength: 100, check }
  const answered = ask(await asking(), { heading: 'Save it', confirm: 'Save', field })
  await expect.poll(() => focused()?.id).toBe('answer')
  await userEvent.clear(await appears('#answer'))
  await userEvent.keyboard('{Enter}')
  await appears('.wrong', 'Name must not be empty.')
  expect((await appears('#answer')).getAttribute('aria-describedby')).toBe('answer-error')
  expect(focused()?.id).toBe('answer')
  await expectAccessible()
  await userEvent.keyboard(' Rent again ')
  await expect.poll(() => find('.wrong')).toBeUndefined()
  await answer('Save')
  expect(await answered).toBe('Rent again')
})

it('goes with the page that asked', async () => {
  const host = await asking()
  const answered = agrees(host, { heading: 'End it?', confirm: 'End it' })
  await expect.poll(() => find<HTMLDialogElement>('dialog')?.open).toBe(true)
  host.remove()
  expect(await answered).toBe(false)
  expect(find('portal-question')).toBeUndefined()
})
