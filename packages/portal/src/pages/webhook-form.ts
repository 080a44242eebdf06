import { EVENT_TYPES, type EventType, type WebhookEndpointCreate } from '@fistworks/contract'
import { html } from 'lit'
import { textField } from '../ui/field.ts'
import { type FormErrors, textsOf } from '../ui/form-errors.ts'
import { actionWords } from './action-words.ts'

/** What can be chosen: of a test everybody hears who asks for it. */
const CHOICES: readonly EventType[] = EVENT_TYPES.filter((type) => type !== 'webhookEndpoint.tested')

/** The fields of a new endpoint. */
export function webhookFields(errors: FormErrors) {
  return html`<div class="fields">
      ${textField({ name: 'url', label: 'Address', hint: 'Like https://books.example.com/webhooks. It must be on the public internet.', error: errors['url'], isRequired: true, isWide: true, maxLength: 1000 })}
      ${textField({ name: 'description', label: 'Description', hint: 'So that you know it later.', error: errors['description'], isWide: true, maxLength: 100 })}
    </div>
    <details>
      <summary>Only some events</summary>
      <fieldset class="scopes" aria-describedby="types-hint">
        <legend>Events</legend>
        <p class="hint" id="types-hint">When none is ticked, all are sent, new kinds too.</p>
        ${CHOICES.map(
          (type) => html`<label class="check">
            <input type="checkbox" name="eventTypes" value=${type} />
            <span>${actionWords(type)}</span>
          </label>`,
        )}
      </fieldset>
    </details>`
}

/** What the form asks for, to be checked by the contract. */
export function webhookInput(form: HTMLFormElement): Record<keyof WebhookEndpointCreate, unknown> {
  const { url = '', description = '' } = textsOf(form)
  const types = new FormData(form).getAll('eventTypes')
  return { url, description: description === '' ? null : description, eventTypes: types.length === 0 ? null : types }
}
