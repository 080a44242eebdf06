import type { Id } from '@fistworks/contract'
import { type CorrectedData, encodeFile, makeNotifications } from '@fistworks/nacha'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { approveAchFile, requestApproval } from '../ach-files/approval.ts'
import { retrieveAchFile } from '../ach-files/service.ts'
import { bankConnectionWriter } from '../bank-connections/store.ts'
import { bankConnections } from '../bank-connections/table.ts'
import { eventStore } from '../events/store.ts'
import { createInboundWorld, type InboundWorld, type SubmittedFile, stamp } from '../inbound-files/testing/inbound.ts'
import { revealRecipient } from '../recipients/reveal.ts'
import { archiveRecipient, retrieveRecipient, updateRecipient } from '../recipients/service.ts'
import { connectToTestBank } from '../submissions/testing/delivery.ts'
import { ANNA, BEN, machine } from '../testing/context.ts'
import { addBankConnection, addDraft, batchOf } from '../testing/payments.ts'
import { applyOne, dismissCorrection } from './decide.ts'
import { matchCorrection } from './match-by-hand.ts'
import { retrieveCorrectionPolicy, updateCorrectionPolicy } from './policy.ts'
import { listCorrections } from './service.ts'

let world: InboundWorld
beforeEach(async () => {
  world = await createInboundWorld()
  return () => world.close()
})

const NEW_ACCOUNT: CorrectedData = { changeCode: 'C01', accountNumber: '99887766554' }
const NEW_BANK: CorrectedData = { changeCode: 'C03', routingNumber: '231380104', accountNumber: '1122334455' }

const corrections = async () => (await world.organization.read((ctx) => listCorrections(ctx, {}))).data
const recipient = (id: string) => world.organization.read((ctx) => retrieveRecipient(ctx, id))
const numbersOf = (id: string) =>
  world.organization.write(ANNA, (ctx) => revealRecipient(ctx, id, { purpose: 'a test looks inside' }))
const apply = (id: string) => world.organization.write(ANNA, (ctx) => applyOne(ctx, id))
const events = async () =>
  (await eventStore(world.organization.storage.read, world.organization.id).list({}, 0, 100)).map(({ type }) => type)

async function arrive(
  { nacha }: SubmittedFile,
  correction: CorrectedData,
  entry = 0,
  name = `${correction.changeCode}.ach`,
  behind = '',
) {
  const { file } = makeNotifications(nacha, [{ batch: 0, entry, correction }], stamp(entry + 1))
  if (file === null) throw new Error('The codec made no file.')
  await world.put(name, `${Buffer.from(encodeFile(file)).toString('latin1')}${behind}`)
  await world.poll()
  const [found] = await corrections()
  if (found === undefined) throw new Error('The correction did not arrive.')
  return found
}

async function corrected(correction: CorrectedData) {
  const submitted = await world.submit([{ amountCents: 100 }])
  return {
    submitted,
    found: await arrive(submitted, correction),
    id: submitted.file.batches[0]?.entries[0]?.recipientId ?? '',
  }
}

