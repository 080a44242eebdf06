import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { decodeFile, fileTotals, validateFile } from '@fistworks/nacha'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { updateRecipient } from '../recipients/service.ts'
import { submissionStore } from '../submissions/store.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { ANNA, BEN, createTestTenants, MONDAY, type TestOrganization, type TestTenants } from '../testing/context.ts'
import { addApproved, addBankAccount, addBankConnection, addRecipient, batchOf, SEEDED } from '../testing/payments.ts'
import { approvalHash } from './content-hash.ts'
import { contentHashOf } from './testing/content-hash-of.ts'
import { generatedFile, isReleased, onFileProgress } from './delivery.ts'
import { connectionOf, readDraft } from './read-draft.ts'
import { retrieveAchFile } from './service.ts'
import { submitAchFile } from './submit.ts'
import { acknowledging } from '../testing/acknowledging.ts'

let tenants: TestTenants
let ours: TestOrganization
let account: Awaited<ReturnType<typeof addBankAccount>>
let business: Awaited<ReturnType<typeof addRecipient>>
beforeAll(async () => {
  tenants = await createTestTenants()
})
afterAll(() => tenants.close())

async function fresh() {
  tenants.clock.now = MONDAY
  ours = await tenants.organization()
  account = await addBankAccount(ours)
  business = await addRecipient(ours)
}

const submit = (file: { id: string; version: number }) =>
  ours.write(BEN, (ctx) =>
    acknowledging((acknowledgedDuplicates) => submitAchFile(ctx, file.id, { ...file, acknowledgedDuplicates })),
  )
/** As it is for whoever submitted it. */
const retrieved = (id: string) => ours.write(BEN, (ctx) => retrieveAchFile(ctx, id))
const bytesOf = (id: string) => ours.read((ctx) => generatedFile(ctx.db, ctx.vault, ours.id, id))

function decoded(bytes: Uint8Array) {
  const { file } = decodeFile(bytes)
  if (file === null) throw new Error('The bytes are not a file.')
  return file
}

