import { accountNumberProblem } from '../account-number.ts'
import { entryDetail } from '../records/entry-detail.ts'
import { isRoutingNumber } from '../routing-number.ts'
import { type AccountType, type Direction, transactionCodeFor } from '../transaction-code.ts'
import { type EntryDraft, entryLayoutOf } from './draft.ts'
import type { Problems } from './problem.ts'
import { edited, fieldNamed, textOf } from './record-edit.ts'

/** Where the other side of a batch is booked: an account of the originator. */
export interface OffsetAccount {
  readonly routingNumber: string
  readonly accountNumber: string
  readonly accountType: Exclude<AccountType, 'loan'>
  /** Who owns it, up to 22 characters (16 in CTX). */
  readonly name: string
}

/** Stands as the identification of every offset entry, by which it is recognised again. */
export const OFFSET_MARK = 'OFFSET'

export function refuseOffsetAccount(account: OffsetAccount, problems: Problems): void {
  const message = accountNumberProblem(account.accountNumber)
  if (message !== null) problems.add('account.invalid', `The account number of the offset ${message}`)
  if (!isRoutingNumber(account.routingNumber)) {
    problems.add('account.invalid', 'The routing number of the offset is not 9 digits with the right check digit')
  }
  if (account.name.trim() === '') problems.add('value.missing', 'The offset account has no name')
}

type Layouted = Parameters<typeof entryLayoutOf>[0]

/** True for an entry that `offsetEntry` made for this account. */
export function isOffsetEntry(batch: Layouted, { record }: EntryDraft, account: OffsetAccount): boolean {
  const layout = entryLayoutOf(batch)
  const identification = fieldNamed(layout, 'individualIdentification') ?? fieldNamed(layout, 'identificationNumber')
  const { rdfiIdentification, checkDigit, dfiAccountNumber } = entryDetail.field
  return (
    identification !== null &&
    textOf(record, identification) === OFFSET_MARK &&
    textOf(record, dfiAccountNumber) === account.accountNumber &&
    textOf(record, rdfiIdentification) + textOf(record, checkDigit) === account.routingNumber
  )
}

/** An entry that books `cents` in the offset account. */
export function offsetEntry(
  batch: Layouted,
  direction: Direction,
  cents: number,
  account: OffsetAccount,
  trace: string,
  problems: Problems,
): EntryDraft {
  const layout = entryLayoutOf(batch)
  const values: Readonly<Record<string, string | number>> = {
    transactionCode: transactionCodeFor({ accountType: account.accountType, direction }),
    rdfiIdentification: account.routingNumber.slice(0, 8),
    checkDigit: account.routingNumber.slice(8),
    dfiAccountNumber: account.accountNumber,
    amount: cents,
    individualIdentification: OFFSET_MARK,
    identificationNumber: OFFSET_MARK,
    individualName: account.name,
    receivingCompanyName: account.name,
    // A WEB entry says how it was authorized; this one once, by the originator itself.
    paymentTypeCode: 'S',
    numberOfAddenda: 0,
    addendaRecordIndicator: 0,
    traceNumber: trace,
  }
  const blank = new Uint8Array(94).fill(0x20)
  blank[0] = 0x36
  const changes = layout.fields.flatMap((field) => {
    const value = values[field.name]
    return value === undefined ? [] : [[field, value] as const]
  })
  return { record: edited(blank, changes, problems), addenda: [], place: { file: 0, batch: 0, entry: 0 } }
}
