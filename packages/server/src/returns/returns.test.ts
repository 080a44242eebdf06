import {
  type AchFile,
  contestDishonoredReturns,
  decodeFile,
  dishonorReturns,
  encodeFile,
  makeAcknowledgments,
  makeReturns,
} from '@fistworks/nacha'
import type { Id, ReturnMatch } from '@fistworks/contract'
import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { approveAchFile, requestApproval } from '../ach-files/approval.ts'
import { cancelAchFile } from '../ach-files/cancel.ts'
import { generatedFile, onFileProgress } from '../ach-files/delivery.ts'
import { reverseAchFile } from '../ach-files/reverse.ts'
import { submitAchFile } from '../ach-files/submit.ts'
import { retrieveAchFile, updateAchFile } from '../ach-files/service.ts'
import { bankConnectionWriter } from '../bank-connections/store.ts'
import type { BankConnectionRow } from '../bank-connections/table.ts'
import { createInboundWorld, type InboundWorld, stamp } from '../inbound-files/testing/inbound.ts'
import { updateRecipient } from '../recipients/service.ts'
import { submissions } from '../submissions/table.ts'
import { acknowledging } from '../testing/acknowledging.ts'
import { ANNA, BEN, machine, person } from '../testing/context.ts'
import { addBankConnection, addDraft, batchOf } from '../testing/payments.ts'
import { matchReturn } from './match-by-hand.ts'
import { retryReturn } from './retry.ts'
import { listReturns, retrieveReturn } from './service.ts'

let world: InboundWorld
beforeEach(async () => {
  world = await createInboundWorld()
  return () => world.close()
})

const returns = async (query: Parameters<typeof listReturns>[1] = {}) =>
  (await world.organization.read((ctx) => listReturns(ctx, query))).data

async function returned(code: string, payment: { amountCents: number; direction?: 'credit' | 'debit' }) {
  const submitted = await world.submit([payment])
  await world.put(`${code}.ach`, makeReturns(submitted.nacha, [{ batch: 0, entry: 0, code }], stamp()).file)
  await world.poll()
  const [row] = await returns()
  if (row === undefined) throw new Error('The return did not arrive.')
  return {
    ...submitted,
    row,
    retry: (input = {}) => world.organization.write(ANNA, (ctx) => retryReturn(ctx, row.id, input)),
  }
}

