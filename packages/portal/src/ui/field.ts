import { html, nothing } from 'lit'

export interface FieldOptions {
  name: string
  label: string
  value?: string
  hint?: string
  error?: string | undefined
  isWide?: boolean
  isRequired?: boolean
  inputMode?: 'numeric' | 'text' | 'email'
  autocomplete?: 'email' | 'one-time-code' | 'off'
  maxLength?: number
  /** The browser shows dots, and nothing is filled in. */
  isSecret?: boolean
}

/** What is wrong, as a sentence about this field: `must not be empty` → `Name must not be empty.` */
export function sentenceAbout(label: string, problem: string): string {
  const isPredicate = problem.charAt(0) !== problem.charAt(0).toUpperCase()
  return `${isPredicate ? `${label} ${problem}` : problem}${/[.!?]$/.test(problem) ? '' : '.'}`
}

const described = ({ name, hint, error }: FieldOptions) =>
  [error ? `${name}-error` : '', hint ? `${name}-hint` : ''].filter(Boolean).join(' ') || nothing

const below = ({ name, label, hint, error }: FieldOptions) => html`
  ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing}
  ${error ? html`<p class="wrong" id="${name}-error">${sentenceAbout(label, error)}</p>` : nothing}
`

/** A labelled input with its hint and its error, all in the same tree. */
export function textField(options: FieldOptions) {
  const { name, label, value = '', error, isWide, isRequired, isSecret } = options
  return html`<div class="field ${isWide ? 'wide' : ''}">
    <label for=${name}>${label}</label>
    <input
      id=${name}
      name=${name}
      type=${isSecret ? 'password' : 'text'}
      value=${isSecret ? '' : value}
      inputmode=${options.inputMode ?? 'text'}
      autocomplete=${isSecret ? 'new-password' : (options.autocomplete ?? 'off')}
      maxlength=${options.maxLength ?? 400}
      spellcheck="false"
      aria-required=${isRequired ? 'true' : 'false'}
      aria-invalid=${error ? 'true' : 'false'}
      aria-describedby=${described(options)}
    />
    ${below(options)}
  </div>`
}

export function areaField(options: FieldOptions) {
  const { name, label, value = '', error } = options
  return html`<div class="field wide">
    <label for=${name}>${label}</label>
    <textarea
      id=${name}
      name=${name}
      autocomplete="off"
      spellcheck="false"
      aria-invalid=${error ? 'true' : 'false'}
      aria-describedby=${described(options)}
      .defaultValue=${value}
    ></textarea>
    ${below(options)}
  </div>`
}

export function selectField(options: FieldOptions & { choices: Readonly<Record<string, string>> }) {
  const { name, label, value, error, choices } = options
  return html`<div class="field">
    <label for=${name}>${label}</label>
    <select id=${name} name=${name} aria-invalid=${error ? 'true' : 'false'} aria-describedby=${described(options)}>
      ${Object.entries(choices).map(
        ([key, text]) => html`<option value=${key} ?selected=${key === value}>${text}</option>`,
      )}
    </select>
    ${below(options)}
  </div>`
}

export function checkField(options: Pick<FieldOptions, 'name' | 'label' | 'hint'> & { isChecked: boolean }) {
  const { name, label, hint, isChecked } = options
  return html`<div class="field wide">
    <label class="check">
      <input type="checkbox" name=${name} ?checked=${isChecked} aria-describedby=${hint ? `${name}-hint` : nothing} />
      <span>${label}</span>
    </label>
    ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing}
  </div>`
}
