import type { InboundFile, InboundPoll } from '@fistworks/contract'
import type { BankConnectionRow } from '../bank-connections/table.ts'
import type { LandedCounts } from './landed-counts.ts'
import { shownName } from './names.ts'
import type { InboundFileRow, InboundPollRow } from './table.ts'

export function presentInboundFile(row: InboundFileRow, names: readonly string[], landed: LandedCounts): InboundFile {
  return {
    type: 'inboundFile',
    id: row.id,
    bankConnectionId: row.bankConnectionId,
    name: shownName(row.name),
    otherNames: names.filter((name) => name !== row.name).map(shownName),
    sizeBytes: row.sizeBytes,
    sha256: row.sha256,
    state: row.state,
    kind: row.kind,
    problem: row.problem,
    counts: { entries: row.doneEntries, ...landed, repeated: row.repeatedCount, others: row.otherCount },
    receivedAt: row.receivedAt,
    processedAt: row.processedAt,
  }
}

export function presentPoll(
  { id: bankConnectionId, returnPollMinutes }: Pick<BankConnectionRow, 'id' | 'returnPollMinutes'>,
  row: InboundPollRow | undefined,
): InboundPoll {
  return {
    type: 'inboundPoll',
    bankConnectionId,
    lastAt: row?.lastAt ?? null,
    nextAt: returnPollMinutes === null ? null : (row?.nextAt ?? null),
    problem: row?.problem ?? null,
  }
}