describe('a person applies', () => {
  test('a new account: the other number stays, files that pay it become drafts again, and whoever applied is an author', async () => {
    const { submitted, found, id } = await corrected(NEW_ACCOUNT)
    const account = submitted.file.batches[0]?.bankAccountId ?? 'bac_x'
    const draft = await addDraft(world.organization, [batchOf(account, id as never)])
    const waiting = await world.organization.write(ANNA, (ctx) => requestApproval(ctx, draft.id, draft))
    await world.organization.write(BEN, (ctx) => approveAchFile(ctx, waiting.id, waiting))
    expect(await apply(found.id)).toMatchObject({ state: 'applied', decidedBy: { id: 'anna' } })
    expect(await numbersOf(id)).toMatchObject({ routingNumber: '091000019', accountNumber: '99887766554' })
    expect(await world.organization.read((ctx) => retrieveAchFile(ctx, draft.id))).toMatchObject({ status: 'draft' })
    expect(await events()).toContain('correction.applied')
    await expect(apply(found.id)).rejects.toMatchObject({ code: 'state-conflict' })
    const told = JSON.stringify([await corrections(), world.organization.events])
    expect(told).not.toContain('99887766554')
  })

  test('another bank with another account', async () => {
    const { found, id } = await corrected(NEW_BANK)
    expect(found.changes).toEqual([
      { field: 'routingNumber', before: '*****0019', after: '*****0104' },
      { field: 'accountNumber', before: expect.stringMatching(/^••••\d{4}$/), after: '••••4455' },
    ])
    await apply(found.id)
    expect(await numbersOf(id)).toMatchObject({ routingNumber: '231380104', accountNumber: '1122334455' })
  })

  test('the kind of account', async () => {
    const { found, id } = await corrected({ changeCode: 'C05', transactionCode: 32 })
    expect(found.changes).toEqual([{ field: 'accountType', before: 'checking', after: 'savings' }])
    await apply(found.id)
    expect(await recipient(id)).toMatchObject({ accountType: 'savings' })
  })

  test('or dismisses with a reason', async () => {
    const { found, id } = await corrected(NEW_ACCOUNT)
    const dismiss = () =>
      world.organization.write(ANNA, (ctx) => dismissCorrection(ctx, found.id, { reason: 'They say it is right' }))
    expect(await dismiss()).toMatchObject({ state: 'dismissed', decisionReason: 'They say it is right' })
    await expect(dismiss()).rejects.toMatchObject({ code: 'state-conflict' })
    await expect(apply(found.id)).rejects.toMatchObject({ code: 'state-conflict' })
    expect((await recipient(id)).version).toBe(1)
  })
})

describe('never applied', () => {
  test('to a recipient whose account was changed since, before or after it came', async () => {
    const { found, id, submitted } = await corrected(NEW_ACCOUNT)
    const other = { routingNumber: '231380104', accountNumber: '5005005005' }
    await world.organization.write(ANNA, (ctx) => updateRecipient(ctx, id, other))
    expect((await corrections())[0]).toMatchObject({ state: 'alreadyChanged' })
    await expect(apply(found.id)).rejects.toMatchObject({ code: 'state-conflict' })
    const late = await arrive(submitted, NEW_BANK)
    expect(late).toMatchObject({ code: 'C03', state: 'alreadyChanged' })
    await expect(apply(late.id)).rejects.toMatchObject({ code: 'state-conflict' })
    expect(await numbersOf(id)).toMatchObject(other)
  })

  test('to one that is archived', async () => {
    const { found, id } = await corrected(NEW_ACCOUNT)
    await world.organization.write(ANNA, (ctx) => archiveRecipient(ctx, id))
    await expect(apply(found.id)).rejects.toMatchObject({ code: 'state-conflict' })
  })

  test('to anybody, when it names an account that we did not pay', async () => {
    const submitted = await world.submit([{ amountCents: 100 }, { amountCents: 200 }])
    const made = makeNotifications(submitted.nacha, [{ batch: 0, entry: 0, correction: NEW_ACCOUNT }], stamp()).file
    const text = Buffer.from(encodeFile(made as never))
      .toString('latin1')
      .replace(/8800123456(\d{6})/, '8800123450$1')
    await world.put('noc.ach', text)
    await world.poll()
    const [found] = await corrections()
    expect(found).toMatchObject({ state: 'open', recipientId: null, unmatched: { reason: 'detailsDiffer' } })
    await expect(apply(found?.id ?? '')).rejects.toMatchObject({ code: 'state-conflict' })
  })

  test('through a connection to another bank than the payment went; it finds the payment once that has succeeded it', async () => {
    await world.payThrough(await addBankConnection(world.organization))
    const submitted = await world.submit([{ amountCents: 100 }])
    const found = await arrive(submitted, NEW_ACCOUNT, 0, 'a.ach')
    expect(found).toMatchObject({
      entryId: null,
      unmatched: { reason: 'detailsDiffer', candidates: [{ differences: [{ field: 'bankConnection' }] }] },
    })
    await expect(apply(found.id)).rejects.toMatchObject({ code: 'state-conflict' })
    await world.payThrough(world.connectionId)
    await arrive(submitted, NEW_ACCOUNT, 0, 'b.ach', '\n')
    expect(await corrections()).toMatchObject([{ id: found.id, state: 'open', unmatched: null }])
    expect(await apply(found.id)).toMatchObject({ state: 'applied' })
  })

  test('by another tenant', async () => {
    const { found } = await corrected(NEW_ACCOUNT)
    const other = await world.tenants.organization()
    await expect(other.write(ANNA, (ctx) => applyOne(ctx, found.id))).rejects.toMatchObject({ code: 'not-found' })
  })

  test('when nothing of a recipient is in it', async () => {
    const { found } = await corrected({ changeCode: 'C13', text: 'ADDENDA FORMAT' })
    expect(found).toMatchObject({ state: 'notForUs', changes: [] })
    await expect(apply(found.id)).rejects.toMatchObject({ code: 'state-conflict' })
  })
})

