import type {
  AchFile,
  AchFileCreate,
  BankAccount,
  Recipient,
  RecipientCreate,
  Submission,
  SubmissionState,
} from '@fistworks/contract'
import { type IdPrefix, lastDigits, makeId, maskedRoutingNumber } from '@fistworks/contract'

const AT = '2026-11-23T15:04:05Z'
let made = 0

/** Ids in the order they were made. */
export function fakeId<P extends IdPrefix>(prefix: P) {
  const random = new Uint8Array(10)
  new DataView(random.buffer).setUint32(6, ++made)
  return makeId(prefix, 1_795_000_000_000 + made, random)
}

export function fakeRecipient(input: Partial<RecipientCreate> & { name: string }): Recipient {
  return {
    type: 'recipient',
    id: fakeId('rcp'),
    name: input.name,
    holderType: input.holderType ?? 'business',
    routingNumberMasked: maskedRoutingNumber(input.routingNumber ?? '021000021'),
    accountNumberLast4: lastDigits(input.accountNumber ?? '000123456789'),
    accountType: input.accountType ?? 'checking',
    hasIdentification: Boolean(input.identification),
    externalId: input.externalId ?? null,
    version: 1,
    createdAt: AT,
    updatedAt: AT,
    archivedAt: null,
  }
}

export const fakeBankAccount = (): BankAccount => ({
  type: 'bankAccount',
  id: fakeId('bac'),
  name: 'Operating',
  bankConnectionId: fakeId('bcn'),
  routingNumberMasked: '*****0019',
  accountNumberLast4: '4321',
  accountType: 'checking',
  companyName: 'HOOLI SUPPLY',
  companyId: '1234567890',
  createdAt: AT,
  archivedAt: null,
})

/** The batches and totals of a file, as a server makes them of what was sent. */
export function fakeContents(input: Pick<AchFileCreate, 'batches'>, recipients: readonly Recipient[]) {
  const batches = input.batches.map((batch) => ({
    ...batch,
    id: fakeId('bat'),
    companyDiscretionaryData: batch.companyDiscretionaryData ?? '',
    entryCount: batch.entries.length,
    entries: batch.entries.map((entry) => {
      const recipient = recipients.find((each) => each.id === entry.recipientId)
      return {
        id: fakeId('ent'),
        recipientId: entry.recipientId,
        recipientName: recipient?.name ?? '',
        accountNumberLast4: recipient?.accountNumberLast4 ?? '',
        routingNumberMasked: recipient?.routingNumberMasked ?? '',
        amountCents: entry.amountCents,
        direction: entry.direction ?? 'credit',
        addenda: entry.addenda ?? [],
        externalId: entry.externalId ?? null,
        traceNumber: null,
        outcome: null,
      }
    }),
  }))
  const entries = batches.flatMap((batch) => batch.entries)
  const sum = (direction: string) =>
    entries.filter((each) => each.direction === direction).reduce((cents, each) => cents + each.amountCents, 0)
  const totals = {
    batchCount: batches.length,
    entryCount: entries.length,
    creditCents: sum('credit'),
    debitCents: sum('debit'),
  }
  return { batches, totals }
}

export function fakeFile(
  input: AchFileCreate,
  recipients: readonly Recipient[],
  patch: Partial<AchFile> = {},
): AchFile {
  return {
    type: 'achFile',
    id: fakeId('ach'),
    name: input.name,
    status: 'draft',
    version: 1,
    createdBy: { type: 'endUser', id: 'u-1', name: 'Dana Fox' },
    createdAt: AT,
    updatedAt: AT,
    submittedAt: null,
    acknowledgedAt: null,
    submissionId: null,
    approval: null,
    approvals: [],
    you: { isAuthor: false, hasApproved: false },
    kind: 'payments',
    reverses: null,
    reversalReason: null,
    reversedBy: [],
    possibleDuplicates: [],
    approvalExpiresAt: null,
    reopenedBecause: null,
    approvalsNeeded: 1,
    approvalRules: [{ fromCents: 0, approvals: 1, people: null, given: 0 }],
    generated: null,
    transmit: input.transmit ?? { when: 'now' },
    submitOnApproval: input.submitOnApproval ?? false,
    plannedTransmission: null,
    outcome: { returned: 0, corrected: 0 },
    ...fakeContents(input, recipients),
    ...patch,
  }
}

export function fakeSubmission(achFileId: AchFile['id'], states: readonly SubmissionState[]): Submission {
  return {
    type: 'submission',
    id: fakeId('sub'),
    achFileId,
    bankConnectionId: fakeId('bcn'),
    fileName: 'HOOLI_20261123_0001.ach',
    sizeBytes: 1880,
    sha256: 'a3'.repeat(32),
    state: states.at(-1) ?? 'ready',
    attempt: 1,
    notBefore: null,
    deliverBy: null,
    cutoffMissedAt: null,
    isLate: false,
    resolution: null,
    retryAt: null,
    problem: null,
    steps: states.map((state) => ({ state, attempt: 1, at: AT, detail: '' })),
    createdAt: AT,
    deliveredAt: null,
    acknowledgedAt: null,
  }
}
