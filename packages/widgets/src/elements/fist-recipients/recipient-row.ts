import type { Recipient } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { masked } from '../../internal/masked.ts'

export interface RowActions {
  readonly edit: (recipient: Recipient) => void
  readonly archive: (recipient: Recipient) => void
}

export const recipientHead = (canWrite: boolean) => html`<div role="rowgroup">
  <div class="row row-head" role="row">
    <span role="columnheader">Name</span>
    <span role="columnheader" class="account">Account</span>
    <span role="columnheader" class="routing">Routing number</span>
    ${
      canWrite
        ? html`<span role="columnheader" class="row-actions"><span class="visually-hidden">Actions</span></span>`
        : nothing
    }
  </div>
</div>`

export type LinkTo = (recipient: Recipient) => string

export function recipientRow(recipient: Recipient, actions: RowActions | null, linkTo: LinkTo | null) {
  const { name, holderType, accountType, externalId } = recipient
  return html`<div class="row" role="row">
    <div class="cell" role="cell">
      ${linkTo === null ? html`<span class="strong">${name}</span>` : html`<a class="strong" href=${linkTo(recipient)}>${name}</a>`}<br />
      <span class="muted small">${holderType === 'business' ? 'Business' : 'Person'}${externalId ? ` · ${externalId}` : ''}</span>
    </div>
    <div class="cell account" role="cell">
      <span class="muted small">${accountType === 'savings' ? 'Savings' : 'Checking'}</span> ${masked(recipient.accountNumberLast4)}
    </div>
    <div class="cell routing muted" role="cell">${masked(recipient.routingNumberMasked, 'routing')}</div>
    ${actions === null ? nothing : rowActions(recipient, actions)}
  </div>`
}

function rowActions(recipient: Recipient, { edit, archive }: RowActions) {
  return html`<div class="row-actions" role="cell">
    <button type="button" class="button quiet" @click=${() => edit(recipient)}>
      Edit<span class="visually-hidden"> ${recipient.name}</span>
    </button>
    <button type="button" class="button quiet" @click=${() => archive(recipient)}>
      Archive<span class="visually-hidden"> ${recipient.name}</span>
    </button>
  </div>`
}