describe('matching', () => {
  const edit = (file: Parameters<typeof encodeFile>[0] | null, change: (text: string) => string) => {
    if (file === null) throw new Error('The codec made no file.')
    return change(Buffer.from(encodeFile(file)).toString('latin1'))
  }

  test('an entry of another amount or account is shown with every difference, and matched by a person only', async () => {
    const { file, nacha } = await world.submit([{ amountCents: 4_711, direction: 'debit' }])
    const made = makeReturns(nacha, [{ batch: 0, entry: 0, code: 'R02' }], stamp()).file
    const wrong = edit(made, (text) =>
      text.replaceAll('0000004711', '0000004712').replaceAll('000000004711', '000000004712'),
    )
    await world.put('wrong.ach', wrong)
    await world.poll()
    const [row] = await returns({ unmatched: 'true' })
    const entryId = file.batches[0]?.entries[0]?.id
    expect(row).toMatchObject({
      achFileId: null,
      nextSteps: ['match', 'contactBank'],
      unmatched: {
        reason: 'detailsDiffer',
        candidates: [{ entryId, differences: [{ field: 'amountCents', ours: '4711', banks: '4712' }] }],
      },
    })
    const input: ReturnMatch = { entryId: entryId ?? 'ent_x', reason: 'the bank mistyped the amount' }
    const match = (caller: typeof ANNA) =>
      world.organization.write(caller, (ctx) => matchReturn(ctx, row?.id ?? '', input))
    await expect(match(machine)).rejects.toMatchObject({ code: 'person-required' })
    await expect(match(ANNA)).rejects.toMatchObject({
      code: 'validation-failed',
      errors: [{ pointer: '/acceptDifferences', message: expect.stringContaining('ours 4711, the bank’s 4712') }],
    })
    input.acceptDifferences = true
    expect(await match(ANNA)).toMatchObject({
      entryId,
      matchedBy: 'person',
      unmatched: null,
      nextSteps: ['correct', 'retry', 'archiveRecipient'],
    })
    await expect(match(ANNA)).rejects.toMatchObject({ code: 'state-conflict' })
    expect(world.organization.events.at(-1)).toMatchObject({ action: 'return.matched', data: { entryId } })
  })

  test('a file that came through a connection to another bank returns nothing, until that has succeeded the other', async () => {
    const sent = await addBankConnection(world.organization, { name: 'The other' })
    await world.payThrough(sent)
    const { file, nacha } = await world.submit([{ amountCents: 100 }])
    const forged = makeReturns(nacha, [{ batch: 0, entry: 0, code: 'R03' }], stamp()).file
    await world.put('a.ach', forged)
    await world.poll()
    const difference = { field: 'bankConnection', ours: 'The other', banks: 'Test bank' }
    const entryId = file.batches[0]?.entries[0]?.id
    const [row] = await returns()
    expect(row).toMatchObject({
      entryId: null,
      unmatched: { reason: 'detailsDiffer', candidates: [{ entryId, differences: [difference] }] },
    })
    const outcomes = async () => {
      const read = await world.organization.read((ctx) => retrieveAchFile(ctx, file.id))
      return read.batches[0]?.entries.map(({ outcome }) => outcome)
    }
    expect(await outcomes()).toEqual([null])
    await world.payThrough(world.connectionId)
    await world.put(
      'b.ach',
      edit(forged, (text) => `${text}\n`),
    )
    await world.poll()
    expect(await returns()).toMatchObject([{ id: row?.id, entryId, unmatched: null }])
    expect(await outcomes()).toMatchObject([{ type: 'return', code: 'R03' }])
  })

  test.each([
    ['the same server for the same company', {}, true],
    ['the same server for another company', { immediateOrigin: '9876543210' }, false],
    ['the same server, but another bank behind it', { immediateDestination: '091000019' }, false],
    ['another port', { port: 1 }, false],
  ])('of what was sent with another login at %s', async (_what, over, isFound) => {
    const { host, port } = world.server.settings
    await world.payThrough(await addBankConnection(world.organization, { host, port, ...over }))
    const { nacha } = await world.submit([{ amountCents: 100 }])
    await world.put('a.ach', makeReturns(nacha, [{ batch: 0, entry: 0, code: 'R03' }], stamp()).file)
    await world.poll()
    expect((await returns()).map(({ entryId }) => entryId !== null)).toEqual([isFound])
  })

  describe('of a payment whose connection was pointed elsewhere since', () => {
    const point = (over: Partial<BankConnectionRow>) =>
      world.organization.storage.write((tx) =>
        bankConnectionWriter(tx, world.organization.id).change(world.connectionId, over),
      )
    const arrive = async (name: string, nacha: AchFile) => {
      const { file } = makeReturns(nacha, [{ batch: 0, entry: 0, code: 'R03' }], stamp())
      await world.put(
        name,
        edit(file, (text) => text + '\n'.repeat(name.length)),
      )
      await world.poll()
      return (await returns()).map(({ entryId }) => entryId !== null)
    }

    test('what comes from there returns nothing by itself, also once it is put right; what its bank put down does', async () => {
      const { nacha } = await world.submit([{ amountCents: 100 }])
      await point({ host: 'localhost' })
      expect(await arrive('a', nacha)).toEqual([false])
      const [row] = await returns()
      expect(row?.unmatched?.candidates[0]?.differences).toMatchObject([
        { field: 'bankConnection', message: expect.stringContaining('pointed elsewhere') },
      ])
      await point({ host: world.server.settings.host })
      expect(await arrive('bb', nacha)).toEqual([true])
    })

    test('what comes from there is taken once people have sent a file there', async () => {
      const { nacha } = await world.submit([{ amountCents: 100 }])
      await point({ host: 'localhost' })
      const { file } = await world.submit([{ amountCents: 300 }])
      expect(await arrive('a', nacha)).toEqual([false])
      await world.organization.storage.write((tx) =>
        tx
          .update(submissions)
          .set({ deliveredAt: '2026-11-24T15:00:00.000Z' })
          .where(and(eq(submissions.organizationId, world.organization.id), eq(submissions.achFileId, file.id))),
      )
      expect(await arrive('bb', nacha)).toEqual([true])
    })

    test('what another login at its own server brings is taken, though the connection leads elsewhere now', async () => {
      const { host, port } = world.server.settings
      const sent = await addBankConnection(world.organization, { host, port })
      await world.payThrough(sent)
      const { nacha } = await world.submit([{ amountCents: 100 }])
      const elsewhere = { host: 'elsewhere.bank.test', immediateDestination: '091000019' }
      await world.organization.storage.write((tx) =>
        bankConnectionWriter(tx, world.organization.id).change(sent, elsewhere),
      )
      expect(await arrive('a', nacha)).toEqual([true])
    })
  })

  test('a trace number that nothing of ours has; a person may choose what fits otherwise, or accept what does not', async () => {
    const { nacha, file } = await world.submit([{ amountCents: 100 }, { amountCents: 200 }])
    const [first, second] = file.batches[0]?.entries ?? []
    const made = makeReturns(nacha, [{ batch: 0, entry: 0, code: 'R03' }], stamp()).file
    await world.put(
      'a.ach',
      edit(made, (text) => text.replaceAll('R03121042880000001', 'R03121042880099999')),
    )
    await world.poll()
    const [row] = await returns()
    expect(row).toMatchObject({
      unmatched: { reason: 'noEntry', candidates: [{ entryId: first?.id, differences: [{ field: 'traceNumber' }] }] },
      sendAgain: null,
      originalTraceNumber: '••••••••0099999',
    })
    const match = (entryId: string, more = {}) =>
      world.organization.write(ANNA, (ctx) =>
        matchReturn(ctx, row?.id ?? '', { entryId: entryId as Id<'ent'>, reason: 'the bank said so', ...more }),
      )
    const refused = async (entryId: string) =>
      String((await match(entryId).catch((error) => error)).errors?.[0].message)
    expect(await refused(first?.id ?? '')).toContain('The trace numbers differ.')
    expect(await refused(second?.id ?? '')).toMatch(/trace numbers.*amounts.*accounts differ/)
    expect(await match(first?.id ?? '', { acceptDifferences: true })).toMatchObject({
      matchedBy: 'person',
      differences: [{ field: 'traceNumber' }],
    })
  })

  test('another tenant’s entry is not found by hand, and a return never shows there', async () => {
    const { row } = await returned('R03', { amountCents: 100 })
    const other = await world.tenants.organization()
    await expect(other.read((ctx) => retrieveReturn(ctx, row.id))).rejects.toMatchObject({ code: 'not-found' })
    const match = { entryId: row.entryId ?? 'ent_x', reason: 'it is theirs' } as const
    const byThem = other.write(ANNA, (ctx) => matchReturn(ctx, row.id, match))
    await expect(byThem).rejects.toMatchObject({ code: 'not-found' })
    expect((await other.read((ctx) => listReturns(ctx, {}))).data).toEqual([])
  })

  test('an entry comes back once: a second return of it repeats the first', async () => {
    const { nacha } = await world.submit([{ amountCents: 100 }])
    await world.put('a.ach', makeReturns(nacha, [{ batch: 0, entry: 0, code: 'R03' }], stamp(1)).file)
    await world.poll()
    await world.put('b.ach', makeReturns(nacha, [{ batch: 0, entry: 0, code: 'R04' }], stamp(9)).file)
    await world.poll()
    const [second, first] = await returns()
    expect([first?.repeats, second?.repeats, second?.nextSteps]).toEqual([null, first?.id, ['contactBank']])
  })

  test('a dishonored return and its contest find the entry and the return they answer', async () => {
    const { nacha } = await world.submit([{ amountCents: 100, direction: 'debit' }])
    const made = makeReturns(nacha, [{ batch: 0, entry: 0, code: 'R03' }], stamp()).file
    const dishonored =
      made && dishonorReturns(made, [{ batch: 0, entry: 0, code: 'R67', settledOn: '2026-11-25' }], stamp(50)).file
    const contested =
      dishonored &&
      contestDishonoredReturns(dishonored, [{ batch: 0, entry: 0, code: 'R75', settledOn: '2026-11-25' }], stamp(70))
    await world.put('1.ach', made)
    await world.poll()
    await world.put('2.ach', dishonored)
    await world.poll()
    if (contested?.file) await world.put('3.ach', contested.file)
    await world.poll()
    const rows = (await returns()).toReversed()
    expect(rows.map(({ kind, code, unmatched }) => [kind, code, unmatched])).toEqual([
      ['return', 'R03', null],
      ['dishonored', 'R67', null],
      ...(contested?.file ? [['contested', 'R75', null]] : []),
    ])
    expect(rows.slice(1).every(({ answers }) => answers === rows[0]?.id)).toBe(true)
    expect(contested?.problems ?? []).toEqual([])
  })

  test('an acknowledgment (ACK) finds the payment', async () => {
    const { nacha, file } = await world.submit([{ amountCents: 100 }])
    const text = edit(nacha, (all) =>
      all
        .split('\n')
        .map((line) => (line.startsWith('6') ? `${line.slice(0, 76)}AK${line.slice(78)}` : line))
        .join('\n'),
    )
    const asked = decodeFile(Buffer.from(text, 'latin1')).file
    const made =
      asked && makeAcknowledgments(asked, [{ batch: 0, entry: 0 }], { ...stamp(), effectiveEntryDate: '2026-11-25' })
    expect(made?.problems).toEqual([])
    await world.put('ack.ach', made?.file ?? null)
    await world.poll()
    expect(await returns()).toMatchObject([
      { kind: 'acknowledgment', code: 'ACK', unmatched: null, achFileId: file.id, nextSteps: [] },
    ])
  })
})

