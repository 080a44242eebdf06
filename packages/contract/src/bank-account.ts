import * as z from 'zod/mini'
import { idOf } from './id.ts'
import { pageOf } from './page.ts'
import { AccountNumber, achText, Instant, Label, RoutingNumber } from './text.ts'

export const AccountType = z.enum(['checking', 'savings'])
export type AccountType = z.infer<typeof AccountType>

/** An account of the organization that payments are originated from. Numbers are write-only. */
export const BankAccount = z.object({
  type: z.literal('bankAccount'),
  id: idOf('bac'),
  name: z.string(),
  bankConnectionId: idOf('bcn'),
  routingNumberMasked: z.string(),
  accountNumberLast4: z.string(),
  accountType: AccountType,
  companyName: z.string(),
  companyId: z.string(),
  createdAt: Instant,
  archivedAt: z.nullable(Instant),
})
export type BankAccount = z.infer<typeof BankAccount>
export const BankAccountPage = pageOf(BankAccount)

export const BankAccountCreate = z.strictObject({
  name: Label,
  bankConnectionId: idOf('bcn'),
  routingNumber: RoutingNumber,
  accountNumber: AccountNumber,
  accountType: AccountType,
  /** As the receiver knows the company: at most 16 characters (batch header, positions 5–20). */
  companyName: achText('companyName'),
  /** Usually `1` and the EIN: at most 10 characters (batch header, positions 41–50). */
  companyId: achText('companyIdentification'),
})
export type BankAccountCreate = z.infer<typeof BankAccountCreate>

export const BankAccountUpdate = z.partial(BankAccountCreate)
export type BankAccountUpdate = z.infer<typeof BankAccountUpdate>
