import type { Recipient } from '@fistworks/contract'
import { html, nothing } from 'lit'
import type { Failure } from '../../internal/failure.ts'
import { failurePanel } from '../../internal/failure-panel.ts'
import { masked } from '../../internal/masked.ts'
import { firstSentence, plural } from '../../internal/sentence.ts'
import { textField } from '../../internal/text-field.ts'
import type { RecipientValues } from './recipient-values.ts'

type Edit = (patch: Partial<RecipientValues>, pointer: string) => void
type Problems = ReadonlyMap<string, string>

export function errorSummary(problems: Problems) {
  if (problems.size === 0) return nothing
  return html`<div class="notice critical" role="alert" tabindex="-1">
    <h3>Check ${plural(problems.size, 'field')}</h3>
    <ul>
      ${[...problems.values()].map((message) => html`<li>${message}</li>`)}
    </ul>
  </div>`
}

/** Somebody has the same account, which may be meant; or the same id, which cannot be. */
export function duplicateNotice(failure: Failure, isBusy: boolean, saveAnyway: () => void) {
  if (failure.errors.some((each) => each.pointer === '/externalId'))
    return failurePanel(failure, undefined, 'This id belongs to another recipient')
  return html`<div class="notice caution" role="alert" tabindex="-1">
    <h3>This account is known already</h3>
    <p>${firstSentence(failure.text)} Look whether you can pay that one instead.</p>
    <p>
      <button type="button" class="button" aria-disabled=${isBusy ? 'true' : 'false'} @click=${saveAnyway}>Save it anyway</button>
    </p>
  </div>`
}

interface Choice<T> {
  readonly value: T
  readonly label: string
}

function choices<T extends string>(
  legend: string,
  name: string,
  options: Choice<T>[],
  value: T,
  pick: (value: T) => void,
) {
  return html`<fieldset>
    <legend>${legend}</legend>
    <div class="choices">
      ${options.map(
        (each) => html`<label class="choice"
          ><input type="radio" name=${name} value=${each.value} .checked=${each.value === value} @change=${() => pick(each.value)} />
          ${each.label}</label
        >`,
      )}
    </div>
  </fieldset>`
}

export function whoFields(values: RecipientValues, problems: Problems, edit: Edit) {
  return html`${textField({
    id: 'f-name',
    label: 'Name',
    hint: 'As the bank knows them, at most 22 characters.',
    value: values.name,
    error: problems.get('/name'),
    onInput: (name) => edit({ name }, '/name'),
  })}
  ${choices<RecipientValues['holderType']>(
    'Whose account is it?',
    'holder-type',
    [
      { value: 'business', label: 'A business' },
      { value: 'individual', label: 'A person' },
    ],
    values.holderType,
    (holderType) => edit({ holderType }, '/holderType'),
  )}`
}

export function numberFields(
  problems: Problems,
  settle: (pointer: string) => void,
  values: RecipientValues,
  edit: Edit,
) {
  return html`<div class="numbers">
    <fist-routing-field
      id="f-routingNumber"
      required
      hint="Nine digits, at the lower left of a check."
      .error=${problems.get('/routingNumber') ?? ''}
      @input=${() => settle('/routingNumber')}
    ></fist-routing-field>
    <div class="pair">
      <fist-account-field
        id="f-accountNumber"
        required
        .error=${problems.get('/accountNumber') ?? ''}
        @input=${() => settle('/accountNumber')}
      ></fist-account-field>
      <fist-account-field
        id="f-confirmation"
        label="Confirm account number"
        .error=${problems.get('/confirmation') ?? ''}
        @input=${() => settle('/confirmation')}
      ></fist-account-field>
    </div>
    ${choices<RecipientValues['accountType']>(
      'Kind of account',
      'account-type',
      [
        { value: 'checking', label: 'Checking' },
        { value: 'savings', label: 'Savings' },
      ],
      values.accountType,
      (accountType) => edit({ accountType }, '/accountType'),
    )}
  </div>`
}

export function currentAccount(recipient: Recipient, replace: () => void) {
  return html`<div class="current">
    <p>
      <span class="strong">${recipient.accountType === 'savings' ? 'Savings' : 'Checking'} ${masked(recipient.accountNumberLast4)}</span>
      <br /><span class="muted small">Routing ${masked(recipient.routingNumberMasked, 'routing')}</span>
    </p>
    <button type="button" class="button" @click=${replace}>Replace account</button>
  </div>`
}

export function moreDetails(
  values: RecipientValues,
  problems: Problems,
  edit: Edit,
  { hasIdentification, asksId }: { hasIdentification: boolean; asksId: boolean },
) {
  return html`<details>
    <summary>More details</summary>
    <div class="pair">
      ${textField({
        id: 'f-identification',
        label: 'Your number for them',
        isOptional: true,
        hint: hasIdentification
          ? 'One is stored. Type to replace it.'
          : 'Goes with every payment, at most 15 characters.',
        value: values.identification,
        error: problems.get('/identification'),
        onInput: (identification) => edit({ identification }, '/identification'),
      })}
      ${
        asksId
          ? textField({
              id: 'f-externalId',
              label: 'Id in your accounting',
              isOptional: true,
              hint: 'Links the two, such as a vendor id.',
              value: values.externalId,
              error: problems.get('/externalId'),
              onInput: (externalId) => edit({ externalId }, '/externalId'),
            })
          : nothing
      }
    </div>
  </details>`
}
