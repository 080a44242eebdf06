import type { AchFile, Id } from '@fistworks/contract'
import { and, eq } from 'drizzle-orm'
import { achEntries } from '../../ach-files/table.ts'
import { corrections } from '../../corrections/table.ts'
import { inboundFiles } from '../../inbound-files/table.ts'
import type { Parts } from '../../parts.ts'
import { onBehalfOf } from '../../storage/on-behalf-of.ts'
import { submissions } from '../../submissions/table.ts'
import { returns } from '../table.ts'

/**
 * What a bank said about the first entry of a submitted file, as if it had been fetched: an inbound file with an R01
 * return and a C01 correction.
 * @param isMatched whether they were found to be about that entry
 */
export async function addAnswers(parts: Parts, organizationId: Id<'org'>, file: AchFile, isMatched: boolean) {
  const now = parts.now()
  const [inboundFileId, returnId, correctionId] = (['inb', 'ret', 'cor'] as const).map((kind) =>
    parts.newId(kind, now),
  ) as [Id<'inb'>, Id<'ret'>, Id<'cor'>]
  const [entry] = file.batches[0]?.entries ?? []
  if (entry === undefined) throw new Error('The file pays nobody.')
  const tenant = await parts.databases.tenantOf(organizationId)
  const vault = await parts.vault.forOrganization(organizationId)
  const [submission] = await onBehalfOf(organizationId, () =>
    tenant.read
      .select({ bankConnectionId: submissions.bankConnectionId })
      .from(submissions)
      .where(and(eq(submissions.organizationId, organizationId), eq(submissions.achFileId, file.id))),
  )
  if (submission === undefined) throw new Error('The file was not submitted.')
  const { bankConnectionId } = submission
  await onBehalfOf(organizationId, () =>
    tenant.write(async (tx) => {
      const [paid] = await tx
        .select({ index: achEntries.paidAccountIndex })
        .from(achEntries)
        .where(and(eq(achEntries.organizationId, organizationId), eq(achEntries.id, entry.id)))
      const place = { organizationId, inboundFileId, bankConnectionId }
      const at = now.toISOString()
      const about = {
        receivedAt: at,
        individualName: entry.recipientName,
        originalTraceNumber: entry.traceNumber ?? '',
      }
      const match = isMatched
        ? { achFileId: file.id, entryId: entry.id, recipientId: entry.recipientId, candidates: [] }
        : { unmatchedReason: 'noEntry' as const, candidates: [] }
      await tx.insert(inboundFiles).values({
        organizationId,
        id: inboundFileId,
        bankConnectionId,
        name: `${inboundFileId}.ach`,
        sizeBytes: 0,
        sha256: inboundFileId.padEnd(64, '0'),
        state: 'processed',
        kind: 'answers',
        round: 1,
        doneEntries: 2,
        entryCount: 2,
        otherCount: 0,
        repeatedCount: 0,
        receivedAt: at,
      })
      await tx.insert(returns).values({
        ...place,
        ...about,
        ...match,
        id: returnId,
        position: 0,
        fingerprint: Buffer.from(returnId),
        kind: 'return',
        code: 'R01',
        matchedBy: isMatched ? 'details' : null,
        differences: [],
        traceIndex: Buffer.from(returnId),
        accountNumberLast4: entry.accountNumberLast4,
        amountCents: entry.amountCents,
        direction: entry.direction,
        secCode: 'CCD',
        returnedOn: at.slice(0, 10),
        receivedOn: at.slice(0, 10),
      })
      const corrected = JSON.stringify({ routingNumber: '091000019', accountNumber: '99887766554' })
      await tx.insert(corrections).values({
        ...place,
        ...about,
        ...match,
        id: correctionId,
        position: 1,
        fingerprint: Buffer.from(correctionId),
        code: 'C01',
        state: 'open',
        changes: [],
        accountIndex: paid?.index ?? null,
        matchedBy: isMatched ? 'details' : null,
        corrected: vault.seal({ table: 'corrections', column: 'corrected', row: correctionId }, corrected),
        paidAccountIndex: paid?.index ?? null,
        dueOn: '2099-01-01',
      })
    }),
  )
  return { inboundFileId, returnId, correctionId, entryId: entry.id }
}
