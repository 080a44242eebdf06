import { html, nothing } from 'lit'
import { ifDefined } from 'lit/directives/if-defined.js'
import { live } from 'lit/directives/live.js'
import { afterPointer } from './after-pointer.ts'

interface Field {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly onLeave?: () => void
  readonly hint?: string
  readonly error?: string | undefined
  readonly isOptional?: boolean
  readonly isDisabled?: boolean
  /** The label is read out but not shown: a heading above says it. */
  readonly hidesLabel?: boolean
}

export interface TextField extends Field {
  readonly type?: 'text' | 'date' | 'search'
  readonly inputMode?: 'decimal' | 'text'
  readonly placeholder?: string
}

export interface SelectField extends Field {
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

/** Label, control, hint and error of one field: together in one shadow tree, so that they can name each other. */
function field(options: Field, control: unknown) {
  const { id, label, hint, error, isOptional, hidesLabel } = options
  return html`<div class="field">
    <label class="label ${hidesLabel ? 'visually-hidden' : ''}" for=${id}
      >${label}${isOptional ? html` <span class="optional">(optional)</span>` : nothing}</label
    >
    ${control}
    ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
    ${error ? html`<p class="wrong-text" id="${id}-error">${error}</p>` : nothing}
  </div>`
}

const describedBy = ({ id, hint, error }: Field) =>
  [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ') || undefined

export function textField(options: TextField) {
  const { id, value, onInput, onLeave, error, isDisabled, type = 'text', inputMode, placeholder } = options
  return field(
    options,
    html`<input
      class="input"
      id=${id}
      type=${type}
      autocomplete="off"
      inputmode=${ifDefined(inputMode)}
      placeholder=${ifDefined(placeholder)}
      .value=${live(value)}
      ?disabled=${isDisabled ?? false}
      aria-invalid=${error ? 'true' : 'false'}
      aria-describedby=${ifDefined(describedBy(options))}
      @input=${(event: Event) => onInput((event.target as HTMLInputElement).value)}
      @blur=${() => afterPointer(() => onLeave?.())}
    />`,
  )
}

export function selectField(options: SelectField) {
  const { id, value, onInput, onLeave, error, isDisabled } = options
  return field(
    options,
    html`<select
      class="input"
      id=${id}
      ?disabled=${isDisabled ?? false}
      aria-invalid=${error ? 'true' : 'false'}
      aria-describedby=${ifDefined(describedBy(options))}
      @change=${(event: Event) => onInput((event.target as HTMLSelectElement).value)}
      @blur=${() => afterPointer(() => onLeave?.())}
    >
      ${options.options.map(
        (each) => html`<option value=${each.value} .selected=${live(each.value === value)}>${each.label}</option>`,
      )}
    </select>`,
  )
}

/** The id of the control for a place in the body, such as `/batches/0/entries/2/amountCents`. */
export const idOfPointer = (pointer: string) => `f${pointer.replaceAll('/', '-')}`
