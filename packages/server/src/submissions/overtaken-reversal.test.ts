import type { AchFile, Id } from '@fistworks/contract'
import { expect, test } from 'vitest'
import { approveAchFile, requestApproval } from '../ach-files/approval.ts'
import { onFileProgress } from '../ach-files/delivery.ts'
import { reverseAchFile } from '../ach-files/reverse.ts'
import { retrieveAchFile } from '../ach-files/service.ts'
import { submitAchFile } from '../ach-files/submit.ts'
import { filesIn } from '../banks/testing/faulty-sftp-server.ts'
import { inboundFileWriter } from '../inbound-files/store.ts'
import { newId } from '../new-id.ts'
import { returnWriter } from '../returns/store.ts'
import { ANNA, BEN, type TestOrganization } from '../testing/context.ts'
import { retrieveSubmission } from './service.ts'
import { type OnItsWay } from './testing/delivery.ts'
import { useTestBank } from './testing/test-bank.ts'

const bank = useTestBank()

const read = ({ organization }: OnItsWay, id: string) => organization.read((ctx) => retrieveAchFile(ctx, id))

/** A reversal of a delivered file that was approved and submitted, and whose delivery nobody has taken up yet. */
async function reversalOnItsWay(original: OnItsWay): Promise<AchFile> {
  const { organization, achFileId } = original
  const { version } = await read(original, achFileId)
  const input = { version, reason: 'duplicate' } as const
  const draft = await organization.write(ANNA, (ctx) => reverseAchFile(ctx, achFileId, input))
  const waiting = await organization.write(ANNA, (ctx) => requestApproval(ctx, draft.id, draft))
  const approved = await organization.write(BEN, (ctx) => approveAchFile(ctx, waiting.id, waiting))
  return organization.write(BEN, (ctx) => submitAchFile(ctx, approved.id, approved))
}

/** The bank says meanwhile that the first payment came back. */
async function comesBack(organization: TestOrganization, { id, batches }: AchFile, bankConnectionId: Id<'bcn'>) {
  const entry = batches[0]?.entries[0]
  if (entry === undefined) throw new Error('The file pays nobody.')
  const now = bank.deliveries.tenants.clock.now
  const inboundFileId = newId('inb', now)
  await organization.storage.write(async (tx) => {
    await inboundFileWriter(tx, organization.id).add({
      id: inboundFileId,
      bankConnectionId,
      name: 'returns.ach',
      sizeBytes: 0,
      sha256: '0'.repeat(64),
      destinationHash: null,
      server: null,
      state: 'processed',
      kind: 'answers',
      problem: null,
      round: 1,
      doneEntries: 1,
      entryCount: 1,
      otherCount: 0,
      repeatedCount: 0,
      receivedAt: now.toISOString(),
      processedAt: now.toISOString(),
    })
    await returnWriter(tx, organization.id).add({
      id: newId('ret', now),
      inboundFileId,
      bankConnectionId,
      position: 0,
      fingerprint: Buffer.from('one'),
      kind: 'return',
      code: 'R03',
      achFileId: id,
      entryId: entry.id,
      recipientId: entry.recipientId,
      matchedBy: 'details',
      unmatchedReason: null,
      candidates: [],
      differences: [],
      answers: null,
      repeats: null,
      traceIndex: Buffer.from('one'),
      originalTraceNumber: entry.traceNumber ?? '',
      individualName: 'Acme',
      accountNumberLast4: '0001',
      amountCents: entry.amountCents,
      direction: 'credit',
      secCode: 'CCD',
      information: null,
      dateOfDeath: null,
      returnedOn: '2026-11-23',
      receivedAt: now.toISOString(),
      receivedOn: '2026-11-23',
    })
  })
}

test('a reversal whose payment came back after it was submitted is canceled, not sent, and another can be made', async () => {
  const original = await bank.deliveries.submit(bank.setup())
  await bank.deliveries.run()
  const reversal = await reversalOnItsWay(original)
  const { organization } = original
  const { bankConnectionId } = await original.submission()
  await comesBack(organization, await read(original, original.achFileId), bankConnectionId)
  await bank.deliveries.run()
  const delivery = await organization.read((ctx) => retrieveSubmission(ctx, reversal.submissionId ?? ''))
  expect(delivery).toMatchObject({ state: 'canceled', problem: expect.stringContaining('1 of the entries came back') })
  expect((await read(original, reversal.id)).status).toBe('canceled')
  expect((await read(original, original.achFileId)).reversedBy).toEqual([])
  expect((await filesIn(bank.server.inbox)).map(({ name }) => name)).toEqual([original.fileName])
})

test.each(['failed', 'needsAttention'] as const)(
  'a reversal of what is %s since it was submitted is canceled and not sent',
  async (status) => {
    const original = await bank.deliveries.submit(bank.setup())
    await bank.deliveries.run()
    const reversal = await reversalOnItsWay(original)
    const at = bank.deliveries.tenants.clock.now.toISOString()
    const { id, storage } = original.organization
    await storage.write((tx) => onFileProgress(tx, id, original.achFileId, status, at))
    await bank.deliveries.run()
    expect((await read(original, reversal.id)).status).toBe('canceled')
    expect(await filesIn(bank.server.inbox)).toHaveLength(1)
  },
)

test('a reversal of what the bank still has is delivered', async () => {
  const original = await bank.deliveries.submit(bank.setup())
  await bank.deliveries.run()
  const reversal = await reversalOnItsWay(original)
  await bank.deliveries.run()
  expect((await read(original, reversal.id)).status).toBe('delivered')
})
