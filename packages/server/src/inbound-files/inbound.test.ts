import { makeNotifications, makeReturns } from '@fistworks/nacha'
import { beforeEach, expect, test } from 'vitest'
import { auditEventStore } from '../audit/audit.ts'
import { retrieveAchFile } from '../ach-files/service.ts'
import { listCorrections } from '../corrections/service.ts'
import { eventStore } from '../events/store.ts'
import { listReturns } from '../returns/service.ts'
import { ANNA } from '../testing/context.ts'
import { listInboundFiles, reprocessInboundFile } from './service.ts'
import { createInboundWorld, type InboundWorld, stamp } from './testing/inbound.ts'

let world: InboundWorld
beforeEach(async () => {
  world = await createInboundWorld()
  return () => world.close()
})

const files = () => world.organization.read((ctx) => listInboundFiles(ctx, {}))
const returns = () => world.organization.read((ctx) => listReturns(ctx, {}))
const corrections = () => world.organization.read((ctx) => listCorrections(ctx, {}))
const events = async () =>
  (await eventStore(world.organization.storage.read, world.organization.id).list({}, 0, 100)).map(({ type }) => type)

test('a return lands on its entry, says what it means, and what to do', async () => {
  const { file, nacha } = await world.submit([{ amountCents: 12_345 }, { amountCents: 700, direction: 'debit' }])
  const made = makeReturns(nacha, [{ batch: 0, entry: 1, code: 'R01' }], stamp())
  await world.put('RET1.ach', made.file)
  await world.poll()
  expect(world.errors).toEqual([])
  expect((await files()).data).toMatchObject([
    {
      name: 'RET1.ach',
      state: 'processed',
      kind: 'answers',
      problem: null,
      counts: { entries: 1, returns: 1, unmatched: 0 },
    },
  ])
  const [returned] = (await returns()).data
  expect(returned).toMatchObject({
    code: 'R01',
    achFileId: file.id,
    entryId: file.batches[0]?.entries[1]?.id,
    amountCents: 700,
    unmatched: null,
    sendAgain: { answer: 'asItWas', left: 2 },
    nextSteps: ['retry', 'contactRecipient'],
  })
  const shown = await world.organization.read((ctx) => retrieveAchFile(ctx, file.id))
  expect(shown.outcome).toEqual({ returned: 1, corrected: 0 })
  expect(shown.batches[0]?.entries.map(({ outcome }) => outcome)).toEqual([
    null,
    { type: 'return', id: returned?.id, code: 'R01' },
  ])
  expect(await events()).toEqual(expect.arrayContaining(['inboundFile.received', 'return.received']))
})

test('a file that the bank named after an account shows the last digits of it, wherever it is told of', async () => {
  const { nacha } = await world.submit([{ amountCents: 100 }])
  await world.put('RET_8800123456789.ach', makeReturns(nacha, [{ batch: 0, entry: 0, code: 'R03' }], stamp()).file)
  await world.put('8800123456789.bin', 'no file of ours')
  await world.poll()
  const shown = (await files()).data
  expect(shown.map(({ name }) => name).sort()).toEqual(['RET_••••6789.ach', '••••6789.bin'])
  await world.organization.write(ANNA, (ctx) => reprocessInboundFile(ctx, shown[0]?.id ?? ''))
  const { id, storage } = world.organization
  const told = [
    await eventStore(storage.read, id).list({}, 0, 100),
    await auditEventStore(storage.read, id).list({ limit: 100 }),
  ]
  expect(JSON.stringify(told)).toContain('••••6789.bin')
  expect(JSON.stringify([told, shown, world.organization.events])).not.toContain('8800123456789')
})

test('the same content under another name is kept once, and the same return in two files lands once', async () => {
  const { nacha } = await world.submit([{ amountCents: 100 }, { amountCents: 200 }])
  const one = makeReturns(nacha, [{ batch: 0, entry: 0, code: 'R03' }], stamp())
  const both = makeReturns(
    nacha,
    [
      { batch: 0, entry: 0, code: 'R03' },
      { batch: 0, entry: 1, code: 'R02' },
    ],
    stamp(),
  )
  await world.put('a.ach', one.file)
  await world.poll()
  await world.put('b.ach', one.file)
  await world.put('c.ach', both.file)
  await world.poll()
  await world.poll()
  const kept = (await files()).data
  expect(kept.map(({ name, otherNames }) => [name, otherNames])).toEqual([
    ['c.ach', []],
    ['a.ach', ['b.ach']],
  ])
  expect(kept[0]?.counts).toMatchObject({ entries: 2, returns: 1, repeated: 1 })
  expect((await returns()).data.map(({ code, unmatched }) => [code, unmatched])).toEqual([
    ['R02', null],
    ['R03', null],
  ])
})

test('a correction shows old and new side by side, masked', async () => {
  const { nacha, file } = await world.submit([{ amountCents: 100 }])
  const correction = { changeCode: 'C01', accountNumber: '99887766554' } as const
  await world.put('noc.ach', makeNotifications(nacha, [{ batch: 0, entry: 0, correction }], stamp()).file)
  await world.poll()
  const [found] = (await corrections()).data
  const entry = file.batches[0]?.entries[0]
  expect(found).toMatchObject({
    code: 'C01',
    state: 'open',
    problem: null,
    entryId: entry?.id,
    recipientId: entry?.recipientId,
    dueOn: '2026-12-02',
    changes: [{ field: 'accountNumber', before: `••••${entry?.accountNumberLast4}`, after: '••••6554' }],
  })
})

test('what is not understood is kept, told, and stays at the bank', async () => {
  await world.put('odd.txt', 'Dear customer, we have moved.')
  await world.poll()
  expect((await files()).data).toMatchObject([{ state: 'notUnderstood', kind: null, counts: { entries: 0 } }])
  expect(await events()).toEqual(['inboundFile.received', 'inboundFile.notUnderstood'])
  expect(await world.atBank()).toEqual(['odd.txt'])
})
