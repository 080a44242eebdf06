import { lastDigits, maskedAccountNumber } from '@fistworks/contract'
import { html } from 'lit'

/** What may be shown of a number, twice: as it looks, and as it is read out. Never more than its last four. */
export function masked(last4: string, kind: 'account' | 'routing' = 'account') {
  const digits = last4.slice(-4)
  const looks = kind === 'account' ? maskedAccountNumber(digits) : `*****${digits}`
  const name = kind === 'account' ? 'account ending in' : 'routing number ending in'
  return html`<span class="masked" aria-hidden="true">${looks}</span
    ><span class="visually-hidden">${name} ${digits}</span>`
}

/** `•••• 6789`-like text of what was typed. */
export const maskOf = (digits: string) => maskedAccountNumber(lastDigits(digits))
