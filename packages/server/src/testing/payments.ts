import { type AchFile, AchFileCreate, type BankAccount, type Id, type Recipient } from '@fistworks/contract'
import * as z from 'zod/mini'
import { approveAchFile, requestApproval } from '../ach-files/approval.ts'
import { acknowledging } from './acknowledging.ts'
import { createAchFile } from '../ach-files/service.ts'
import { createBankAccount } from '../bank-accounts/service.ts'
import { bankConnectionWriter } from '../bank-connections/store.ts'
import type { BankConnectionRow } from '../bank-connections/table.ts'
import { createRecipient } from '../recipients/service.ts'
import { ANNA, BEN, type TestOrganization } from './context.ts'

/** The numbers that tests type; nothing that leaves the vault may hold them. */
export const SEEDED = { routingNumber: '091000019', accountNumber: '8800123456' }

let accounts = 0

export async function addBankConnection(
  organization: TestOrganization,
  over: Partial<BankConnectionRow> = {},
): Promise<Id<'bcn'>> {
  return organization.write(ANNA, async (ctx) => {
    const id = ctx.newId('bcn')
    await bankConnectionWriter(ctx.db, ctx.organizationId).add({
      organizationId: ctx.organizationId,
      id,
      name: 'Test bank',
      host: 'sftp.bank.test',
      port: 22,
      username: 'company',
      authenticationMethod: 'password',
      password: ctx.vault.seal({ table: 'bank_connections', column: 'password', row: id }, 'secret'),
      privateKey: null,
      passphrase: null,
      hostKeyFingerprints: [],
      uploadDirectory: '/in',
      acknowledgementDirectory: null,
      sweepsAtOnce: false,
      lineEnding: 'lf',
      returnDirectory: null,
      returnPollMinutes: null,
      afterProcessing: 'leave',
      processedDirectory: null,
      cutoffs: null,
      fileNameTemplate: null,
      encryption: null,
      signingKey: null,
      signingPublicKey: null,
      nextSigningKey: null,
      nextSigningPublicKey: null,
      legacyAlgorithmsUntil: null,
      publicKey: null,
      nextPrivateKey: null,
      nextPublicKey: null,
      hostKeyRefusedAt: null,
      immediateDestination: '121042882',
      immediateDestinationName: 'Test Bank',
      immediateOrigin: '1234567890',
      immediateOriginName: 'Payer Inc',
      createdAt: ctx.now.toISOString(),
      archivedAt: null,
      ...over,
    })
    return id
  })
}

export async function addBankAccount(
  organization: TestOrganization,
  bankConnectionId?: Id<'bcn'>,
): Promise<BankAccount> {
  const connection = bankConnectionId ?? (await addBankConnection(organization))
  return organization.write(ANNA, (ctx) =>
    createBankAccount(ctx, {
      name: 'Operating',
      bankConnectionId: connection,
      routingNumber: '121042882',
      accountNumber: '70004455667788',
      accountType: 'checking',
      companyName: 'Payer Inc',
      companyId: '1234567890',
    }),
  )
}

type RecipientInput = Parameters<typeof createRecipient>[1]

export function addRecipient(organization: TestOrganization, over: Partial<RecipientInput> = {}): Promise<Recipient> {
  const input: RecipientInput = {
    name: 'Acme Supply',
    holderType: 'business',
    routingNumber: SEEDED.routingNumber,
    accountNumber: `${SEEDED.accountNumber}${String(++accounts).padStart(6, '0')}`,
    accountType: 'checking',
    ...over,
  }
  return organization.write(ANNA, (ctx) => createRecipient(ctx, input))
}

export type DraftInput = z.input<typeof AchFileCreate>
export type BatchInput = DraftInput['batches'][number]

export function batchOf(bankAccountId: Id<'bac'>, recipientId: Id<'rcp'>, over: Partial<BatchInput> = {}): BatchInput {
  return {
    bankAccountId,
    secCode: 'CCD',
    companyEntryDescription: 'VENDORPAY',
    effectiveDate: '2026-11-24',
    entries: [{ recipientId, amountCents: 12_345 }],
    ...over,
  }
}

/** A draft that Anna writes. */
export function addDraft(organization: TestOrganization, batches: BatchInput[], name = 'Friday'): Promise<AchFile> {
  return organization.write(ANNA, (ctx) => createAchFile(ctx, z.parse(AchFileCreate, { name, batches })))
}

/** A file that Anna wrote and Ben approved. */
export async function addApproved(organization: TestOrganization, batches: BatchInput[]): Promise<AchFile> {
  const draft = await addDraft(organization, batches)
  const waiting = await organization.write(ANNA, (ctx) =>
    acknowledging((acknowledgedDuplicates) => requestApproval(ctx, draft.id, { ...draft, acknowledgedDuplicates })),
  )
  return organization.write(BEN, (ctx) =>
    acknowledging((acknowledgedDuplicates) => approveAchFile(ctx, waiting.id, { ...waiting, acknowledgedDuplicates })),
  )
}