describe('a submitted file', () => {
  it('holds in its bytes exactly what was typed', async () => {
    await fresh()
    const numbers = { routingNumber: '021000021', accountNumber: 'AB-99 887766' }
    const jane = await addRecipient(ours, {
      name: 'Jane Doe',
      holderType: 'individual',
      accountType: 'savings',
      identification: 'EMP-4711',
      ...numbers,
    })
    const approved = await addApproved(ours, [
      batchOf(account.id, jane.id, {
        secCode: 'PPD',
        companyEntryDescription: 'PAYROLL',
        companyDiscretionaryData: 'NOVEMBER',
        entries: [{ recipientId: jane.id, amountCents: 250_000 }],
      }),
      batchOf(account.id, business.id, {
        entries: [
          { recipientId: business.id, amountCents: 199, addenda: ['INV 1001'] },
          { recipientId: business.id, amountCents: 1, direction: 'debit' },
        ],
      }),
    ])
    const submitted = await submit(approved)
    const bytes = await bytesOf(submitted.id)
    expect(validateFile(bytes, { profile: 'originate' }).filter(({ severity }) => severity === 'error')).toEqual([])
    const file = decoded(bytes)
    expect(file.header).toMatchObject({
      immediateDestination: expect.stringContaining('121042882'),
      immediateOrigin: '1234567890',
      fileIdModifier: 'A',
      fileCreationTime: '1000',
    })
    const [payroll, bills] = file.batches
    expect(payroll?.header).toMatchObject({
      standardEntryClassCode: 'PPD',
      companyName: 'Payer Inc',
      companyIdentification: '1234567890',
      companyEntryDescription: 'PAYROLL',
      companyDiscretionaryData: 'NOVEMBER',
      odfiIdentification: '12104288',
    })
    const trace = (sequence: number) => `12104288${String(sequence).padStart(7, '0')}`
    expect(payroll?.entries.at(0)).toMatchObject({
      ...numbers,
      transactionCode: 32,
      amountCents: 250_000,
      individualName: 'Jane Doe',
      individualIdentification: 'EMP-4711',
      traceNumber: trace(1),
    })
    expect([...(bills?.entries ?? [])]).toMatchObject([
      { routingNumber: SEEDED.routingNumber, transactionCode: 22, amountCents: 199, addenda: ['INV 1001'] },
      { transactionCode: 27, amountCents: 1, addenda: [], traceNumber: trace(3) },
    ])
    expect(bills?.entries.at(0)?.accountNumber.startsWith(SEEDED.accountNumber)).toBe(true)
    expect(fileTotals(file)).toMatchObject(submitted.totals)
    const traces = submitted.batches.flatMap(({ entries }) => entries.map(({ traceNumber }) => traceNumber))
    expect(traces).toEqual([trace(1), trace(2), trace(3)])
  })

  it('says name, size and hash of its bytes, and has one submission for them', async () => {
    await fresh()
    const submitted = await submit(await addApproved(ours, [batchOf(account.id, business.id)]))
    const bytes = await bytesOf(submitted.id)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(submitted).toMatchObject({
      status: 'submitted',
      submittedAt: MONDAY.toISOString(),
      generated: {
        fileName: `ACH_20261123_A000001_${sha256.slice(0, 8)}.ach`,
        sizeBytes: bytes.length,
        sha256,
        fileIdModifier: 'A',
        generatedAt: MONDAY.toISOString(),
      },
    })
    const submission = await submissionStore(ours.storage.read, ours.id).find(submitted.submissionId ?? '')
    expect(submission).toMatchObject({
      achFileId: submitted.id,
      bankConnectionId: account.bankConnectionId,
      fileName: submitted.generated?.fileName,
      sha256,
      state: 'ready',
    })
    expect(ours.events.filter(({ action }) => action === 'achFile.submitted')).toHaveLength(1)
  })

  it('ends its lines as the bank connection says and is dated on the clock of New York', async () => {
    await fresh()
    const connection = await addBankConnection(ours, { lineEnding: 'crlf' })
    const other = await addBankAccount(ours, connection)
    const approved = await addApproved(ours, [batchOf(other.id, business.id)])
    // Still Monday in New York.
    tenants.clock.now = new Date('2026-11-24T04:30:00Z')
    const submitted = await submit(approved)
    expect(submitted.generated?.fileName).toMatch(/^ACH_20261123_/)
    const text = Buffer.from(await bytesOf(submitted.id)).toString('latin1')
    expect(text.split('\r\n').every((line) => line.length === 94 || line === '')).toBe(true)
    expect(text.slice(23, 33)).toBe('2611232330')
  })

  it('keeps showing what was paid although the recipient changes afterwards', async () => {
    await fresh()
    const submitted = await submit(await addApproved(ours, [batchOf(account.id, business.id)]))
    const numbers = { routingNumber: '021000021', accountNumber: '600060006000' }
    await ours.write(ANNA, (ctx) => updateRecipient(ctx, business.id, { name: 'New Name', ...numbers }))
    expect(await retrieved(submitted.id)).toEqual(submitted)
  })

  it('takes no more room in the rows of its entries than its draft did', async () => {
    await fresh()
    const sizes = () =>
      ours.storage.read.all<{ bytes: number }>(sql`
        SELECT octet_length(concat(trace_number, paid_name, paid_routing_number_last4, paid_account_number_last4))
          + coalesce(length(paid_account_index), 0) + coalesce(length(room), 0) AS bytes
        FROM ach_entries WHERE organization_id = ${ours.id}`)
    const approved = await addApproved(ours, [batchOf(account.id, business.id)])
    const [before] = await sizes()
    await submit(approved)
    const [after] = await sizes()
    expect(after?.bytes).toBeGreaterThan(0)
    expect(after?.bytes).toBeLessThanOrEqual(before?.bytes ?? 0)
  })

  it('is not generated again, and its bytes, entries and batches never change', async () => {
    await fresh()
    const submitted = await submit(await addApproved(ours, [batchOf(account.id, business.id)]))
    await expect(submit(submitted)).rejects.toMatchObject({ code: 'state-conflict' })
    const changes = [
      sql`UPDATE generated_files SET sha256 = '0' WHERE organization_id = ${ours.id}`,
      sql`DELETE FROM generated_files WHERE organization_id = ${ours.id}`,
      sql`INSERT OR REPLACE INTO generated_files SELECT * FROM generated_files WHERE organization_id = ${ours.id}`,
      sql`UPDATE ach_entries SET amount_cents = 1 WHERE organization_id = ${ours.id}`,
      sql`DELETE FROM ach_entries WHERE organization_id = ${ours.id}`,
      sql`INSERT OR REPLACE INTO ach_entries SELECT * FROM ach_entries WHERE organization_id = ${ours.id}`,
      sql`INSERT OR REPLACE INTO ach_batches SELECT * FROM ach_batches WHERE organization_id = ${ours.id}`,
      sql`UPDATE ach_batches SET effective_date = '2027-01-04' WHERE organization_id = ${ours.id}`,
    ]
    for (const change of changes) await expect(ours.storage.write((tx) => tx.run(change))).rejects.toThrow()
    expect(await retrieved(submitted.id)).toEqual(submitted)
  })

  it('is one file however many ask for it at once', async () => {
    await fresh()
    const approved = await addApproved(ours, [batchOf(account.id, business.id)])
    const asked = await Promise.allSettled(Array.from({ length: 5 }, () => submit(approved)))
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const submissions = submissionStore(ours.storage.read, ours.id)
    expect(await submissions.list({ achFileId: approved.id }, null, 10)).toHaveLength(1)
  })

  it('does not open for another tenant, nor when its bytes were moved', async () => {
    await fresh()
    const submitted = await submit(await addApproved(ours, [batchOf(account.id, business.id)]))
    const theirs = await tenants.organization()
    const asked = theirs.read((ctx) => generatedFile(ctx.db, ctx.vault, theirs.id, submitted.id))
    await expect(asked).rejects.toThrow('no ACH file')
    const opened = theirs.read((ctx) => generatedFile(ctx.db, ctx.vault, ours.id, submitted.id))
    await expect(opened).rejects.toThrow()
  })

  it('follows its delivery, and only forward', async () => {
    await fresh()
    const { id } = await submit(await addApproved(ours, [batchOf(account.id, business.id)]))
    const at = '2026-11-23T16:00:00.000Z'
    const progress = (status: Parameters<typeof onFileProgress>[3]) =>
      ours.storage.write((tx) => onFileProgress(tx, ours.id, id, status, at))
    const released = () => isReleased(ours.storage.read, ours.id, id)
    for (const status of ['failed', 'needsAttention'] as const) {
      await progress(status)
      expect(await released()).toBe(false)
      await progress('submitted')
      expect(await released()).toBe(true)
    }
    await progress('delivered')
    await progress('delivered')
    expect(await released()).toBe(false)
    await progress('acknowledged')
    expect(await ours.read((ctx) => retrieveAchFile(ctx, id))).toMatchObject({
      status: 'acknowledged',
      acknowledgedAt: at,
    })
    await expect(progress('failed')).rejects.toMatchObject({ code: 'state-conflict' })
    const draft = await addApproved(ours, [batchOf(account.id, business.id, { companyEntryDescription: 'OTHER' })])
    await expect(
      ours.storage.write((tx) => onFileProgress(tx, ours.id, draft.id, 'delivered', at)),
    ).rejects.toMatchObject({ code: 'state-conflict' })
  })
})

