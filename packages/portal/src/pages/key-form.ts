import {
  API_KEY_DAYS_MAX,
  type ApiKeyCreate,
  MACHINE_SCOPES,
  NETWORK_BOUND_SCOPES,
  type Scope,
} from '@fistworks/contract'
import { html, nothing } from 'lit'
import { areaField, textField } from '../ui/field.ts'
import { errorsOfIssues, type FormErrors, textsOf } from '../ui/form-errors.ts'

/** What a key is allowed, in words; what is not here cannot be ticked. */
const WORDS: Partial<Record<Scope, string>> = {
  'organizations:read': 'See organizations',
  'organizations:write': 'Add organizations',
  'members:read': 'See members',
  'api-keys:read': 'See API keys',
  'embed-sessions:write': 'Make embed sessions for your pages',
  'bank-accounts:read': 'See bank accounts',
  'bank-accounts:write': 'Change bank accounts',
  'bank-connections:read': 'See bank connections',
  'bank-connections:write': 'Change bank connections',
  'recipients:read': 'See recipients',
  'recipients:write': 'Change recipients',
  'ach-files:read': 'See payments',
  'ach-files:write': 'Prepare payments',
  'ach-files:approve': 'Let your pages approve payments',
  'ach-files:submit': 'Let your pages send payments',
  'submissions:read': 'See what the bank got',
  'schedules:read': 'See templates and schedules',
  'schedules:write': 'Change templates and schedules',
  'submissions:resolve': 'Let your pages settle unclear deliveries',
  'deliveries:stop': 'Stop everything on its way to the banks',
  'events:read': 'Read events',
  'returns:read': 'See returns and corrections',
  'returns:write': 'Work on returns and corrections',
  'webhooks:read': 'See webhooks',
  'webhooks:write': 'Change webhooks',
  'audit-events:read': 'Read the audit log',
  'audit-events:export': 'Export the audit log',
}
const OF_PLATFORMS: readonly Scope[] = ['organizations:write']

/** The fields of a new key. */
export function keyFields(errors: FormErrors, isPlatform: boolean) {
  const scopes = MACHINE_SCOPES.filter((scope) => WORDS[scope] !== undefined).filter(
    (scope) => isPlatform || !OF_PLATFORMS.includes(scope),
  )
  const isBound = (scope: Scope) => (NETWORK_BOUND_SCOPES as readonly Scope[]).includes(scope)
  return html`<div class="fields">
      ${textField({ name: 'name', label: 'Name', hint: 'So that you know it later, like “Back end”.', error: errors['name'], isRequired: true, maxLength: 100 })}
      ${textField({ name: 'expiresInDays', label: 'Works for how many days', value: String(API_KEY_DAYS_MAX), hint: 'At most 365. Administrators get a mail 30 days before its end.', error: errors['expiresInDays'], inputMode: 'numeric' })}
      ${areaField({ name: 'allowedNetworks', label: 'Networks it may be used from', hint: 'One a line, like 203.0.113.0/24. Left empty, it works from anywhere.', error: errors['allowedNetworks'] })}
    </div>
    <fieldset class="scopes" aria-describedby=${errors['scopes'] ? 'scopes-error' : 'scopes-hint'}>
      <legend>What it may do</legend>
      <p class="hint" id="scopes-hint">As little as it needs. What is marked with a star needs a network in live mode.</p>
      ${errors['scopes'] ? html`<p class="wrong" id="scopes-error">Name at least one permission.</p>` : ''}
      ${scopes.map(
        (scope, index) => html`<label class="check">
          <input
            type="checkbox"
            name="scopes"
            value=${scope}
            aria-invalid=${errors['scopes'] && index === 0 ? 'true' : nothing}
            aria-describedby=${errors['scopes'] && index === 0 ? 'scopes-error' : nothing}
          />
          <span>${WORDS[scope]}${isBound(scope) ? ' *' : ''}</span>
        </label>`,
      )}
    </fieldset>`
}

/** What is wrong in it, at each field: a number of days that is none reads as nothing that a schema could name. */
export function keyErrors(issues: Parameters<typeof errorsOfIssues>[0], name: string): FormErrors {
  const errors = errorsOfIssues(issues, { name })
  if (errors['expiresInDays'] === undefined) return errors
  return { ...errors, expiresInDays: `must be a whole number from 1 to ${API_KEY_DAYS_MAX}` }
}

/** What the form asks for, to be checked by the contract. */
export function keyInput(form: HTMLFormElement): Record<keyof Omit<ApiKeyCreate, 'organizationIds'>, unknown> {
  const data = new FormData(form)
  const { name = '', expiresInDays = '', allowedNetworks = '' } = textsOf(form)
  return {
    name,
    expiresInDays: Number(expiresInDays || API_KEY_DAYS_MAX),
    allowedNetworks: allowedNetworks.split(/[\s,]+/).filter((line) => line !== ''),
    scopes: data.getAll('scopes'),
  }
}
