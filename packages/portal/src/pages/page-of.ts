import type { PortalSession } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { html, type TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import type { Route } from '../navigation/routes.ts'
import './account-page.ts'
import './audit-log-page.ts'
import './bank-account-page.ts'
import './bank-accounts-page.ts'
import './bank-connection-page.ts'
import './bank-connections-page.ts'
import './organization-page.ts'
import './payment-page.ts'
import './payments-page.ts'
import './recipient-page.ts'
import './recipients-page.ts'

type Organization = PortalSession['organizations'][number]

/** The page of a route. Another organization or thing is another page, so nothing of the one before stays on it. */
export function pageOf(route: Route, client: FISTWorks, organization: Organization): unknown {
  return keyed(`${organization.id} ${route.page} ${route.id ?? ''}`, template(route, client, organization))
}

function template(route: Route, client: FISTWorks, organization: Organization): TemplateResult {
  const { scopes } = organization
  switch (route.page) {
    case 'payments':
      return html`<portal-payments .client=${client} .scopes=${scopes}></portal-payments>`
    case 'payment':
    case 'newPayment':
      return html`<portal-payment .client=${client} .scopes=${scopes} .fileId=${route.id ?? ''}></portal-payment>`
    case 'recipients':
      return html`<portal-recipients .client=${client} .scopes=${scopes}></portal-recipients>`
    case 'recipient':
      return html`<portal-recipient .client=${client} .scopes=${scopes} .recipientId=${route.id ?? ''}></portal-recipient>`
    case 'bankAccounts':
      return html`<portal-bank-accounts .client=${client} .scopes=${scopes}></portal-bank-accounts>`
    case 'bankAccount':
      return html`<portal-bank-account .client=${client} .scopes=${scopes} .accountId=${route.id}></portal-bank-account>`
    case 'bankConnections':
      return html`<portal-bank-connections .client=${client} .scopes=${scopes}></portal-bank-connections>`
    case 'bankConnection':
      return html`<portal-bank-connection .client=${client} .scopes=${scopes} .connectionId=${route.id}></portal-bank-connection>`
    case 'auditLog':
      return html`<portal-audit-log .client=${client} .scopes=${scopes}></portal-audit-log>`
    case 'organization':
      return html`<portal-organization .client=${client} .scopes=${scopes} .organization=${organization}></portal-organization>`
    case 'account':
      return html`<portal-account .client=${client} .scopes=${scopes}></portal-account>`
    case 'confirm':
    case 'newOrganization':
    case 'invitation':
    case 'notFound':
      return html`<p>There is no such page. <a href="/payments">Go to the payments</a></p>`
  }
}
