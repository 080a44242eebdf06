import { type Difference, type Id, lastDigits, type MatchCandidate, type UnmatchedReason } from '@fistworks/contract'
import { checkDigitOf } from '@fistworks/nacha'
import { and, eq, inArray } from 'drizzle-orm'
import { achBatches, achEntries, achFiles } from '../ach-files/table.ts'
import { bankAccounts } from '../bank-accounts/table.ts'
import { bankConnectionStore } from '../bank-connections/store.ts'
import { bankConnections } from '../bank-connections/table.ts'
import type { BankAnswer } from '../inbound-files/bank-answer.ts'
import type { Landing } from '../inbound-files/landing.ts'
import type { Reader } from '../storage/transaction.ts'
import { submissions } from '../submissions/table.ts'
import { comparableNumber, type OrganizationVault } from '../vault/vault.ts'
import { mayAnswer, type Way } from './same-bank.ts'

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
  sentThrough: Way | null
  paysThrough: Id<'bcn'>
}

export type Match = { entry: SentEntry } | { entry: null; reason: UnmatchedReason; candidates: MatchCandidate[] }

const TRACES_PER_STATEMENT = 500
const CANDIDATES_MAX = 10

/**
 * Finds the entry that each answer is about. Answers of a file come in thousands, so they are asked for together.
 */
export async function matchAnswers(
  {
    tx: db,
    vault,
    organizationId,
    file: { bankConnectionId },
  }: Pick<Landing, 'tx' | 'vault' | 'organizationId' | 'file'>,
  answers: readonly BankAnswer[],
): Promise<Map<BankAnswer, Match>> {
  const traces = [...new Set(answers.map(({ originalTraceNumber }) => originalTraceNumber))]
  const byTrace = new Map<string | null, SentEntry[]>()
  for (let from = 0; from < traces.length; from += TRACES_PER_STATEMENT) {
    const rows = await sentEntries(db, organizationId, { traces: traces.slice(from, from + TRACES_PER_STATEMENT) })
    for (const row of rows) byTrace.set(row.traceNumber, [...(byTrace.get(row.traceNumber) ?? []), row])
  }
  const from = await bankConnectionStore(db, organizationId).find(bankConnectionId)
  if (from === undefined) throw new Error(`There is no bank connection ${bankConnectionId}.`)
  return new Map(
    answers.map((answer) => [answer, matchOf(vault, answer, from, byTrace.get(answer.originalTraceNumber) ?? [])]),
  )
}

/** One entry that was sent; `undefined` for one that never was, or is another tenant's. */
export async function findSentEntry(
  db: Reader,
  organizationId: Id<'org'>,
  entryId: Id<'ent'>,
): Promise<SentEntry | undefined> {
  const [row] = await sentEntries(db, organizationId, { entryId })
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
    id: bankConnections.id,
    name: bankConnections.name,
    host: bankConnections.host,
    port: bankConnections.port,
    immediateDestination: bankConnections.immediateDestination,
    immediateOrigin: bankConnections.immediateOrigin,
  },
  paysThrough: bankAccounts.bankConnectionId,
}

function sentEntries(
  db: Reader,
  organizationId: Id<'org'>,
  wanted: { traces: readonly string[] } | { entryId: Id<'ent'> },
): Promise<SentEntry[]> {
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
    .where(
      and(
        eq(achEntries.organizationId, organizationId),
        'entryId' in wanted ? eq(achEntries.id, wanted.entryId) : inArray(achEntries.traceNumber, [...wanted.traces]),
      ),
    )
}

/** One entry that agrees in everything, or none: what is only likely is for a person to say. */
function matchOf(vault: OrganizationVault, answer: BankAnswer, from: Way, sent: readonly SentEntry[]): Match {
  if (sent.length === 0) return { entry: null, reason: 'noEntry', candidates: [] }
  const compared = sent.map((entry) => ({ entry, differences: differencesOf(vault, answer, from, entry) }))
  const agreeing = compared.filter(({ differences }) => differences.length === 0)
  const [only] = agreeing
  if (only !== undefined && agreeing.length === 1) return { entry: only.entry }
  const candidates = compared
    .slice(0, CANDIDATES_MAX)
    .map(({ entry: { achFileId, entryId }, differences }) => ({ achFileId, entryId, differences }))
  return { entry: null, reason: only === undefined ? 'detailsDiffer' : 'severalEntries', candidates }
}

/** Keyed hash of the account that an answer says was paid, as recipients keep it. */
export function accountIndexOf(vault: OrganizationVault, answer: Pick<BankAnswer, 'originalRdfi' | 'accountNumber'>) {
  return vault.blindIndex('recipients.account', routingNumberOf(answer), comparableNumber(answer.accountNumber))
}

/** All nine digits. */
export function routingNumberOf({ originalRdfi }: Pick<BankAnswer, 'originalRdfi'>): string {
  return /^\d{8}$/.test(originalRdfi) ? `${originalRdfi}${checkDigitOf(originalRdfi)}` : originalRdfi
}

const HAS_AMOUNT: readonly BankAnswer['category'][] = ['return', 'dishonored', 'contested']

/** Everything in which the bank's words and the payment disagree. */
function differencesOf(vault: OrganizationVault, answer: BankAnswer, from: Way, sent: SentEntry): Difference[] {
  const found: Difference[] = []
  const add = (field: string, ours: string, banks: string, message: string) => {
    found.push({ field, ours, banks, message })
  }
  if (HAS_AMOUNT.includes(answer.category) && answer.amountCents !== sent.amountCents) {
    add('amountCents', String(sent.amountCents), String(answer.amountCents), 'The amounts differ.')
  }
  if (answer.direction !== sent.direction) {
    add('direction', sent.direction, answer.direction, 'One is a credit, the other a debit.')
  }
  const routing = lastDigits(routingNumberOf(answer))
  if (routing !== sent.routingNumberLast4) {
    add('routingNumber', `*****${sent.routingNumberLast4 ?? ''}`, `*****${routing}`, 'The receiving banks differ.')
  }
  const account = lastDigits(answer.accountNumber)
  if (!isSameAccount(vault, answer, sent, account)) {
    add('accountNumber', `••••${sent.accountNumberLast4 ?? ''}`, `••••${account}`, 'The accounts differ.')
  }
  if (answer.companyIdentification !== '' && answer.companyIdentification !== sent.companyId.trim()) {
    const masked = (id: string) => `••••${lastDigits(id)}`
    const [ours, banks] = [masked(sent.companyId), masked(answer.companyIdentification)]
    add('companyIdentification', ours, banks, 'The company identifications differ.')
  }
  if (!mayAnswer(from, sent)) {
    const message = 'The payment went through another bank connection than this came through.'
    add('bankConnection', sent.sentThrough?.name ?? '', from.name, message)
  }
  return found
}

function isSameAccount(vault: OrganizationVault, answer: BankAnswer, sent: SentEntry, last4: string): boolean {
  if (sent.accountIndex === null) return last4 === sent.accountNumberLast4
  return Buffer.from(accountIndexOf(vault, answer)).equals(Buffer.from(sent.accountIndex))
}
