import { BankConnectionCreate, BankConnectionUpdate } from '@fistworks/contract'
import { nextEffectiveDate } from '@fistworks/nacha'
import { beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { ANNA, createTestTenants, type TestOrganization, type TestTenants } from '../testing/context.ts'
import { eventStore } from '../events/store.ts'
import { archiveBankConnection, createBankConnection, retrieveBankConnection, updateBankConnection } from './service.ts'

let tenants: TestTenants
let organization: TestOrganization
beforeEach(async () => {
  tenants = await createTestTenants()
  organization = await tenants.organization()
  return () => tenants.close()
})

const CUTOFFS = {
  timeZone: 'America/Chicago',
  times: [
    { by: '10:30', leadDays: 0 as const, name: 'same day' },
    { by: '17:00', leadDays: 1 as const },
    { by: '01:15', leadDays: 1 as const, dayAfter: true },
  ],
}
const input = (over: object = {}) => ({
  name: 'First Bank',
  host: 'sftp.bank.example',
  username: 'payer',
  authentication: { method: 'password', password: 'secret' },
  hostKeyFingerprints: [`SHA256:${'A'.repeat(43)}`],
  uploadDirectory: '/in',
  acknowledgementDirectory: '/out',
  immediateDestination: '091000019',
  immediateOrigin: '1234567890',
  ...over,
})
const create = (over: object = {}) =>
  organization.write(ANNA, (ctx) => createBankConnection(ctx, z.parse(BankConnectionCreate, input(over))))
const change = (id: string, update: object) =>
  organization.write(ANNA, (ctx) => updateBankConnection(ctx, id, z.parse(BankConnectionUpdate, update)))
const AGREED = {
  returnDirectory: '/out',
  returnPollMinutes: 15,
  afterProcessing: 'move',
  processedDirectory: '/out/done',
  cutoffs: CUTOFFS,
  fileNameTemplate: 'PAY_{date:yymmdd}_{sequence:6}.ach',
} as const
const NOTHING = {
  returnDirectory: null,
  returnPollMinutes: null,
  afterProcessing: 'leave',
  processedDirectory: null,
  cutoffs: null,
  fileNameTemplate: null,
  legacyAlgorithmsUntil: null,
} as const

test('what a bank agreed on is kept, changed and taken back, and the audit log tells both sides', async () => {
  const plain = await create()
  expect(plain).toMatchObject(NOTHING)
  const legacyAlgorithmsUntil = '2026-12-24T00:00:00.000Z'
  expect(await change(plain.id, { ...AGREED, legacyAlgorithmsUntil: '2026-12-24T00:00:00Z' })).toMatchObject(AGREED)
  const read = await organization.read((ctx) => retrieveBankConnection(ctx, plain.id))
  expect(read).toMatchObject({ ...AGREED, legacyAlgorithmsUntil })
  expect(organization.events.at(-1)?.data).toMatchObject({
    before: NOTHING,
    after: { ...AGREED, legacyAlgorithmsUntil },
  })
  expect(await change(plain.id, NOTHING)).toMatchObject(NOTHING)
})

test.each([
  [
    { acknowledgementDirectory: '/elsewhere' },
    'Acknowledgements are looked for “/out” → Acknowledgements are looked for “/elsewhere”',
  ],
  [
    { returnDirectory: null, returnPollMinutes: null, afterProcessing: 'leave', processedDirectory: null },
    'Returns are looked for nowhere',
  ],
  [{ returnPollMinutes: 1440 }, 'every 15 minutes → They are looked for every 1440 minutes'],
  [{ afterProcessing: 'delete', processedDirectory: null }, 'What was read is deleted at the bank'],
  [{ username: 'somebody' }, 'as “somebody”'],
  [{ port: 2222, authentication: { method: 'password', password: 'entered again' } }, ':2222 as “'],
] as const)(
  'that answers of the bank are looked for otherwise is told to whoever looks after banks: %j',
  async (update, words) => {
    const { id } = await create(AGREED)
    const told = async () => {
      const rows = await eventStore(organization.storage.read, organization.id).list({}, 0, 10)
      return rows.map(({ type, objectId, about }) => [type, objectId, about['reason']])
    }
    await change(id, { name: 'The bank', uploadDirectory: '/in2' })
    expect(await told()).toEqual([])
    await change(id, update)
    expect(await told()).toEqual([['bankConnection.answersChanged', id, expect.stringContaining(words)]])
    expect((await told())[0]?.[2]).toMatch(/^anna changed it\./)
    await organization.write(ANNA, (ctx) => archiveBankConnection(ctx, id))
    expect(await told()).toHaveLength('returnDirectory' in update ? 1 : 2)
  },
)

test('the cutoffs are those that the calendar reckons with', async () => {
  const { cutoffs } = await create({ cutoffs: CUTOFFS })
  if (cutoffs === null) throw new Error('The cutoffs were lost.')
  const schedule = {
    timeZone: cutoffs.timeZone,
    cutoffs: cutoffs.times.map(({ name, dayAfter, ...rest }) => ({
      ...rest,
      ...(name && { name }),
      ...(dayAfter && { dayAfter }),
    })),
  }
  const { effectiveDate, sendBy } = nextEffectiveDate('2026-11-18T18:00:00Z', schedule, { sameDay: true })
  expect([effectiveDate, new Date(sendBy).toISOString()]).toEqual(['2026-11-19', '2026-11-19T16:30:00.000Z'])
})

describe('settings that contradict one another are refused where they stand', () => {
  test.each<[string, object, string[]]>([
    ['returns where we put our own files', { returnDirectory: '/in/' }, ['/returnDirectory']],
    ['a clock without a directory', { returnPollMinutes: 15 }, ['/returnDirectory']],
    ['deleting without a directory', { afterProcessing: 'delete' }, ['/returnDirectory']],
    ['moving to nowhere', { returnDirectory: '/out', afterProcessing: 'move' }, ['/processedDirectory']],
    [
      'a place to move to without moving',
      { returnDirectory: '/out', processedDirectory: '/done' },
      ['/processedDirectory'],
    ],
    [
      'moving to where they were found',
      { returnDirectory: '/back', afterProcessing: 'move', processedDirectory: '//back/.' },
      ['/processedDirectory'],
    ],
    [
      'moving to where acknowledgements are looked for',
      { returnDirectory: '/back', afterProcessing: 'move', processedDirectory: '/out' },
      ['/processedDirectory'],
    ],
    [
      'a routing number in names of files',
      { immediateOrigin: '091000019', fileNameTemplate: '{originId}_{sequence}' },
      ['/fileNameTemplate'],
    ],
  ])('%s', async (_name, over, pointers) => {
    const refused = { code: 'validation-failed', errors: pointers.map((pointer) => ({ pointer })) }
    await expect(create(over)).rejects.toMatchObject(refused)
    const { id } = await create()
    await expect(change(id, over)).rejects.toMatchObject(refused)
  })

  test('also when only one of the two is changed', async () => {
    const { id } = await create(AGREED)
    const gone = change(id, { returnDirectory: null })
    await expect(gone).rejects.toMatchObject({ errors: [{ pointer: '/returnDirectory' }] })
    const same = change(id, { uploadDirectory: '/out/done' })
    await expect(same).rejects.toMatchObject({ errors: [{ pointer: '/processedDirectory' }] })
  })
})

test.each([
  ['2026-11-20T11:59:59Z', false],
  ['2026-11-20T12:00:01Z', true],
  ['2027-05-19T12:00:00Z', true],
  ['2027-05-19T12:00:00.001Z', false],
])('old algorithms until %s: %s', async (until, isTaken) => {
  tenants.clock.now = new Date('2026-11-20T12:00:00Z')
  const made = create({ legacyAlgorithmsUntil: until })
  if (isTaken) expect((await made).legacyAlgorithmsUntil).toBe(new Date(until).toISOString())
  else await expect(made).rejects.toMatchObject({ errors: [{ pointer: '/legacyAlgorithmsUntil' }] })
})