describe('sending again', () => {
  test('R01: same company, recipient and amount, called RETRY PYMT, linked both ways, once', async () => {
    const { row, file, retry } = await returned('R01', { amountCents: 900, direction: 'debit' })
    const draft = await retry()
    const entry = file.batches[0]?.entries[0]
    expect(draft).toMatchObject({
      status: 'draft',
      batches: [{ companyEntryDescription: 'RETRY PYMT', bankAccountId: file.batches[0]?.bankAccountId }],
    })
    expect(draft.batches[0]?.entries).toMatchObject([
      { recipientId: entry?.recipientId, amountCents: 900, direction: 'debit' },
    ])
    expect(await world.organization.read((ctx) => retrieveReturn(ctx, row.id))).toMatchObject({
      retriedBy: draft.id,
      nextSteps: [],
    })
    await expect(retry()).rejects.toMatchObject({ code: 'state-conflict' })
    await world.organization.write(ANNA, (ctx) => cancelAchFile(ctx, draft.id, draft))
    expect((await retry()).id).not.toBe(draft.id)
  })

  test('is approved by nobody who wrote the original, whoever asked for it', async () => {
    const { row } = await returned('R01', { amountCents: 900, direction: 'debit' })
    const carla = person('carla')
    const draft = await world.organization.write(carla, (ctx) => retryReturn(ctx, row.id, {}))
    const waiting = await world.organization.write(carla, (ctx) =>
      acknowledging((acknowledgedDuplicates) => requestApproval(ctx, draft.id, { ...draft, acknowledgedDuplicates })),
    )
    const approve = (who: typeof ANNA) =>
      world.organization.write(who, (ctx) =>
        acknowledging((acknowledgedDuplicates) =>
          approveAchFile(ctx, draft.id, { ...waiting, acknowledgedDuplicates }),
        ),
      )
    for (const author of [carla, ANNA]) {
      await expect(approve(author)).rejects.toMatchObject({ code: 'second-person-required' })
    }
    expect((await approve(BEN)).status).toBe('approved')
  })

  test('two at once make one', async () => {
    const { retry } = await returned('R09', { amountCents: 900, direction: 'debit' })
    const made = await Promise.allSettled([retry(), retry()])
    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('only its date may be changed', async () => {
    const { retry } = await returned('R01', { amountCents: 900, direction: 'debit' })
    const draft = await retry()
    const [batch] = draft.batches
    const { bankAccountId, secCode, companyEntryDescription } = batch ?? {}
    const entries = (amountCents: number) =>
      (batch?.entries ?? []).map(({ recipientId, direction, addenda }) => ({
        recipientId,
        direction,
        addenda,
        amountCents,
      }))
    const change = (amountCents: number) => {
      const changed = {
        bankAccountId,
        secCode,
        companyEntryDescription,
        effectiveDate: '2026-12-03',
        entries: entries(amountCents),
      }
      return world.organization.write(ANNA, (ctx) =>
        updateAchFile(ctx, draft.id, { version: draft.version, batches: [changed] } as never),
      )
    }
    await expect(change(901)).rejects.toMatchObject({ code: 'state-conflict' })
    expect((await change(900)).batches[0]?.effectiveDate).toBe('2026-12-03')
  })

  test('twice at most, and not after 180 days', async () => {
    let { file, nacha } = await world.submit([{ amountCents: 900, direction: 'debit' }])
    for (let times = 0; times <= 2; times++) {
      world.pass(2 * 86_400_000)
      await world.put(
        `r${times}.ach`,
        makeReturns(nacha, [{ batch: 0, entry: 0, code: 'R01' }], stamp(times * 10 + 1)).file,
      )
      await world.poll()
      const [row] = await returns({ achFileId: file.id })
      expect(row?.sendAgain).toMatchObject(times < 2 ? { answer: 'asItWas', left: 2 - times } : { answer: 'no' })
      const retry = world.organization.write(ANNA, (ctx) => retryReturn(ctx, row?.id ?? '', {}))
      if (times === 2) {
        await expect(retry).rejects.toThrow('2 is the most')
        return
      }
      const draft = await retry
      const waiting = await world.organization.write(ANNA, (ctx) => requestApproval(ctx, draft.id, draft))
      const approved = await world.organization.write(BEN, (ctx) => approveAchFile(ctx, waiting.id, waiting))
      file = await world.organization.write(BEN, (ctx) => submitAchFile(ctx, approved.id, approved))
      const bytes = await world.organization.read((ctx) =>
        generatedFile(ctx.db, ctx.vault, world.organization.id, file.id),
      )
      const again = decodeFile(bytes).file
      if (again === null) throw new Error('The file cannot be read.')
      nacha = again
    }
  })

  test('half a year later the rule says no', async () => {
    const { retry } = await returned('R01', { amountCents: 900, direction: 'debit' })
    world.pass(185 * 86_400_000)
    await expect(retry()).rejects.toThrow('180 days after the original settled')
  })

  test('a stop payment needs a new authorization', async () => {
    const { retry } = await returned('R08', { amountCents: 900, direction: 'debit' })
    await expect(retry()).rejects.toThrow('newAuthorization')
    expect(await retry({ newAuthorization: 'agreed by phone on Tuesday' })).toMatchObject({ status: 'draft' })
  })

  test('never of a reversal that came back: neither said nor done', async () => {
    const { organization, tenants } = world
    const { file } = await world.submit([{ amountCents: 100 }])
    const at = tenants.clock.now.toISOString()
    await organization.storage.write((tx) => onFileProgress(tx, organization.id, file.id, 'delivered', at))
    const write = organization.write
    const read = (id: string) => organization.read((ctx) => retrieveAchFile(ctx, id))
    const { version } = await read(file.id)
    const draft = await write(ANNA, (ctx) => reverseAchFile(ctx, file.id, { version, reason: 'duplicate' }))
    const waiting = await write(ANNA, (ctx) => requestApproval(ctx, draft.id, draft))
    const approved = await write(BEN, (ctx) => approveAchFile(ctx, waiting.id, waiting))
    const sent = await write(BEN, (ctx) => submitAchFile(ctx, approved.id, approved))
    const bytes = await organization.read((ctx) => generatedFile(ctx.db, ctx.vault, organization.id, sent.id))
    const reversal = decodeFile(bytes).file
    if (reversal === null) throw new Error('It is not a file.')
    await world.put('a.ach', makeReturns(reversal, [{ batch: 0, entry: 0, code: 'R01' }], stamp()).file)
    await world.poll()
    const [row] = await returns()
    expect(row).toMatchObject({
      achFileId: sent.id,
      sendAgain: { answer: 'no', why: expect.stringContaining('A reversal that came back is not sent again') },
      nextSteps: ['contactRecipient', 'contactBank'],
    })
    await expect(write(ANNA, (ctx) => retryReturn(ctx, row?.id ?? '', {}))).rejects.toMatchObject({
      message: expect.stringContaining('A reversal that came back is not sent again'),
    })
  })

  describe('what the payer’s bank dishonored', () => {
    const dishonor = async (contests: boolean) => {
      const { nacha, row, retry, file } = await returned('R03', { amountCents: 900 })
      const account = { routingNumber: '091000019', accountNumber: '5544332212' }
      await world.organization.write(ANNA, (ctx) => updateRecipient(ctx, row.recipientId ?? '', account))
      const place = { batch: 0, entry: 0, settledOn: '2026-11-25' }
      const made = makeReturns(nacha, [{ batch: 0, entry: 0, code: 'R03' }], stamp()).file
      const dishonored = made && dishonorReturns(made, [{ ...place, code: 'R67' }], stamp(50)).file
      await world.put('dishonored.ach', dishonored)
      await world.poll()
      if (contests && dishonored !== null) {
        const { file: contested } = contestDishonoredReturns(dishonored, [{ ...place, code: 'R75' }], stamp(70))
        await world.put('contested.ach', contested)
        await world.poll()
      }
      return { file, retry, shown: () => world.organization.read((ctx) => retrieveReturn(ctx, row.id)) }
    }
    const payAnew = async ({ batches }: Awaited<ReturnType<typeof dishonor>>['file']) => {
      const [batch] = batches
      const [entry] = batch?.entries ?? []
      if (batch === undefined || entry === undefined) throw new Error('It pays nobody.')
      const { recipientId, amountCents } = entry
      const entries = [{ recipientId, amountCents, externalId: 'anew' }]
      const draft = await addDraft(world.organization, [batchOf(batch.bankAccountId, recipientId, { entries })])
      return world.organization.write(ANNA, (ctx) => requestApproval(ctx, draft.id, draft))
    }

    test('stands: it is not sent again, and who pays it anew is asked', async () => {
      const { retry, shown, file } = await dishonor(false)
      const why = expect.stringContaining('dishonored this return')
      expect(await shown()).toMatchObject({
        sendAgain: { answer: 'no', why },
        nextSteps: ['contactRecipient', 'contactBank'],
      })
      await expect(retry()).rejects.toMatchObject({ code: 'state-conflict', message: why })
      await expect(payAnew(file)).rejects.toMatchObject({ code: 'possible-duplicate' })
    })

    test('came back after all once that is contested', async () => {
      const { retry, shown, file } = await dishonor(true)
      expect(await shown()).toMatchObject({ sendAgain: { answer: 'onceCorrected' } })
      expect(await payAnew(file)).toMatchObject({ possibleDuplicates: [] })
      expect(await retry()).toMatchObject({ status: 'draft' })
    })
  })

  test('what a reversal takes back is not sent again when it comes back', async () => {
    const { organization, tenants } = world
    const { file, nacha } = await world.submit([{ amountCents: 900, direction: 'debit' }])
    const at = tenants.clock.now.toISOString()
    await organization.storage.write((tx) => onFileProgress(tx, organization.id, file.id, 'delivered', at))
    const { version } = await organization.read((ctx) => retrieveAchFile(ctx, file.id))
    const reverse = (ctx: Parameters<typeof reverseAchFile>[0]) =>
      reverseAchFile(ctx, file.id, { version, reason: 'duplicate' })
    const reversal = await organization.write(ANNA, reverse)
    await world.put('a.ach', makeReturns(nacha, [{ batch: 0, entry: 0, code: 'R09' }], stamp()).file)
    await world.poll()
    const [row] = await returns()
    const retry = () => organization.write(ANNA, (ctx) => retryReturn(ctx, row?.id ?? '', {}))
    expect(row).toMatchObject({ sendAgain: { answer: 'no', why: expect.stringContaining('A reversal takes this') } })
    await expect(retry()).rejects.toThrow('A reversal takes this payment back')
    await organization.write(ANNA, (ctx) => cancelAchFile(ctx, reversal.id, reversal))
    expect(await retry()).toMatchObject({ status: 'draft' })
  })

  test('a wrong account needs another one first; then it is a payment like the first', async () => {
    const { row, retry } = await returned('R03', { amountCents: 900 })
    await expect(retry()).rejects.toThrow('still has the account that was paid')
    const account = { routingNumber: '091000019', accountNumber: '5544332211' }
    await world.organization.write(ANNA, (ctx) => updateRecipient(ctx, row.recipientId ?? '', account))
    expect(await retry()).toMatchObject({ batches: [{ companyEntryDescription: 'VENDORPAY' }] })
  })
})

test('no number of an account stands in an answer, an event or the audit log', async () => {
  const { file, row } = await returned('R03', { amountCents: 900 })
  const entry = file.batches[0]?.entries[0]
  const shown = await world.organization.read((ctx) => retrieveAchFile(ctx, file.id))
  const text = JSON.stringify([row, shown, world.organization.events])
  expect(text).not.toMatch(/8800123456\d/)
  expect(text).not.toContain('091000019')
  expect(row.accountNumberLast4).toBe(entry?.accountNumberLast4)
})
