import type { PortalSession } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { html, type TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import type { Route } from '../navigation/routes.ts'
import { platformInvitations } from '../organization/platform-invitations.ts'
import { isOrganization, type Workplace } from '../workplace.ts'
import './account-page.ts'
import './api-keys-page.ts'
import './audit-log-page.ts'
import './bank-account-page.ts'
import './bank-accounts-page.ts'
import './bank-connection-page.ts'
import './bank-connections-page.ts'
import './organization-page.ts'
import './payment-page.ts'
import './payments-page.ts'
import './platform-page.ts'
import './platform-setup-page.ts'
import './recipient-page.ts'
import './recipients-page.ts'
import '../schedules/edit-schedule-page.ts'
import '../schedules/new-schedule-page.ts'
import '../schedules/schedule-page.ts'
import '../schedules/schedules-page.ts'
import '../schedules/template-editor.ts'
import '../schedules/template-page.ts'
import '../returns/corrections-page.ts'
import '../returns/inbound-file-page.ts'
import '../returns/inbound-files-page.ts'
import '../returns/return-page.ts'
import '../returns/return-rates-page.ts'
import '../returns/returns-page.ts'
import './webhooks-page.ts'

type Organization = PortalSession['organizations'][number]
type User = PortalSession['user']

/**
 * The page of a route, below what the person was asked to look after. Another place or thing is another page, so nothing
 * of the one before stays on it.
 * @param placeless speaks for the person, who names no place
 */
export function pageOf(
  route: Route,
  client: FISTWorks,
  place: Workplace,
  session: PortalSession,
  placeless: FISTWorks,
): TemplateResult {
  return html`${platformInvitations(session, placeless)} ${itself(route, client, place, session.user, placeless)}`
}

function itself(route: Route, client: FISTWorks, place: Workplace, user: User, placeless: FISTWorks): unknown {
  if (route.page === 'setUpPlatform') return setUpPage(placeless)
  const page = isOrganization(place) ? ofOrganization(route, client, place, user) : ofPlatform(route, client, place)
  return keyed(`${place.id} ${route.page} ${route.id ?? ''}`, page)
}

/** It stays the same while the person comes to look after the platform it sets up. */
export const setUpPage = (client: FISTWorks) => html`<portal-platform-setup .client=${client}></portal-platform-setup>`

function ofPlatform({ page }: Route, client: FISTWorks, { id, scopes }: Workplace): TemplateResult {
  if (page === 'apiKeys')
    return html`<portal-api-keys .client=${client} .scopes=${scopes} isPlatform></portal-api-keys>`
  if (page === 'account') return html`<portal-account .client=${client} .scopes=${scopes}></portal-account>`
  if (page === 'platform')
    return html`<portal-platform .client=${client} .scopes=${scopes} .platformId=${id}></portal-platform>`
  return html`<p>A platform has no such page. <a href="/platform">Go to the platform</a></p>`
}

type OfSchedules =
  | 'schedules'
  | 'newSchedule'
  | 'schedule'
  | 'editSchedule'
  | 'newTemplate'
  | 'editTemplate'
  | 'template'

/** Templates and what is made of them by itself. */
function ofSchedules(
  page: OfSchedules,
  id: string | null,
  client: FISTWorks,
  { scopes }: Organization,
): TemplateResult {
  switch (page) {
    case 'schedules':
      return html`<portal-schedules .client=${client} .scopes=${scopes}></portal-schedules>`
    case 'newSchedule':
      return html`<portal-new-schedule .client=${client} .scopes=${scopes}></portal-new-schedule>`
    case 'schedule':
      return html`<portal-schedule .client=${client} .scopes=${scopes} .scheduleId=${id ?? ''}></portal-schedule>`
    case 'editSchedule':
      return html`<portal-edit-schedule .client=${client} .scopes=${scopes} .scheduleId=${id ?? ''}></portal-edit-schedule>`
    case 'newTemplate':
    case 'editTemplate':
      return html`<portal-template-editor .client=${client} .scopes=${scopes} .templateId=${id}></portal-template-editor>`
    case 'template':
      return html`<portal-template .client=${client} .scopes=${scopes} .templateId=${id ?? ''}></portal-template>`
  }
}

function ofOrganization(route: Route, client: FISTWorks, organization: Organization, user: User): TemplateResult {
  const { scopes } = organization
  switch (route.page) {
    case 'payments':
      return html`<portal-payments .client=${client} .scopes=${scopes}></portal-payments>`
    case 'payment':
    case 'newPayment':
      return html`<portal-payment .client=${client} .scopes=${scopes} .fileId=${route.id ?? ''}></portal-payment>`
    case 'schedules':
    case 'newSchedule':
    case 'schedule':
    case 'editSchedule':
    case 'newTemplate':
    case 'editTemplate':
    case 'template':
      return ofSchedules(route.page, route.id, client, organization)
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
      return html`<portal-bank-connection .client=${client} .scopes=${scopes} .connectionId=${route.id} .organizationId=${organization.id}></portal-bank-connection>`
    case 'returns':
      return html`<portal-returns .client=${client} .scopes=${scopes}></portal-returns>`
    case 'return':
      return html`<portal-return .client=${client} .scopes=${scopes} .returnId=${route.id ?? ''}></portal-return>`
    case 'corrections':
      return html`<portal-corrections .client=${client} .scopes=${scopes}></portal-corrections>`
    case 'inboundFiles':
      return html`<portal-inbound-files .client=${client} .scopes=${scopes}></portal-inbound-files>`
    case 'inboundFile':
      return html`<portal-inbound-file .client=${client} .scopes=${scopes} .fileId=${route.id ?? ''}></portal-inbound-file>`
    case 'returnRates':
      return html`<portal-return-rates .client=${client} .scopes=${scopes}></portal-return-rates>`
    case 'auditLog':
      return html`<portal-audit-log .client=${client} .scopes=${scopes}></portal-audit-log>`
    case 'organization':
      return html`<portal-organization .client=${client} .scopes=${scopes} .organization=${organization} .userId=${user.id}></portal-organization>`
    case 'apiKeys':
      return html`<portal-api-keys .client=${client} .scopes=${scopes}></portal-api-keys>`
    case 'webhooks':
      return html`<portal-webhooks .client=${client} .scopes=${scopes}></portal-webhooks>`
    case 'account':
      return html`<portal-account .client=${client} .scopes=${scopes}></portal-account>`
    case 'platform':
    case 'setUpPlatform':
    case 'confirm':
    case 'newOrganization':
    case 'invitation':
    case 'notFound':
      return html`<p>There is no such page. <a href="/payments">Go to the payments</a></p>`
  }
}
