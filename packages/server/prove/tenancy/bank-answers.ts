import type { Id } from '@fistworks/contract'
import { corrections } from '../../src/corrections/table.ts'
import { inboundFiles } from '../../src/inbound-files/table.ts'
import { returns } from '../../src/returns/table.ts'
import { byHand } from '../../src/storage/testing/by-hand.ts'
import type { TestApi } from '../../src/testing/api.ts'
import { PAST } from './changes-by-hand.ts'
import type { Ids } from './world.ts'

/** What a bank put down for the company: a file with a return and a correction, which match no payment. */
export async function addBankAnswers(api: TestApi, ids: Ids, word: string): Promise<void> {
  const { newId } = api.parts
  const now = api.clock.now
  const [inboundFileId, returned, correction] = [newId('inb', now), newId('ret', now), newId('cor', now)]
  const organizationId = ids.organization
  const bankConnectionId = ids.bankConnection as Id<'bcn'>
  const place = { organizationId, inboundFileId, bankConnectionId }
  const received = { receivedAt: PAST, individualName: word, originalTraceNumber: '121042880000001' }
  const noEntry = { unmatchedReason: 'noEntry', candidates: [] } as const
  const tenant = await api.parts.databases.tenantOf(organizationId)
  await byHand(tenant).write(async (tx) => {
    await tx.insert(inboundFiles).values({
      organizationId,
      id: inboundFileId,
      bankConnectionId,
      name: `${word}.ret`,
      sizeBytes: 0,
      sha256: '0'.repeat(64),
      state: 'processed',
      kind: 'answers',
      round: 1,
      doneEntries: 2,
      entryCount: 2,
      otherCount: 0,
      repeatedCount: 0,
      receivedAt: PAST,
    })
    await tx.insert(returns).values({
      ...place,
      ...received,
      ...noEntry,
      id: returned,
      position: 0,
      fingerprint: Buffer.from(returned),
      kind: 'return',
      code: 'R01',
      differences: [],
      traceIndex: Buffer.from(returned),
      accountNumberLast4: '',
      amountCents: 1,
      direction: 'debit',
      secCode: 'PPD',
      returnedOn: '2026-11-23',
      receivedOn: '2026-11-23',
    })
    await tx.insert(corrections).values({
      ...place,
      ...received,
      ...noEntry,
      id: correction,
      position: 1,
      fingerprint: Buffer.from(correction),
      code: 'C01',
      state: 'open',
      changes: [],
      dueOn: '2099-01-01',
    })
  })
  Object.assign(ids, { inboundFile: inboundFileId, return: returned, correction } satisfies Partial<Ids>)
}
