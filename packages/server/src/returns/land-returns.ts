import { lastDigits, type ReturnKind } from '@fistworks/contract'
import { recordEvent } from '../events/record-event.ts'
import type { BankAnswer } from '../inbound-files/bank-answer.ts'
import type { Landing } from '../inbound-files/landing.ts'
import { scrubText } from '../telemetry/scrub.ts'
import { comparableNumber, type OrganizationVault } from '../vault/vault.ts'
import type { Match } from './match.ts'
import { returnStore, returnWriter } from './store.ts'
import type { ReturnRow } from './table.ts'

export type ReturnAnswer = BankAnswer & { category: ReturnKind }

const INFORMATION_CHARACTERS = 44

/**
 * Takes over what banks said about payments, in the transaction of its slice. What another file brought already changes
 * nothing, but an entry that was not found then is looked for again. Gives how many were there before.
 */
export async function landReturns(
  landing: Landing,
  answers: readonly ReturnAnswer[],
  matches: ReadonlyMap<BankAnswer, Match>,
): Promise<number> {
  const { tx, organizationId, vault } = landing
  const store = returnStore(tx, organizationId)
  const fingerprints = answers.map((answer) => fingerprintOf(vault, answer))
  const known = new Map((await store.byFingerprints(fingerprints)).map((row) => [hex(row.fingerprint), row]))
  let repeated = 0
  for (const [index, answer] of answers.entries()) {
    const match = matches.get(answer)
    const fingerprint = fingerprints[index]
    if (match === undefined || fingerprint === undefined) throw new Error('An answer of a bank was left out.')
    const before = known.get(hex(fingerprint))
    if (before === undefined) known.set(hex(fingerprint), await add(landing, answer, match, fingerprint))
    else {
      repeated += before.inboundFileId === landing.file.id && before.position === answer.position ? 0 : 1
      if (before.entryId === null && match.entry !== null) await matchAgain(landing, before, match, answer.position)
    }
  }
  return repeated
}

async function add(landing: Landing, answer: ReturnAnswer, match: Match, fingerprint: Uint8Array): Promise<ReturnRow> {
  const { tx, organizationId, vault, file, now, newId } = landing
  const row: Omit<ReturnRow, 'organizationId'> = {
    id: newId('ret'),
    inboundFileId: file.id,
    bankConnectionId: file.bankConnectionId,
    position: answer.position,
    fingerprint,
    kind: answer.category,
    code: printable(answer.code, 3),
    ...(await matchedValues(landing, answer.category, match)),
    candidates: match.entry === null ? match.candidates : [],
    differences: [],
    answers: await answeredBy(landing, answer, match),
    traceIndex: traceIndexOf(vault, answer.traceNumber),
    originalTraceNumber: shownTrace(answer, match),
    individualName: scrubText(printable(answer.individualName, 22)),
    accountNumberLast4: lastDigits(answer.accountNumber).slice(-4),
    amountCents: answer.amountCents,
    direction: answer.direction,
    secCode: printable(answer.secCode, 3),
    information: answer.information === '' ? null : scrubText(printable(answer.information, INFORMATION_CHARACTERS)),
    dateOfDeath: answer.dateOfDeath,
    returnedOn: answer.settledOn ?? landing.today,
    receivedAt: now.toISOString(),
    receivedOn: landing.today,
  }
  await returnWriter(tx, organizationId).add(row)
  await tell(landing, row)
  return { ...row, organizationId }
}

/** An entry comes back once: a second return of it is kept beside the first and counts for nothing. */
async function matchedValues({ tx, organizationId }: Landing, kind: ReturnKind, match: Match) {
  if (match.entry === null) {
    const none = { achFileId: null, entryId: null, recipientId: null, matchedBy: null, repeats: null }
    return { ...none, unmatchedReason: match.reason }
  }
  const { achFileId, entryId, recipientId } = match.entry
  const [first] = kind === 'return' ? await returnStore(tx, organizationId).firstOfEntries([entryId]) : []
  const matched = { achFileId, entryId, recipientId, unmatchedReason: null, repeats: first?.id ?? null }
  return { ...matched, matchedBy: 'details' as const }
}

/** What fits now is taken from the file that it came with now: the one before may have come from anywhere. */
async function matchAgain(landing: Landing, row: ReturnRow, match: Match, position: number): Promise<void> {
  const originalTraceNumber = match.entry?.traceNumber ?? row.originalTraceNumber
  const matched = await matchedValues(landing, row.kind, match)
  const { id: inboundFileId, bankConnectionId } = landing.file
  const from = { inboundFileId, bankConnectionId, position }
  const values = { ...matched, ...from, originalTraceNumber, candidates: [], differences: [] }
  await returnWriter(landing.tx, landing.organizationId).change(row.id, values)
  await tell(landing, { ...row, ...values })
}

async function tell({ tx, organizationId, now }: Landing, row: Omit<ReturnRow, 'organizationId'>): Promise<void> {
  await recordEvent(tx, organizationId, {
    type: row.entryId === null ? 'return.unmatched' : 'return.received',
    objectType: 'return',
    objectId: row.id,
    status: row.kind,
    at: now,
    about: { code: row.code, name: row.individualName, achFileId: row.achFileId, amountCents: row.amountCents },
  })
}

/** The return that this dishonors or contests: one of the same payment, or from the same connection while that is not known. */
async function answeredBy(
  { tx, organizationId, vault, file }: Landing,
  { answersTrace, originalTraceNumber }: ReturnAnswer,
  match: Match,
) {
  if (answersTrace === null) return null
  const rows = await returnStore(tx, organizationId).byTraces([traceIndexOf(vault, answersTrace)])
  const isSame = (row: ReturnRow) =>
    row.originalTraceNumber.slice(-SEQUENCE) === originalTraceNumber.slice(-SEQUENCE) &&
    (match.entry === null ? row.bankConnectionId === file.bankConnectionId : row.entryId === match.entry.entryId)
  const same = rows.filter((row) => row.kind === 'return' && isSame(row))
  return same[0]?.id ?? null
}

function traceIndexOf(vault: OrganizationVault, traceNumber: string): Uint8Array {
  return vault.blindIndex('returns.trace', traceNumber)
}

function fingerprintOf(vault: OrganizationVault, answer: BankAnswer): Uint8Array {
  const { category, code, traceNumber, originalTraceNumber, originalRdfi, accountNumber, amountCents } = answer
  const parts = [category, code, traceNumber, originalTraceNumber, originalRdfi, comparableNumber(accountNumber)]
  return vault.blindIndex('returns.fingerprint', ...parts, String(amountCents), answer.answersTrace ?? '')
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** Digits of a trace number after those of the bank. */
const SEQUENCE = 7

/** Whole where it is that of our own entry; else who knows what stands there. */
export function shownTrace({ originalTraceNumber }: BankAnswer, match: Match): string {
  if (match.entry !== null) return originalTraceNumber
  return `••••••••${originalTraceNumber.replaceAll(/\D/g, '').slice(-SEQUENCE)}`
}

/** What a bank wrote, short and without control characters. */
export function printable(text: string, characters: number): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
    .trim()
    .slice(0, characters)
}
