import { maskedAccountNumber, maskedRoutingNumber, type Recipient } from '@fistworks/contract'
import type { RecipientRow } from './table.ts'

/** A recipient without anything sealed. */
export type MaskedRecipient = Omit<
  RecipientRow,
  'organizationId' | 'routingNumber' | 'accountNumber' | 'accountIndex' | 'identification'
> & {
  hasIdentification: boolean
}

/** A recipient as callers see it: masked. */
export function presentRecipient(row: RecipientRow | MaskedRecipient): Recipient {
  return {
    type: 'recipient',
    id: row.id,
    name: row.name,
    holderType: row.holderType,
    routingNumberMasked: maskedRoutingNumber(row.routingNumberLast4),
    accountNumberLast4: row.accountNumberLast4,
    accountType: row.accountType,
    hasIdentification: 'hasIdentification' in row ? row.hasIdentification : row.identification !== null,
    externalId: row.externalId,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    archivedAt: row.archivedAt,
  }
}

/** A recipient as the audit log keeps it: masked. */
export function auditRecipient(row: RecipientRow): Record<string, unknown> {
  return {
    name: row.name,
    holderType: row.holderType,
    routingNumber: maskedRoutingNumber(row.routingNumberLast4),
    accountNumber: maskedAccountNumber(row.accountNumberLast4),
    accountType: row.accountType,
    hasIdentification: row.identification !== null,
    externalId: row.externalId,
  }
}
