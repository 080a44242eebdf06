import { type BankAccount, maskedAccountNumber, maskedRoutingNumber } from '@fistworks/contract'
import type { BankAccountRow } from './table.ts'

/** A bank account as callers see it: masked. */
export function presentBankAccount(row: BankAccountRow): BankAccount {
  return {
    type: 'bankAccount',
    id: row.id,
    name: row.name,
    bankConnectionId: row.bankConnectionId,
    routingNumberMasked: maskedRoutingNumber(row.routingNumberLast4),
    accountNumberLast4: row.accountNumberLast4,
    accountType: row.accountType,
    companyName: row.companyName,
    companyId: row.companyId,
    createdAt: row.createdAt,
    archivedAt: row.archivedAt,
  }
}

/** A bank account as the audit log keeps it: masked. */
export function auditBankAccount(row: BankAccountRow): Record<string, unknown> {
  return {
    name: row.name,
    bankConnectionId: row.bankConnectionId,
    routingNumber: maskedRoutingNumber(row.routingNumberLast4),
    accountNumber: maskedAccountNumber(row.accountNumberLast4),
    accountType: row.accountType,
    companyName: row.companyName,
    companyId: row.companyId,
  }
}
