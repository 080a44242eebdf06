import type { Actor, CorrectionChange, CorrectionPolicy, CorrectionState, Id } from '@fistworks/contract'
import { addBankingDays, deadline } from '@fistworks/nacha'
import { recordEvent } from '../events/record-event.ts'
import type { BankAnswer } from '../inbound-files/bank-answer.ts'
import { contextOf, type Landing } from '../inbound-files/landing.ts'
import { enqueueJob } from '../jobs/jobs.ts'
import { ProblemError } from '../problem-error.ts'
import { recipientStore } from '../recipients/store.ts'
import { accountIndexOf } from '../returns/differences.ts'
import { printable, shownTrace } from '../returns/land-returns.ts'
import type { Match, SentEntry } from '../returns/match.ts'
import { submissionStore } from '../submissions/store.ts'
import { scrubText } from '../telemetry/scrub.ts'
import { comparableNumber, type OrganizationVault } from '../vault/vault.ts'
import { applyCorrection } from './apply.ts'
import { ALREADY_CHANGED, isAsPaid } from './as-paid.ts'
import { type CorrectionReading, doubtOf, readCorrection } from './corrected.ts'
import { remindersOf } from './reminders.ts'
import { correctionStore, correctionWriter } from './store.ts'
import type { CorrectionRow } from './table.ts'

export const RULE: Actor = { type: 'system', id: 'corrections', name: 'Corrections by rule' }

/** What a rule may apply: account, bank, kind of account, name. */
const BY_RULE: readonly string[] = ['C01', 'C02', 'C03', 'C04', 'C05', 'C06', 'C07']
const DAYS_TO_APPLY = 6
/** Long enough for every corrected value, so that a sealed one does not tell its length. */
const CORRECTED_BYTES = 256

/**
 * Takes over notifications of change, in the transaction of its slice. What another file brought already changes
 * nothing, but a payment that was not found then is looked for again. Gives how many were there before.
 */
export async function landCorrections(
  landing: Landing,
  answers: readonly BankAnswer[],
  matches: ReadonlyMap<BankAnswer, Match>,
): Promise<number> {
  if (answers.length === 0) return 0
  const { tx, organizationId, vault } = landing
  const store = correctionStore(tx, organizationId)
  const { apply } = await store.policy()
  const fingerprints = answers.map((answer) => fingerprintOf(vault, answer))
  const known = new Map((await store.byFingerprints(fingerprints)).map((row) => [hex(row.fingerprint), row]))
  let repeated = 0
  for (const [index, answer] of answers.entries()) {
    const match = matches.get(answer)
    const fingerprint = fingerprints[index]
    if (match === undefined || fingerprint === undefined) throw new Error('A correction of a bank was left out.')
    const before = known.get(hex(fingerprint))
    if (before !== undefined) repeated += 1
    const isFound = before?.state === 'open' && before.entryId === null && match.entry !== null
    if (before !== undefined && !isFound) continue
    known.set(hex(fingerprint), await take(landing, { answer, match, fingerprint, apply }, before))
  }
  return repeated
}

interface Arrived {
  answer: BankAnswer
  match: Match
  fingerprint: Uint8Array
  apply: CorrectionPolicy['apply']
}

/** @param before the same, from when nothing was found that it could be about */
async function take(
  landing: Landing,
  { answer, match, fingerprint, apply }: Arrived,
  before: CorrectionRow | undefined,
): Promise<CorrectionRow> {
  const { tx, organizationId, vault, file, now, newId, today } = landing
  const id = before?.id ?? newId('cor')
  const reading = readCorrection(answer)
  const isReadable = reading.kind === 'readable'
  const recipient =
    match.entry === null ? undefined : await recipientStore(tx, organizationId).find(match.entry.recipientId)
  const about = {
    paidAccountIndex: match.entry === null ? null : paidIndex(match.entry, recipient),
    changes: isReadable ? asPaid(reading.changes, match) : [],
    receivedAt: before?.receivedAt ?? now.toISOString(),
  }
  const { state, problem } = stateOf(reading, match, () => isAsPaid(about, recipient))
  const values: Omit<CorrectionRow, 'organizationId' | 'id'> = {
    inboundFileId: file.id,
    bankConnectionId: file.bankConnectionId,
    position: answer.position,
    fingerprint,
    code: printable(answer.code, 3),
    state,
    problem,
    achFileId: match.entry?.achFileId ?? null,
    entryId: match.entry?.entryId ?? null,
    recipientId: match.entry?.recipientId ?? null,
    matchedBy: match.entry === null ? null : 'details',
    accountIndex: accountIndexOf(vault, answer),
    unmatchedReason: match.entry === null ? match.reason : null,
    candidates: match.entry === null ? match.candidates : [],
    individualName: scrubText(printable(answer.individualName, 22)),
    originalTraceNumber: shownTrace(answer, match),
    ...about,
    corrected: isReadable ? sealed(vault, id, JSON.stringify(reading.corrected)) : null,
    dueOn: before?.dueOn ?? deadline('nocApply', today)?.date ?? addBankingDays(today, DAYS_TO_APPLY),
    decidedBy: null,
    decidedAt: null,
    decisionReason: null,
  }
  const row: CorrectionRow = { ...values, organizationId, id }
  const writer = correctionWriter(tx, organizationId)
  if (before === undefined) await writer.add(row)
  else await writer.change(id, values)
  await tell(landing, row)
  const mayRule = apply === 'byRule' && BY_RULE.includes(row.code) && problem === null && match.entry?.accountIndex
  const isApplied =
    state === 'open' &&
    mayRule &&
    (await isFromWhereItWasSent(landing, match.entry)) &&
    (await appliedByRule(landing, row))
  if (state === 'open' && !isApplied) await remind(landing, row)
  return row
}

