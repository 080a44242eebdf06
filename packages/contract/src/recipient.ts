import * as z from 'zod/mini'
import { AccountType } from './bank-account.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'
import { AccountNumber, achText, Instant, Label, optionalAchText, RoutingNumber } from './text.ts'

export const HolderType = z.enum(['individual', 'business'])
export type HolderType = z.infer<typeof HolderType>

/** A party paid or collected from (Nacha's receiver). Numbers are write-only. */
export const Recipient = z.object({
  type: z.literal('recipient'),
  id: idOf('rcp'),
  name: z.string(),
  holderType: HolderType,
  routingNumberMasked: z.string(),
  accountNumberLast4: z.string(),
  accountType: AccountType,
  /** The payer's number for this recipient, sealed; here only whether there is one. */
  hasIdentification: z.boolean(),
  externalId: z.nullable(z.string()),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
  archivedAt: z.nullable(Instant),
})
export type Recipient = z.infer<typeof Recipient>
export const RecipientPage = pageOf(Recipient)

export const RecipientCreate = z.strictObject({
  /** At most 22 characters (entry detail, positions 55–76). */
  name: achText('individualName'),
  holderType: HolderType,
  routingNumber: RoutingNumber,
  accountNumber: AccountNumber,
  accountType: AccountType,
  /** The payer's number for this recipient: at most 15 characters (entry detail, positions 40–54). */
  identification: z.optional(optionalAchText('individualIdentification')),
  /** The accounting product's own id; unique in the organization. */
  externalId: z.optional(Label),
  /** Keep it although another recipient has the same account. */
  allowDuplicate: z.optional(z.boolean()),
})
export type RecipientCreate = z.infer<typeof RecipientCreate>

/** What changes. Routing and account number change together or not at all. */
export const RecipientUpdate = z.strictObject({
  name: z.optional(RecipientCreate.shape.name),
  holderType: z.optional(HolderType),
  routingNumber: z.optional(RoutingNumber),
  accountNumber: z.optional(AccountNumber),
  accountType: z.optional(AccountType),
  identification: z.optional(optionalAchText('individualIdentification')),
  externalId: z.optional(Label),
  allowDuplicate: z.optional(z.boolean()),
})
export type RecipientUpdate = z.infer<typeof RecipientUpdate>

/** Asks for the full numbers of one recipient. The purpose stays in the audit log. */
export const RecipientReveal = z.strictObject({
  purpose: Label.check(z.minLength(10, { error: 'say in at least 10 characters what the numbers are needed for' })),
})
export type RecipientReveal = z.infer<typeof RecipientReveal>

/** The full numbers of one recipient: for one person, once, on their screen. Never to be stored. */
export const RevealedRecipient = z.object({
  type: z.literal('revealedRecipient'),
  id: idOf('rcp'),
  routingNumber: z.string(),
  accountNumber: z.string(),
  identification: z.nullable(z.string()),
})
export type RevealedRecipient = z.infer<typeof RevealedRecipient>

/** `search` looks in names and in the last four of the account; archived ones only when asked for. */
export const RecipientQuery = z.extend(PageQuery, {
  search: z.optional(z.string().check(z.maxLength(100))),
  externalId: z.optional(z.string().check(z.maxLength(100))),
  archived: z.optional(z.enum(['true', 'false'])),
})
export type RecipientQuery = z.infer<typeof RecipientQuery>