describe('matched by hand', () => {
  const match = (id: string, entryId: string | undefined, who = ANNA) =>
    world.organization.write(who, (ctx) =>
      matchCorrection(ctx, id, { entryId: entryId as Id<'ent'>, reason: 'the bank said so' }),
    )
  /** The bank wrote a trace number that nothing of ours has. */
  async function astray(correction: CorrectedData) {
    const submitted = await world.submit([{ amountCents: 100 }, { amountCents: 200 }])
    const { file } = makeNotifications(submitted.nacha, [{ batch: 0, entry: 0, correction }], stamp())
    const text = Buffer.from(encodeFile(file as never)).toString('latin1')
    await world.put(
      'noc.ach',
      text.replace(`${correction.changeCode}121042880000001`, `${correction.changeCode}121042880099999`),
    )
    await world.poll()
    const [found] = await corrections()
    if (found === undefined) throw new Error('The correction did not arrive.')
    return { found, submitted, entries: submitted.file.batches[0]?.entries ?? [] }
  }

  test('to a payment to the account that the bank names, by a person; then it is applied like any other', async () => {
    const { found, entries } = await astray(NEW_ACCOUNT)
    expect(found).toMatchObject({
      recipientId: null,
      unmatched: {
        reason: 'noEntry',
        candidates: [{ entryId: entries[0]?.id, differences: [{ field: 'traceNumber' }] }],
      },
    })
    await expect(match(found.id, entries[0]?.id, machine)).rejects.toMatchObject({ code: 'person-required' })
    expect(await match(found.id, entries[0]?.id)).toMatchObject({
      state: 'open',
      matchedBy: 'person',
      unmatched: null,
      recipientId: entries[0]?.recipientId,
    })
    expect(world.organization.events.at(-1)).toMatchObject({ action: 'correction.matched' })
    await expect(match(found.id, entries[0]?.id)).rejects.toMatchObject({ code: 'state-conflict' })
    expect(await apply(found.id)).toMatchObject({ state: 'applied' })
    expect(await numbersOf(entries[0]?.recipientId ?? '')).toMatchObject({ accountNumber: '99887766554' })
  })

  test('to no payment that went to another account, and to none of another tenant', async () => {
    const { found, entries } = await astray(NEW_ACCOUNT)
    await expect(match(found.id, entries[1]?.id)).rejects.toMatchObject({
      code: 'state-conflict',
      message: expect.stringContaining('another account'),
    })
    await expect(match(found.id, 'ent_01m7yrd1hcechv6nb2ne0f5e9e')).rejects.toMatchObject({ code: 'validation-failed' })
    const other = await world.tenants.organization()
    const byThem = other.write(ANNA, (ctx) =>
      matchCorrection(ctx, found.id, { entryId: entries[0]?.id as Id<'ent'>, reason: 'it is theirs' }),
    )
    await expect(byThem).rejects.toMatchObject({ code: 'not-found' })
  })

  test('to no payment that has this correction already, and not once it is dismissed', async () => {
    const { found, entries, submitted } = await astray(NEW_ACCOUNT)
    await arrive(submitted, NEW_ACCOUNT)
    await expect(match(found.id, entries[0]?.id)).rejects.toMatchObject({
      message: expect.stringContaining('has a correction C01 already'),
    })
    await world.organization.write(ANNA, (ctx) => dismissCorrection(ctx, found.id, { reason: 'came twice' }))
    await expect(match(found.id, entries[0]?.id)).rejects.toMatchObject({
      message: expect.stringContaining('dismissed'),
    })
  })

  test('of a recipient that was changed since, it says so and changes nothing', async () => {
    const { found, entries } = await astray(NEW_ACCOUNT)
    const moved = { routingNumber: '021000021', accountNumber: '919191919191' }
    await world.organization.write(ANNA, (ctx) => updateRecipient(ctx, entries[0]?.recipientId ?? '', moved))
    expect(await match(found.id, entries[0]?.id)).toMatchObject({ state: 'alreadyChanged' })
    await expect(apply(found.id)).rejects.toMatchObject({ code: 'state-conflict' })
  })
})

