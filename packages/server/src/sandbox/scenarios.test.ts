import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AchFile, buildFile, dateOfJulianDay, decodeFile, encodeFile, validateFile } from '@fistworks/nacha'
import fc from 'fast-check'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { BankSession } from '../banks/bank.ts'
import { createSftpBank } from '../banks/sftp-bank.ts'
import { Secret } from '../secret.ts'
import { bankInstant } from './bank-time.ts'
import { CORRECTED } from './correct-entry.ts'
import { type SandboxBank, startSandboxBank } from './sandbox-bank.ts'
import { accountOf, amountOf, SCENARIOS, scenarioOf } from './scenarios.ts'

const sftp = createSftpBank({ addresses: { privateRanges: ['127.0.0.1/32'], ports: [] } })
const US = 'org_us'
const MONDAY = bankInstant('2026-11-23', '10:00')
let folder: string
let bank: SandboxBank
let now: Date

beforeEach(async () => {
  now = MONDAY
  folder = await mkdtemp(join(tmpdir(), 'fistworks-scenarios-'))
  const hostKeyFile = join(folder, 'host-key')
  bank = await startSandboxBank({
    folder: join(folder, 'bank'),
    host: '127.0.0.1',
    port: 0,
    hostKeyFile,
    now: () => now,
  })
  return async () => {
    await bank.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

async function connected<T>(work: (session: BankSession) => Promise<T>): Promise<T> {
  const password = Secret.of(bank.loginOf(US).password)
  const session = await sftp.connect({
    host: '127.0.0.1',
    port: bank.port,
    username: US,
    authentication: { method: 'password', password },
    hostKeyFingerprints: [bank.fingerprint()],
  })
  try {
    return await work(session)
  } finally {
    await session.close()
  }
}

interface Paid {
  accountNumber?: string
  amountCents?: number
  transactionCode?: number
  routingNumber?: string
}

/** A file that settles on Tuesday, with the entries of one batch. */
function fileOf(entries: Paid[], fileIdModifier = 'A'): Uint8Array {
  const ordinary = {
    transactionCode: 22,
    routingNumber: '231380104',
    accountNumber: '88001234',
    amountCents: 12_345,
    individualName: 'JANE DOE',
  }
  const { file, violations } = buildFile({
    immediateDestination: '091000019',
    immediateOrigin: '1234567890',
    fileCreationDate: '2026-11-23',
    fileIdModifier,
    batches: [
      {
        secCode: 'PPD',
        companyName: 'BLUEBIRD BAKERY',
        companyIdentification: '1234567890',
        companyEntryDescription: 'BILLS',
        effectiveEntryDate: '2026-11-24',
        odfiIdentification: '091000019',
        entries: entries.map((entry, index) => ({ ...ordinary, ...entry, traceSequence: index + 1 })),
      },
    ],
  })
  if (file === null) throw new Error(violations.map(({ message }) => message).join('; '))
  return encodeFile(file)
}

async function put(name: string, bytes: Uint8Array): Promise<void> {
  await connected(async (session) => {
    await session.uploadExclusive(`/inbox/.${name}.part`, Buffer.from(bytes))
    await session.rename(`/inbox/.${name}.part`, `/inbox/${name}`)
  })
}

async function received(name: string) {
  const customer = await bank.customer(US)
  return vi.waitFor(() => {
    const file = customer?.book.files.find((one) => one.name === name)
    if (file === undefined) throw new Error('not yet')
    return file
  })
}

async function moveTo(date: string, time = '09:00'): Promise<void> {
  now = bankInstant(date, time)
  await bank.catchUp()
}

const names = (directory: string) => readdir(join(folder, 'bank', US, directory))
const returned = async (name: string): Promise<AchFile> => {
  const bytes = await readFile(join(folder, 'bank', US, 'returns', name))
  expect(validateFile(bytes).filter(({ severity }) => severity === 'error')).toEqual([])
  const { file } = decodeFile(bytes)
  if (file === null) throw new Error('no file')
  return file
}
const told = (file: AchFile) =>
  file.batches.flatMap(({ header, entries }) =>
    [...entries].map((entry) => ({ sec: header.standardEntryClassCode, entry, addenda: entry.addendaRecords[0] })),
  )

describe('what asks for what', () => {
  test('every row is found by its account number and by its amount, and no two are the same', () => {
    for (const row of SCENARIOS) {
      expect(scenarioOf({ accountNumber: accountOf(row), amountCents: 1 })).toEqual(row.scenario)
      expect(scenarioOf({ accountNumber: '88001234', amountCents: amountOf(row) })).toEqual(row.scenario)
    }
    expect(new Set(SCENARIOS.map(accountOf)).size).toBe(SCENARIOS.length)
  })

  test('nothing else asks for anything', () => {
    const digits = fc.stringMatching(/^\d{1,17}$/).filter((text) => !/^(1{6}|2{6}|3{6}|4{6})\d\d$/.test(text))
    const cents = fc
      .integer({ min: 0, max: 9_999_999_999 })
      .filter((n) => !/^(1{4}|2{4}|3{4}|4{4})\d\d$/.test(String(n)))
    fc.assert(
      fc.property(digits, cents, (accountNumber, amountCents) => {
        expect(scenarioOf({ accountNumber, amountCents })).toBeNull()
      }),
    )
  })
})

describe('returns and corrections', () => {
  test('lie there from the morning of the banking day after settlement, as one real NACHA file of the day', async () => {
    await put(
      'a.ach',
      fileOf([{ accountNumber: '11111102' }, {}, { amountCents: 111_103 }, { accountNumber: '22222201' }]),
    )
    await put('b.ach', fileOf([{ accountNumber: '11111103' }], 'B'))
    await received('b.ach')
    await moveTo('2026-11-25', '05:59')
    expect(await names('returns')).toEqual([])
    await moveTo('2026-11-25', '06:00')
    expect(await names('returns')).toEqual(['returns-20261125-1.ach'])

    const file = await returned('returns-20261125-1.ach')
    expect(file.header.immediateDestination.trim()).toBe('1234567890')
    expect(file.header.fileCreationDate).toBe('2026-11-25')
    for (const { header } of file.batches) {
      expect(dateOfJulianDay(header.settlementDate, '2026-11-25')).toBe('2026-11-25')
      expect(header.odfiIdentification).toBe('23138010')
    }
    const all = told(file)
    expect(
      all.map(({ addenda }) => addenda && ('returnReasonCode' in addenda ? addenda.returnReasonCode : addenda.layout)),
    ).toEqual(expect.arrayContaining(['R02', 'R03', 'R03', 'addenda98']))
    expect(all).toHaveLength(4)
    expect(new Set(all.map(({ entry }) => entry.traceNumber)).size).toBe(4)
    const correction = all.find(({ sec }) => sec === 'COR')
    expect(correction?.addenda).toMatchObject({ changeCode: 'C01', correctedData: CORRECTED.accountNumber })
    expect(correction?.entry.amountCents).toBe(0)
  })

  test('unauthorized debits of persons come back after five banking days, over a holiday and a weekend', async () => {
    await put('a.ach', fileOf([{ accountNumber: '11111110', transactionCode: 27 }]))
    await received('a.ach')
    await moveTo('2026-12-01', '23:00')
    expect(await names('returns')).toEqual([])
    await moveTo('2026-12-02')
    expect(told(await returned('returns-20261202-1.ach'))[0]?.addenda).toMatchObject({ returnReasonCode: 'R10' })
  })

  test('what the rules forbid is not sent: no R01 for a credit', async () => {
    await put('a.ach', fileOf([{ accountNumber: '11111101' }, { accountNumber: '11111101', transactionCode: 27 }]))
    const file = await received('a.ach')
    await moveTo('2026-11-25')
    expect(told(await returned('returns-20261125-1.ach'))).toHaveLength(1)
    expect(file.answers).toMatchObject([{ problem: 'R01 is for debits only' }, { problem: null }])
  })

  test('a move over many days leaves a file for each day, in order, and nothing twice', async () => {
    await put('a.ach', fileOf([{ accountNumber: '44444468' }, { accountNumber: '11111103' }]))
    await received('a.ach')
    await moveTo('2026-12-24')
    await bank.catchUp()
    expect(await names('returns')).toEqual([
      'returns-20261125-1.ach',
      'returns-20261127-1.ach',
      'returns-20261130-1.ach',
    ])
    const [first] = told(await returned('returns-20261125-1.ach')).filter(
      ({ entry }) => entry.accountNumber === '44444468',
    )
    const [dishonored] = told(await returned('returns-20261127-1.ach'))
    const [contested] = told(await returned('returns-20261130-1.ach'))
    expect(dishonored?.addenda).toMatchObject({
      dishonoredReturnReasonCode: 'R68',
      returnTraceNumber: first?.entry.traceNumber,
    })
    expect(contested?.addenda).toMatchObject({
      contestedReturnReasonCode: 'R73',
      dishonoredReturnTraceNumber: dishonored?.entry.traceNumber,
    })
    for (const one of [first, dishonored, contested]) {
      expect(one?.addenda).toMatchObject({ originalTraceNumber: '091000010000001' })
    }
  })

  test('a correction that was applied comes back no more', async () => {
    await put(
      'a.ach',
      fileOf([
        { accountNumber: '22222202', routingNumber: CORRECTED.routingNumber },
        { accountNumber: '22222205', transactionCode: 32 },
      ]),
    )
    expect((await received('a.ach')).answers).toEqual([])
  })
})

describe('the bank itself', () => {
  test.each([
    ['33333301', 'refuses', /^REJECTED [0-9a-f]{64} because an account number or amount in it asks for that\n$/],
    ['33333302', 'is late', null],
    ['33333303', 'is silent', null],
  ])('%s: it %s', async (accountNumber, _what, ack) => {
    await put('a.ach', fileOf([{ accountNumber }, { accountNumber: '11111103' }]))
    await received('a.ach')
    const answer = () => readFile(join(folder, 'bank', US, 'outbox', 'a.ach.ack'), 'utf8').catch(() => null)
    if (ack !== null) await vi.waitFor(async () => expect(await answer()).toMatch(ack))
    else expect(await answer()).toBeNull()
    await moveTo('2026-11-24', '10:00')
    expect((await answer())?.slice(0, 8) ?? null).toBe(
      { '33333301': 'REJECTED', '33333302': 'ACCEPTED' }[accountNumber] ?? null,
    )
    await moveTo('2026-11-25')
    expect(await names('returns')).toHaveLength(accountNumber === '33333302' ? 1 : 0)
  })

  test('it takes a file away at once', async () => {
    await put('a.ach', fileOf([{ accountNumber: '33333304' }]))
    await received('a.ach')
    await vi.waitFor(async () => expect(await names('inbox')).toEqual([]))
  })

  test('the connection ends at the last byte of the entry, once', async () => {
    const bytes = fileOf([{}, { accountNumber: '33333305' }, {}])
    await expect(put('a.ach', bytes)).rejects.toMatchObject({ name: 'BankFault' })
    const part = await readFile(join(folder, 'bank', US, 'inbox', '.a.ach.part'))
    expect(part.length).toBe(95 * 4)
    await rm(join(folder, 'bank', US, 'inbox', '.a.ach.part'))
    await put('a.ach', bytes)
    expect((await received('a.ach')).verdict).toMatch(/^ACCEPTED/)
  })

  test('its disk is full for five minutes', async () => {
    const bytes = fileOf([{ accountNumber: '33333306' }])
    await expect(put('a.ach', bytes)).rejects.toMatchObject({ name: 'BankFault' })
    await rm(join(folder, 'bank', US, 'inbox', '.a.ach.part'), { force: true })
    await expect(put('a.ach', bytes)).rejects.toMatchObject({ name: 'BankFault' })
    await rm(join(folder, 'bank', US, 'inbox', '.a.ach.part'), { force: true })
    await moveTo('2026-11-23', '10:05')
    await put('a.ach', bytes)
    expect((await received('a.ach')).verdict).toMatch(/^ACCEPTED/)
  })

  test('its host key is another one from then on; passwords stay', async () => {
    const before = { fingerprint: bank.fingerprint(), password: bank.loginOf(US).password }
    await put('a.ach', fileOf([{ accountNumber: '33333307' }]))
    await vi.waitFor(() => expect(bank.fingerprint()).not.toBe(before.fingerprint))
    expect(bank.loginOf(US).password).toBe(before.password)
    await connected(async (session) => expect(session.hostKeyFingerprint).toBe(bank.fingerprint()))
  })

  test('the same bytes a second time are refused', async () => {
    await put('a.ach', fileOf([{}]))
    await received('a.ach')
    await put('b.ach', fileOf([{}]))
    expect((await received('b.ach')).verdict).toBe('REJECTED the same file came before as a.ach')
  })
})
