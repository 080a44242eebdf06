import type { AchFile } from '@fistworks/contract'
import { newId } from './new-id.ts'

/** A draft that pays one recipient from this account. */
export function paymentOf(bankAccountId: AchFile['batches'][number]['bankAccountId']): AchFile {
  const by = { type: 'user', id: 'usr_1', name: 'Ada Park' } as const
  const at = '2026-11-23T15:00:00Z'
  const recipient = { recipientId: newId('rcp'), recipientName: 'Harbor Property', accountNumberLast4: '3456' }
  const paid = { routingNumberMasked: '*****0019', amountCents: 125_000, direction: 'credit' as const }
  const entry = {
    id: newId('ent'),
    ...recipient,
    ...paid,
    addenda: [],
    externalId: null,
    traceNumber: null,
    outcome: null,
  }
  const head = { secCode: 'CCD', companyEntryDescription: 'RENT', companyDiscretionaryData: '' }
  return {
    type: 'achFile',
    id: newId('ach'),
    name: 'Rent',
    status: 'draft',
    version: 1,
    totals: { batchCount: 1, entryCount: 1, creditCents: 125_000, debitCents: 0 },
    batches: [
      { id: newId('bat'), bankAccountId, ...head, effectiveDate: '2026-11-25', entryCount: 1, entries: [entry] },
    ],
    transmit: { when: 'now' },
    submitOnApproval: false,
    plannedTransmission: {
      leavesAt: at,
      deliverBy: '2026-11-25T16:00:00Z',
      settles: [{ on: '2026-11-25', sameDay: true }],
      problem: null,
    },
    createdBy: by,
    createdAt: at,
    updatedAt: at,
    submittedAt: null,
    acknowledgedAt: null,
    submissionId: null,
    outcome: { returned: 0, corrected: 0 },
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
    approvalRules: [],
    generated: null,
  }
}