describe('a file is not submitted', () => {
  it('when the very same payments were submitted before; it names that file', async () => {
    await fresh()
    const first = await submit(await addApproved(ours, [batchOf(account.id, business.id)]))
    const twin = await addApproved(ours, [batchOf(account.id, business.id)])
    await expect(submit(twin)).rejects.toMatchObject({ code: 'duplicate', message: expect.stringContaining(first.id) })
    const entries = [{ recipientId: business.id, amountCents: 12_345, externalId: 'again on purpose' }]
    const meant = await addApproved(ours, [batchOf(account.id, business.id, { entries })])
    await expect(submit(meant)).resolves.toMatchObject({ status: 'submitted' })
  })

  it('when its day has passed since it was approved', async () => {
    await fresh()
    const approved = await addApproved(ours, [batchOf(account.id, business.id)])
    tenants.clock.now = new Date('2026-11-25T15:00:00Z')
    await expect(submit(approved)).rejects.toMatchObject({
      code: 'validation-failed',
      message: expect.stringContaining('Reject the file'),
      errors: [{ pointer: '/batches/0/effectiveDate' }],
    })
  })

  it('when the bank would refuse what the codec made of it; the place is one of the draft', async () => {
    await fresh()
    const description = { companyEntryDescription: 'PAYROLL' }
    const approved = await addApproved(ours, [batchOf(account.id, business.id, description)])
    // What a schema of an older version let in.
    await ours.storage.write((tx) =>
      tx.run(sql`UPDATE recipients SET name = 'A name far too long for its field' WHERE organization_id = ${ours.id}`),
    )
    const { content } = await ours.read(async (ctx) => {
      const draft = await readDraft(ctx, approved.id)
      const connection = await connectionOf(ctx, draft)
      if (connection === undefined) throw new Error('The draft has no connection.')
      return { content: approvalHash(await contentHashOf(draft, connection), draft, connection) }
    })
    await byHand(tenants.shared).write(async (tx) => {
      await tx.run(sql`INSERT INTO ach_approvals SELECT organization_id, 'apv_test', ach_file_id, round, decision,
        decided_by, people, decided_at, reason, ${content}, withdraws FROM ach_approvals
        WHERE organization_id = ${ours.id}`)
      await tx.run(sql`UPDATE ach_files SET approval_id = 'apv_test' WHERE organization_id = ${ours.id}`)
    })
    await expect(submit(approved)).rejects.toMatchObject({
      code: 'validation-failed',
      errors: [{ pointer: '/batches/0/entries/0/recipientId' }],
    })
    expect((await ours.read((ctx) => retrieveAchFile(ctx, approved.id))).status).toBe('approved')
  })

  it('as the 37th of a day to one bank; the day after, it is the first again', async () => {
    await fresh()
    const modifiers: (string | undefined)[] = []
    const paying = (amountCents: number) =>
      addApproved(ours, [batchOf(account.id, business.id, { entries: [{ recipientId: business.id, amountCents }] })])
    for (let count = 1; count <= 36; count++)
      modifiers.push((await submit(await paying(count))).generated?.fileIdModifier)
    expect(modifiers.join('')).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')
    const late = await paying(37)
    await expect(submit(late)).rejects.toMatchObject({ code: 'limit-exceeded' })
    tenants.clock.now = new Date('2026-11-24T15:00:00Z')
    const submitted = await submit(late)
    expect(submitted.generated?.fileIdModifier).toBe('A')
    expect(submitted.generated?.fileName).toContain('_A000037_')
    expect(submitted.batches[0]?.entries[0]?.traceNumber).toBe('121042880000037')
  })
})

