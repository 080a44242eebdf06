import { html, nothing } from 'lit'
import { type FieldOptions, sentenceAbout } from '../ui/field.ts'

/** A labelled day with its hint and its error. */
export function dateField({ name, label, value = '', hint, error }: FieldOptions) {
  const described = [error ? `${name}-error` : '', hint ? `${name}-hint` : ''].filter(Boolean).join(' ')
  return html`<div class="field">
    <label for=${name}>${label}</label>
    <input
      id=${name}
      name=${name}
      type="date"
      value=${value}
      aria-invalid=${error ? 'true' : 'false'}
      aria-describedby=${described || nothing}
    />
    ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing}
    ${error ? html`<p class="wrong" id="${name}-error">${sentenceAbout(label, error)}</p>` : nothing}
  </div>`
}
