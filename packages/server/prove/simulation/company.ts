import type { Role, Scope } from '@fistworks/contract'

/** Somebody who calls the API. */
export interface Caller {
  name: string
  /** As the audit log and the authors of files name it: `user:usr_…`, `apiKey:key_…`. */
  key: string
  isPerson: boolean
  headers: Readonly<Record<string, string>>
}

/** One organization with its people, as the template has them. */
export interface Company {
  name: string
  id: string
  people: Record<'preparer' | 'approver' | 'secondApprover' | 'administrator' | 'owner' | 'partner', Caller>
  machine: Caller
  connectionId: string
  accountIds: string[]
}

export const ROLES: Readonly<Record<keyof Company['people'], Role>> = {
  preparer: 'preparer',
  approver: 'approver',
  secondApprover: 'approver',
  administrator: 'administrator',
  owner: 'owner',
  partner: 'owner',
}

export const MACHINE_MAY: Scope[] = [
  'recipients:read',
  'recipients:write',
  'ach-files:read',
  'ach-files:write',
  'ach-files:submit',
  'submissions:read',
  'deliveries:stop',
  'bank-accounts:read',
  'events:read',
  'audit-events:read',
]

export const HOST_KEY = `SHA256:${'A'.repeat(43)}`
export const OTHER_HOST_KEY = `SHA256:${'B'.repeat(43)}`
export const PASSWORD = 'simulated-bank-password'
export type WhichBank = 'first' | 'second'
/** Each company's bank, and the one it can move to. */
export const hostOf = (company: string, which: WhichBank) => `${which}.${company.toLowerCase()}.test`