describe('clear numbers', () => {
  it('are in neither the database file nor its write-ahead log, in no encoding', async () => {
    await fresh()
    const accountNumber = '31415926535897932'
    const identification = 'SSN-271828182'
    const recipient = await addRecipient(ours, { accountNumber, identification })
    const submitted = await submit(await addApproved(ours, [batchOf(account.id, recipient.id)]))
    expect(Buffer.from(await bytesOf(submitted.id)).toString('latin1')).toContain(accountNumber)
    const { file } = tenants.home
    // A server's log goes with its last connection.
    const logs = [`${file('main')}-wal`, `${file('control')}-wal`].filter((path) => existsSync(path))
    for (const name of [file('main'), file('control'), ...logs]) {
      const stored = await readFile(name)
      for (const secret of [accountNumber, identification, SEEDED.routingNumber]) {
        const clear = Buffer.from(secret)
        const inner = clear.toString('base64').slice(2, -4)
        const forms = [clear, Buffer.from(secret, 'utf16le'), clear.toString('hex'), inner]
        for (const form of forms) expect(stored.includes(form), `${secret} in ${name}`).toBe(false)
      }
    }
  })
})

describe('a file of 10,000 entries', () => {
  it('is generated whole', async () => {
    await fresh()
    const others = await Promise.all(Array.from({ length: 50 }, () => addRecipient(ours)))
    const entries = Array.from({ length: 10_000 }, (_, index) => ({
      recipientId: others[index % others.length]?.id ?? business.id,
      amountCents: index + 1,
    }))
    const approved = await addApproved(ours, [batchOf(account.id, business.id, { entries })])
    const submitted = await submit(approved)
    const file = decoded(await bytesOf(submitted.id))
    expect(fileTotals(file)).toMatchObject({ entryCount: 10_000, creditCents: 50_005_000 })
    const traces = submitted.batches[0]?.entries.map(({ traceNumber }) => traceNumber)
    expect(traces?.at(-1)).toBe('121042880010000')
    expect(new Set(traces).size).toBe(10_000)
  })
})