async function tell({ tx, organizationId, now }: Landing, row: CorrectionRow): Promise<void> {
  await recordEvent(tx, organizationId, {
    type: 'correction.received',
    objectType: 'correction',
    objectId: row.id,
    status: row.state,
    at: now,
    about: { code: row.code, name: row.individualName, dueAt: row.dueOn, achFileId: row.achFileId },
  })
}

/**
 * Whether the file was fetched from the very server that the payment was sent to. Otherwise whoever sets up a connection,
 * or points one elsewhere for a moment, could put down a correction, and a rule would move an account in nobody's name.
 */
async function isFromWhereItWasSent(
  { tx, organizationId, file }: Landing,
  entry: SentEntry | null | undefined,
): Promise<boolean> {
  if (!entry || file.destinationHash === null) return false
  const [sent] = await submissionStore(tx, organizationId).list({ achFileId: entry.achFileId }, null, 1)
  return sent?.bankConnectionId === file.bankConnectionId && sent.destinationHash === file.destinationHash
}

/** What the rule cannot apply waits for a person; the rest of the file is taken over all the same. */
async function appliedByRule(landing: Landing, row: CorrectionRow): Promise<boolean> {
  try {
    await applyCorrection(contextOf(landing, RULE), row, null)
    return true
  } catch (error) {
    // Refusals come before anything is written.
    if (error instanceof ProblemError) return false
    throw error
  }
}

async function remind({ tx, organizationId, newId }: Landing, row: CorrectionRow): Promise<void> {
  for (const { what, at } of remindersOf(row.dueOn)) {
    await enqueueJob(tx, {
      id: newId('job'),
      organizationId,
      kind: 'correction.remind',
      payload: { correctionId: row.id, what },
      dedupeKey: `correction.remind:${row.id}:${what}`,
      runAt: at,
    })
  }
}

/** Banks write names in capitals; what was paid we know better. */
function asPaid(changes: readonly CorrectionChange[], match: Match): CorrectionChange[] {
  const name = match.entry?.paidName
  return changes.map((change) => (change.field === 'name' && name ? { ...change, before: name } : change))
}

/** Entries from before this was kept: a recipient that nobody touched since is the one that was paid. */
function paidIndex(entry: SentEntry, recipient: { accountIndex: Uint8Array; updatedAt: string } | undefined) {
  if (entry.accountIndex !== null || recipient === undefined || entry.submittedAt === null) return entry.accountIndex
  return recipient.updatedAt <= entry.submittedAt ? recipient.accountIndex : null
}

function stateOf(
  reading: CorrectionReading,
  match: Match,
  isStillPaid: () => boolean,
): { state: CorrectionState; problem: string | null } {
  const doubt = doubtOf(reading)
  if (reading.kind === 'notForUs') return { state: 'notForUs', problem: doubt }
  if (match.entry === null || reading.kind === 'unreadable') return { state: 'open', problem: doubt }
  return isStillPaid() ? { state: 'open', problem: doubt } : { state: 'alreadyChanged', problem: ALREADY_CHANGED }
}

function sealed(vault: OrganizationVault, id: Id<'cor'>, text: string): Uint8Array {
  return vault.seal({ table: 'corrections', column: 'corrected', row: id }, text, { padTo: CORRECTED_BYTES })
}

function fingerprintOf(vault: OrganizationVault, answer: BankAnswer): Uint8Array {
  const { category, code, traceNumber, originalTraceNumber, originalRdfi, accountNumber, correctedData } = answer
  const parts = [category, code, traceNumber, originalTraceNumber, originalRdfi, comparableNumber(accountNumber)]
  return vault.blindIndex('corrections.fingerprint', ...parts, correctedData.trim())
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
