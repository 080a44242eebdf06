import type { Difference, Id, MatchCandidate, UnmatchedReason } from '@fistworks/contract'
import { and, desc, eq, inArray, isNotNull, type SQL } from 'drizzle-orm'
import { achBatches, achEntries, achFiles } from '../ach-files/table.ts'
import { bankAccounts } from '../bank-accounts/table.ts'
import { bankConnectionStore } from '../bank-connections/store.ts'
import { bankConnections } from '../bank-connections/table.ts'
import type { BankAnswer } from '../inbound-files/bank-answer.ts'
import type { Landing } from '../inbound-files/landing.ts'
import { recipients } from '../recipients/table.ts'
import type { Reader } from '../storage/transaction.ts'
import { submissionStore } from '../submissions/store.ts'
import { submissions } from '../submissions/table.ts'
import type { OrganizationVault } from '../vault/vault.ts'
import { accountIndexOf, amountOf, differencesOf } from './differences.ts'
import type { AnswerWay, SentWay } from './same-bank.ts'

/** An entry that was sent, as it was paid. */
export interface SentEntry {
  entryId: Id<'ent'>
  achFileId: Id<'ach'>
  recipientId: Id<'rcp'>
  bankAccountId: Id<'bac'>
  traceNumber: string | null
  amountCents: number
  direction: 'credit' | 'debit'
  secCode: string
  companyId: string
  paidName: string | null
  routingNumberLast4: string | null
  accountNumberLast4: string | null
  accountIndex: Uint8Array | null
  submittedAt: string | null
  sentThrough: SentWay | null
  sentThroughName: string | null
  paysThrough: Id<'bcn'>
}

export type Match = { entry: SentEntry } | { entry: null; reason: UnmatchedReason; candidates: MatchCandidate[] }

const TRACES_PER_STATEMENT = 500
const CANDIDATES_MAX = 10
/** For how many answers of a slice that name no trace number of ours payments are looked for that fit otherwise. */
const SEARCHES_MAX = 50

/**
 * Finds the entry that each answer is about. Answers of a file come in thousands, so they are asked for together.
 */
export async function matchAnswers(
  { tx: db, vault, organizationId, file }: Pick<Landing, 'tx' | 'vault' | 'organizationId' | 'file'>,
  answers: readonly BankAnswer[],
): Promise<Map<BankAnswer, Match>> {
  const traces = [...new Set(answers.map(({ originalTraceNumber }) => originalTraceNumber))]
  const some = (from: number) => traces.slice(from, from + TRACES_PER_STATEMENT)
  const byTrace = new Map<string | null, SentEntry[]>()
  for (let from = 0; from < traces.length; from += TRACES_PER_STATEMENT) {
    const rows = await sentEntries(db, organizationId, inArray(achEntries.traceNumber, some(from)))
    for (const row of rows) byTrace.set(row.traceNumber, [...(byTrace.get(row.traceNumber) ?? []), row])
  }
  const from = await wayOf(db, organizationId, file)
  const found = new Map<BankAnswer, Match>()
  let searches = 0
  for (const answer of answers) {
    const sent = byTrace.get(answer.originalTraceNumber) ?? []
    const isSearched = sent.length === 0 && searches++ < SEARCHES_MAX
    const alike = isSearched ? await paymentsAlike(db, vault, organizationId, answer) : []
    found.set(answer, matchOf(vault, answer, from, { sent, alike }))
  }
  return found
}

async function wayOf(
  db: Reader,
  organizationId: Id<'org'>,
  { bankConnectionId, server }: Landing['file'],
): Promise<AnswerWay> {
  const connection = await bankConnectionStore(db, organizationId).find(bankConnectionId)
  if (connection === undefined) throw new Error(`There is no bank connection ${bankConnectionId}.`)
  const { id, name, immediateDestination, immediateOrigin } = connection
  const isWhereFilesGo =
    server !== null && (await submissionStore(db, organizationId).hasDeliveredTo(bankConnectionId, server))
  return { id, name, immediateDestination, immediateOrigin, server, isWhereFilesGo }
}

/** One entry that was sent; `undefined` for one that never was, or is another tenant's. */
export async function findSentEntry(
  db: Reader,
  organizationId: Id<'org'>,
  entryId: Id<'ent'>,
): Promise<SentEntry | undefined> {
  const [row] = await sentEntries(db, organizationId, eq(achEntries.id, entryId))
  return row === undefined || row.traceNumber === null ? undefined : row
}

