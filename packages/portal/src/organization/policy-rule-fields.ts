import type { NamedPerson } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { textField } from '../ui/field.ts'
import type { FormErrors } from '../ui/form-errors.ts'
import type { DraftRule } from './policy-draft.ts'

interface RuleFields {
  rule: DraftRule
  index: number
  approvers: readonly NamedPerson[]
  errors: FormErrors
  draft: readonly DraftRule[]
  set(rules: DraftRule[]): void
}

/** The fields of one rule. */
export function policyRuleFields({ rule, index, approvers, errors, draft, set }: RuleFields) {
  const change = (patch: Partial<DraftRule>) =>
    set(draft.map((each, at) => (at === index ? { ...each, ...patch } : each)))
  const onText = ({ target }: Event) => {
    const { name, value, checked } = target as HTMLInputElement
    if (name === `from-${index}`) change({ from: value })
    else if (name === `approvals-${index}`) change({ approvals: value })
    else {
      const id = name.slice(name.indexOf('usr_')) as NamedPerson['id']
      change({ people: checked ? [...rule.people, id] : rule.people.filter((each) => each !== id) })
    }
  }
  return html`<fieldset @input=${onText}>
    <legend>${index === 0 ? 'Every file' : `Rule ${index + 1}`}</legend>
    ${
      index === 0
        ? nothing
        : textField({
            name: `from-${index}`,
            label: 'From this amount ($)',
            value: rule.from,
            error: errors[`from-${index}`],
          })
    }
    ${textField({ name: `approvals-${index}`, label: 'Approvals', value: rule.approvals, inputMode: 'numeric', maxLength: 2, error: errors[`approvals-${index}`] })}
    <p class="hint" id="by-${index}">By whom? Nobody chosen means anybody who may approve.</p>
    ${approvers.map(
      ({ id, name }) => html`<label class="check">
        <input type="checkbox" name="by-${index}-${id}" ?checked=${rule.people.includes(id)} aria-describedby="by-${index}" />
        <span>${name}</span>
      </label>`,
    )}
    ${index === 0 ? nothing : html`<p><button type="button" class="button quiet" @click=${() => set(draft.filter((_, at) => at !== index))}>Remove this rule</button></p>`}
  </fieldset>`
}