describe('by rule', () => {
  const owners = (...names: string[]) => ({
    workforceOf: async () => ({
      members: names.map((name) => ({ id: `usr_${name}` as Id<'usr'>, name, role: 'owner' as const })),
      endUserApprovers: 0,
    }),
  })
  const choose = (who: typeof ANNA, apply: 'byRule' | 'byPerson', deps = owners('anna', 'ben')) =>
    world.organization.write(who, (ctx) => updateCorrectionPolicy(deps, ctx, { apply }))
  const byRule = async () => {
    await choose(ANNA, 'byRule')
    await choose(BEN, 'byRule')
  }

  test('takes two people where there are two; one of them can end it', async () => {
    const policy = () => world.organization.read((ctx) => retrieveCorrectionPolicy(ctx))
    expect(await choose(ANNA, 'byRule')).toMatchObject({ apply: 'byPerson', proposal: { by: { id: 'anna' } } })
    await expect(choose(ANNA, 'byRule')).rejects.toMatchObject({ code: 'second-person-required' })
    expect((await corrected(NEW_BANK)).found.state).toBe('open')
    expect(await choose(BEN, 'byRule')).toMatchObject({ apply: 'byRule', proposal: null })
    expect(world.organization.events.at(-1)).toMatchObject({
      action: 'correctionPolicy.updated',
      data: { before: { apply: 'byPerson' }, after: { apply: 'byRule' }, proposedBy: { id: 'anna' } },
    })
    expect(await choose(ANNA, 'byPerson')).toMatchObject({ apply: 'byPerson', proposal: null })
    await choose(BEN, 'byRule')
    await choose(ANNA, 'byPerson')
    expect(await policy()).toMatchObject({ apply: 'byPerson', proposal: null })
  })

  test('what was asked for more than a week ago is asked for anew', async () => {
    await choose(ANNA, 'byRule')
    world.pass(7 * 24 * 3_600_000)
    expect(await choose(BEN, 'byRule')).toMatchObject({ apply: 'byPerson', proposal: { by: { id: 'ben' } } })
    expect(await choose(ANNA, 'byRule')).toMatchObject({ apply: 'byRule' })
  })

  test('who is alone decides alone', async () => {
    expect(await choose(ANNA, 'byRule', owners('anna'))).toMatchObject({ apply: 'byRule' })
  })

  test('what is clean is applied when it comes, in the name of the rule', async () => {
    await byRule()
    const { found, id } = await corrected(NEW_BANK)
    expect(found).toMatchObject({ state: 'applied', decidedBy: { type: 'system', id: 'corrections' } })
    expect(await numbersOf(id)).toMatchObject({ routingNumber: '231380104', accountNumber: '1122334455' })
    expect(world.errors).toEqual([])
  })

  test.each(['another login at the server', 'the same connection, pointed elsewhere since,'])(
    'what comes through %s than the payment went waits for a person',
    async (through) => {
      await byRule()
      const { organization, connectionId, server } = world
      const { id, storage } = organization
      if (through === 'another login at the server') {
        const { host, port } = server.settings
        await world.payThrough(await addBankConnection(organization, { host, port }))
      }
      const submitted = await world.submit([{ amountCents: 100 }])
      const elsewhere = { uploadDirectory: '/elsewhere' }
      if (through !== 'another login at the server')
        await storage.write((tx) => bankConnectionWriter(tx, id).change(connectionId, elsewhere))
      const found = await arrive(submitted, NEW_BANK)
      expect(found).toMatchObject({ state: 'open', code: 'C03' })
      expect(found.recipientId).not.toBeNull()
      await apply(found.id)
      expect((await corrections())[0]).toMatchObject({ state: 'applied', decidedBy: { id: 'anna' } })
    },
  )

  test('what was fetched while the connection was pointed elsewhere waits for a person, also once it is put right', async () => {
    await byRule()
    const { organization, connectionId } = world
    const submitted = await world.submit([{ amountCents: 100 }])
    const point = (uploadDirectory: string) =>
      organization.storage.write((tx) =>
        bankConnectionWriter(tx, organization.id).change(connectionId, { uploadDirectory }),
      )
    const [{ uploadDirectory: right } = { uploadDirectory: '' }] = await organization.storage.read
      .select({ uploadDirectory: bankConnections.uploadDirectory })
      .from(bankConnections)
      .where(eq(bankConnections.organizationId, organization.id))
    const noc = makeNotifications(submitted.nacha, [{ batch: 0, entry: 0, correction: NEW_BANK }], stamp()).file
    await world.put('noc.ach', noc)
    await point('/elsewhere')
    let isSettled = false
    const connect: typeof connectToTestBank = async (settings) => {
      const session = await connectToTestBank(settings)
      if (isSettled) await point(right)
      isSettled = true
      return session
    }
    await world.poll(undefined, world.worker({ connect }))
    const [found] = await corrections()
    expect(found).toMatchObject({ state: 'open', code: 'C03', recipientId: expect.stringMatching('rcp_') })
    expect((await recipient(found?.recipientId ?? '')).version).toBe(1)
  })

  test('a second correction of the same account waits for nobody: it is about what was', async () => {
    await byRule()
    const recipientId = (await world.submit([{ amountCents: 1 }])).file.batches[0]?.entries[0]?.recipientId
    if (recipientId === undefined) throw new Error('no recipient')
    const submitted = await world.submit([
      { amountCents: 100, recipientId },
      { amountCents: 200, recipientId },
    ])
    await arrive(submitted, NEW_BANK, 0, 'a.ach')
    await arrive(submitted, NEW_ACCOUNT, 1, 'b.ach')
    expect((await corrections()).map(({ state }) => state)).toEqual(['alreadyChanged', 'applied'])
    expect(await numbersOf(recipientId)).toMatchObject({ accountNumber: '1122334455' })
  })

  test('what does not stand at its positions waits for a person', async () => {
    await byRule()
    const submitted = await world.submit([{ amountCents: 100 }])
    const made = makeNotifications(
      submitted.nacha,
      [{ batch: 0, entry: 0, correction: { changeCode: 'C06', accountNumber: '123456789', transactionCode: 32 } }],
      stamp(),
    ).file
    const text = Buffer.from(encodeFile(made as never)).toString('latin1')
    await world.put('noc.ach', text.replace('123456789           32', '123456789 32          '))
    await world.poll()
    const [found] = await corrections()
    expect(found).toMatchObject({ code: 'C06', state: 'open', problem: expect.stringContaining('positions') })
  })
})

test('somebody is told two banking days before it is due, and when it is overdue; not when it was decided', async () => {
  const { found } = await corrected(NEW_ACCOUNT)
  const other = await arrive(await world.submit([{ amountCents: 5 }]), NEW_BANK)
  await world.organization.write(ANNA, (ctx) => dismissCorrection(ctx, other.id, { reason: 'right as it is' }))
  expect(found.dueOn).toBe('2026-12-02')
  const told = async () => (await events()).filter((type) => /dueSoon|overdue/.test(type))
  world.tenants.clock.now = new Date('2026-11-30T12:59:00Z')
  await world.work()
  expect(await told()).toEqual([])
  world.tenants.clock.now = new Date('2026-11-30T13:00:00Z')
  await world.work()
  expect(await told()).toEqual(['correction.dueSoon'])
  world.tenants.clock.now = new Date('2026-12-03T13:00:00Z')
  await world.work()
  expect(await told()).toEqual(['correction.dueSoon', 'correction.overdue'])
  expect((await corrections()).map(({ isOverdue }) => isOverdue)).toEqual([false, true])
})
