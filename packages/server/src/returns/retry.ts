import { type AchFile, AchFileCreate, type Id, type ReturnRetry, type SendAgain } from '@fistworks/contract'
import { addBankingDays } from '@fistworks/nacha'
import { and, eq } from 'drizzle-orm'
import * as z from 'zod/mini'
import { newYorkTime } from '../ach-files/new-york-time.ts'
import { authorsOf } from '../ach-files/authors.ts'
import { createAchFile } from '../ach-files/service.ts'
import { achFileStore } from '../ach-files/store.ts'
import { achBatches, achEntries } from '../ach-files/table.ts'
import type { WriteContext } from '../context.ts'
import { recordEvent } from '../events/record-event.ts'
import { ProblemError } from '../problem-error.ts'
import { recipientStore } from '../recipients/store.ts'
import { scrubText } from '../telemetry/scrub.ts'
import { notSentAgain } from './not-sent-again.ts'
import { reinitiationsOf, sendAgain } from './send-again.ts'
import { findReturn } from './service.ts'
import { returnStore, returnWriter } from './store.ts'
import type { ReturnRow } from './table.ts'

/** What the network wants an entry to be called that is sent again as it was. */
const RETRY_DESCRIPTION = 'RETRY PYMT'

/**
 * Makes a draft that sends a returned payment again: same company, recipient and amount. It goes the way of every draft.
 * Whom it pays and how much was chosen by the authors of the original, so they are its authors as whoever asks for it is:
 * none of them approves it.
 * @throws ProblemError `state-conflict` with the rule, when the rules do not allow it, or when a draft does so already
 */
export async function retryReturn(ctx: WriteContext, id: string, input: ReturnRetry): Promise<AchFile> {
  const row = await findReturn(ctx, id)
  const entry = matchedEntry(row)
  const never = await notSentAgain(ctx.db, ctx.organizationId, row)
  if (never !== null) throw new ProblemError('state-conflict', `${never.why}.`)
  await refuseSecond(ctx, row)
  const effectiveDate = input.effectiveDate ?? addBankingDays(newYorkTime(ctx.now).date, 1)
  const past = await reinitiationsOf(ctx.db, ctx.organizationId, entry)
  const rule = sendAgain(row, past, effectiveDate)
  const original = await originalOf(ctx, entry.entryId)
  await refuseByRule(ctx, { row, rule, original, input })
  const { batch, entry: sent } = original
  const file = await createAchFile(
    ctx,
    z.parse(AchFileCreate, {
      name: `Again: ${row.individualName} (${row.code})`.slice(0, 100),
      batches: [
        {
          bankAccountId: batch.bankAccountId,
          secCode: batch.secCode,
          companyEntryDescription: rule.answer === 'asItWas' ? RETRY_DESCRIPTION : batch.companyEntryDescription,
          companyDiscretionaryData: batch.companyDiscretionaryData,
          effectiveDate,
          entries: [
            {
              recipientId: sent.recipientId,
              amountCents: sent.amountCents,
              direction: sent.direction,
              addenda: sent.addenda,
              ...(sent.externalId === null ? {} : { externalId: sent.externalId }),
            },
          ],
        },
      ],
    }),
    { authors: await authorsOf(ctx.db, ctx.organizationId, entry.achFileId), told: {} },
  )
  await returnWriter(ctx.db, ctx.organizationId).retry(row.id, file.id, ctx.now.toISOString())
  const { newAuthorization } = input
  const authorized = newAuthorization === undefined ? {} : { newAuthorization: scrubText(newAuthorization) }
  await ctx.audit({
    action: 'return.retried',
    targetType: 'return',
    targetId: row.id,
    data: { achFileId: file.id, entryId: entry.entryId, code: row.code, times: past.count + 1, ...authorized },
  })
  await recordEvent(ctx.db, ctx.organizationId, {
    type: 'return.retried',
    objectType: 'return',
    objectId: row.id,
    status: row.kind,
    at: ctx.now,
    about: { code: row.code, name: row.individualName, achFileId: file.id },
  })
  return file
}

function matchedEntry(row: ReturnRow): { achFileId: Id<'ach'>; entryId: Id<'ent'> } {
  const { kind, achFileId, entryId, repeats } = row
  if (kind !== 'return' || repeats !== null) {
    throw new ProblemError('state-conflict', 'Only the return of a payment can be answered by sending it again.')
  }
  if (achFileId === null || entryId === null) {
    throw new ProblemError('state-conflict', 'This return matches no payment yet: say first which one it is about.')
  }
  return { achFileId, entryId }
}

/** A draft that was canceled, or never reached the bank, makes room for another. */
async function refuseSecond(ctx: WriteContext, row: ReturnRow): Promise<void> {
  const retry = await returnStore(ctx.db, ctx.organizationId).retryOf(row.id)
  if (retry === undefined) return
  const file = await achFileStore(ctx.db, ctx.organizationId).find(retry.achFileId)
  if (file === undefined || file.status === 'canceled') return
  throw new ProblemError('state-conflict', `The file “${file.name}” (${file.id}) sends this payment again already.`)
}

interface Asked {
  row: ReturnRow
  rule: SendAgain
  original: Original
  input: ReturnRetry
}

async function refuseByRule(ctx: WriteContext, { row, rule, original, input }: Asked): Promise<void> {
  const refuse = (why: string) => {
    throw new ProblemError('state-conflict', `It cannot be sent again like this. ${why}.`)
  }
  const { entry } = original
  const recipient = await recipientStore(ctx.db, ctx.organizationId).find(entry.recipientId)
  const isSame =
    recipient !== undefined &&
    (entry.paidAccountIndex === null
      ? recipient.updatedAt <= row.receivedAt
      : Buffer.from(entry.paidAccountIndex).equals(Buffer.from(recipient.accountIndex)))
  if (rule.answer === 'no' || rule.answer === 'asCorrectedEntry') refuse(rule.why)
  if (rule.answer === 'onceAuthorized' && input.newAuthorization === undefined) {
    refuse(`${rule.why} Say when and how the receiver agreed again (newAuthorization)`)
  }
  if (rule.answer === 'asItWas' && !isSame) {
    refuse('The recipient has another account since, so it would be another payment: write a new one')
  }
  if (rule.answer === 'onceCorrected' && isSame && !row.code.startsWith('R06')) {
    refuse(`${rule.why} The recipient still has the account that was paid: correct it first`)
  }
}

type Original = Awaited<ReturnType<typeof originalOf>>

async function originalOf(ctx: WriteContext, entryId: Id<'ent'>) {
  const [row] = await ctx.db
    .select({ batch: achBatches, entry: achEntries })
    .from(achEntries)
    .innerJoin(
      achBatches,
      and(
        eq(achBatches.organizationId, achEntries.organizationId),
        eq(achBatches.achFileId, achEntries.achFileId),
        eq(achBatches.position, achEntries.batchPosition),
      ),
    )
    .where(and(eq(achEntries.organizationId, ctx.organizationId), eq(achEntries.id, entryId)))
    .limit(1)
  if (row === undefined) throw new Error('A return is matched to an entry that is not there.')
  return row
}