const SENT = {
  entryId: achEntries.id,
  achFileId: achEntries.achFileId,
  recipientId: achEntries.recipientId,
  bankAccountId: achBatches.bankAccountId,
  traceNumber: achEntries.traceNumber,
  amountCents: achEntries.amountCents,
  direction: achEntries.direction,
  secCode: achBatches.secCode,
  companyId: bankAccounts.companyId,
  paidName: achEntries.paidName,
  routingNumberLast4: achEntries.paidRoutingNumberLast4,
  accountNumberLast4: achEntries.paidAccountNumberLast4,
  accountIndex: achEntries.paidAccountIndex,
  submittedAt: achFiles.submittedAt,
  sentThrough: {
    id: submissions.bankConnectionId,
    server: submissions.server,
    immediateDestination: submissions.immediateDestination,
    immediateOrigin: submissions.immediateOrigin,
  },
  sentThroughName: bankConnections.name,
  paysThrough: bankAccounts.bankConnectionId,
}

function sentEntries(db: Reader, organizationId: Id<'org'>, wanted: SQL | undefined, limit = -1): Promise<SentEntry[]> {
  return db
    .select(SENT)
    .from(achEntries)
    .innerJoin(
      achFiles,
      and(eq(achFiles.organizationId, achEntries.organizationId), eq(achFiles.id, achEntries.achFileId)),
    )
    .innerJoin(
      achBatches,
      and(
        eq(achBatches.organizationId, achEntries.organizationId),
        eq(achBatches.achFileId, achEntries.achFileId),
        eq(achBatches.position, achEntries.batchPosition),
      ),
    )
    .innerJoin(
      bankAccounts,
      and(eq(bankAccounts.organizationId, achBatches.organizationId), eq(bankAccounts.id, achBatches.bankAccountId)),
    )
    .leftJoin(
      submissions,
      and(eq(submissions.organizationId, achEntries.organizationId), eq(submissions.achFileId, achEntries.achFileId)),
    )
    .leftJoin(
      bankConnections,
      and(
        eq(bankConnections.organizationId, submissions.organizationId),
        eq(bankConnections.id, submissions.bankConnectionId),
      ),
    )
    .where(and(eq(achEntries.organizationId, organizationId), wanted))
    .orderBy(desc(achEntries.id))
    .limit(limit)
}

/** One entry that agrees in everything, or none: what is only likely is for a person to say. */
function matchOf(
  vault: OrganizationVault,
  answer: BankAnswer,
  from: AnswerWay,
  { sent, alike }: { sent: readonly SentEntry[]; alike: readonly SentEntry[] },
): Match {
  const compare = (entry: SentEntry) => ({ entry, differences: differencesOf(vault, answer, from, entry) })
  if (sent.length === 0) return { entry: null, reason: 'noEntry', candidates: candidatesOf(alike.map(compare)) }
  const compared = sent.map(compare)
  const agreeing = compared.filter(({ differences }) => differences.length === 0)
  const [only] = agreeing
  if (only !== undefined && agreeing.length === 1) return { entry: only.entry }
  const reason = only === undefined ? 'detailsDiffer' : 'severalEntries'
  return { entry: null, reason, candidates: candidatesOf(compared) }
}

function candidatesOf(compared: readonly { entry: SentEntry; differences: Difference[] }[]): MatchCandidate[] {
  return compared
    .slice(0, CANDIDATES_MAX)
    .map(({ entry: { achFileId, entryId }, differences }) => ({ achFileId, entryId, differences }))
}

/** The newest payments of this amount to the account that the bank names: for a person to choose from, never by itself. */
function paymentsAlike(
  db: Reader,
  vault: OrganizationVault,
  organizationId: Id<'org'>,
  answer: BankAnswer,
): Promise<SentEntry[]> {
  const index = accountIndexOf(vault, answer)
  const amountCents = amountOf(answer)
  const holders = db
    .select({ id: recipients.id })
    .from(recipients)
    .where(and(eq(recipients.organizationId, organizationId), eq(recipients.accountIndex, index)))
  const wanted = and(
    inArray(achEntries.recipientId, holders),
    amountCents === null ? undefined : eq(achEntries.amountCents, amountCents),
    eq(achEntries.direction, answer.direction),
    eq(achEntries.paidAccountIndex, index),
    isNotNull(achEntries.traceNumber),
  )
  return sentEntries(db, organizationId, wanted, CANDIDATES_MAX)
}
