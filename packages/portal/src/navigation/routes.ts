import type { Scope } from '@fistworks/contract'

/** Which page an address shows. `section` is the entry of the navigation it belongs to. */
export interface Route {
  page:
    | 'payments'
    | 'payment'
    | 'newPayment'
    | 'schedules'
    | 'schedule'
    | 'newSchedule'
    | 'editSchedule'
    | 'template'
    | 'newTemplate'
    | 'editTemplate'
    | 'recipients'
    | 'recipient'
    | 'bankAccounts'
    | 'bankAccount'
    | 'bankConnections'
    | 'bankConnection'
    | 'returns'
    | 'return'
    | 'corrections'
    | 'inboundFiles'
    | 'inboundFile'
    | 'returnRates'
    | 'auditLog'
    | 'organization'
    | 'newOrganization'
    | 'invitation'
    | 'apiKeys'
    | 'webhooks'
    | 'platform'
    | 'setUpPlatform'
    | 'account'
    | 'confirm'
    | 'notFound'
  title: string
  section: string
  /** The id in the address, if it has one; `null` for something new. */
  id: string | null
}

/** The navigation, in order; an entry is shown to those whose role has its scope. */
export const SECTIONS: readonly { path: string; name: string; scope: Scope }[] = [
  { path: '/payments', name: 'Payments', scope: 'ach-files:read' },
  { path: '/schedules', name: 'Schedules', scope: 'schedules:read' },
  { path: '/returns', name: 'Returns', scope: 'returns:read' },
  { path: '/recipients', name: 'Recipients', scope: 'recipients:read' },
  { path: '/bank-accounts', name: 'Bank accounts', scope: 'bank-accounts:read' },
  { path: '/bank-connections', name: 'Bank connections', scope: 'bank-connections:read' },
  { path: '/audit-log', name: 'Audit log', scope: 'audit-events:read' },
  { path: '/organization', name: 'Organization', scope: 'organizations:read' },
  { path: '/api-keys', name: 'API keys', scope: 'api-keys:read' },
  { path: '/webhooks', name: 'Webhooks', scope: 'webhooks:read' },
]

/** The navigation of somebody who works for a platform. */
export const PLATFORM_SECTIONS: typeof SECTIONS = [
  { path: '/platform', name: 'Platform', scope: 'platforms:write' },
  { path: '/api-keys', name: 'API keys', scope: 'api-keys:read' },
]

const ROUTES: readonly { pattern: RegExp; page: Route['page']; title: string }[] = [
  { pattern: /^\/(?:payments)?$/, page: 'payments', title: 'Payments' },
  { pattern: /^\/payments\/new$/, page: 'newPayment', title: 'New payment' },
  { pattern: /^\/payments\/(ach_[0-9a-z]{26})$/, page: 'payment', title: 'Payment' },
  { pattern: /^\/schedules$/, page: 'schedules', title: 'Schedules' },
  { pattern: /^\/schedules\/new$/, page: 'newSchedule', title: 'New schedule' },
  { pattern: /^\/schedules\/(sch_[0-9a-z]{26})$/, page: 'schedule', title: 'Schedule' },
  { pattern: /^\/schedules\/(sch_[0-9a-z]{26})\/edit$/, page: 'editSchedule', title: 'Change a schedule' },
  { pattern: /^\/schedules\/templates\/new$/, page: 'newTemplate', title: 'New template' },
  { pattern: /^\/schedules\/templates\/(tpl_[0-9a-z]{26})$/, page: 'template', title: 'Template' },
  { pattern: /^\/schedules\/templates\/(tpl_[0-9a-z]{26})\/edit$/, page: 'editTemplate', title: 'Change a template' },
  { pattern: /^\/returns$/, page: 'returns', title: 'Returns' },
  { pattern: /^\/returns\/(ret_[0-9a-z]{26})$/, page: 'return', title: 'Return' },
  { pattern: /^\/returns\/corrections$/, page: 'corrections', title: 'Corrections' },
  { pattern: /^\/returns\/files$/, page: 'inboundFiles', title: 'Files of the bank' },
  { pattern: /^\/returns\/files\/(inb_[0-9a-z]{26})$/, page: 'inboundFile', title: 'File of the bank' },
  { pattern: /^\/returns\/rates$/, page: 'returnRates', title: 'Return rates' },
  { pattern: /^\/recipients$/, page: 'recipients', title: 'Recipients' },
  { pattern: /^\/recipients\/(rcp_[0-9a-z]{26})$/, page: 'recipient', title: 'Recipient' },
  { pattern: /^\/bank-accounts$/, page: 'bankAccounts', title: 'Bank accounts' },
  { pattern: /^\/bank-accounts\/new$/, page: 'bankAccount', title: 'Add a bank account' },
  { pattern: /^\/bank-accounts\/(bac_[0-9a-z]{26})$/, page: 'bankAccount', title: 'Bank account' },
  { pattern: /^\/bank-connections$/, page: 'bankConnections', title: 'Bank connections' },
  { pattern: /^\/bank-connections\/new$/, page: 'bankConnection', title: 'Connect a bank' },
  { pattern: /^\/bank-connections\/(bcn_[0-9a-z]{26})$/, page: 'bankConnection', title: 'Bank connection' },
  { pattern: /^\/audit-log$/, page: 'auditLog', title: 'Audit log' },
  { pattern: /^\/confirm$/, page: 'confirm', title: 'Confirm that it is you' },
  { pattern: /^\/organization$/, page: 'organization', title: 'Organization' },
  { pattern: /^\/organization\/new$/, page: 'newOrganization', title: 'New organization' },
  { pattern: /^\/invitation$/, page: 'invitation', title: 'Invitation' },
  { pattern: /^\/api-keys$/, page: 'apiKeys', title: 'API keys' },
  { pattern: /^\/webhooks$/, page: 'webhooks', title: 'Webhooks' },
  { pattern: /^\/platform$/, page: 'platform', title: 'Platform' },
  { pattern: /^\/set-up-platform$/, page: 'setUpPlatform', title: 'Set up your platform' },
  { pattern: /^\/account$/, page: 'account', title: 'Your account' },
]

/** The page for a path; `notFound` for one that is none of ours. A platform has no payments: its first page is itself. */
export function routeOf(path: string, isPlatform = false): Route {
  if (path === '/' && isPlatform) return routeOf('/platform')
  for (const { pattern, page, title } of ROUTES) {
    const match = pattern.exec(path)
    if (match === null) continue
    const section = path === '/' ? '/payments' : `/${path.split('/')[1]}`
    return { page, title, section, id: match[1] ?? null }
  }
  return { page: 'notFound', title: 'Not found', section: '', id: null }
}
