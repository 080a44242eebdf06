import { decodeFile, validateFile } from '@fistworks/nacha'
import { validate as validateByAnotherCodec } from 'achkit'
import { beforeAll, expect, test } from 'vitest'
import { type Evidence, gatherEvidence, numbersOf, storedIn } from './evidence.ts'

const numbers = numbersOf(20_261)
let evidence: Evidence

beforeAll(async () => {
  evidence = await gatherEvidence(numbers)
})

test('the bank holds exactly what was typed', () => {
  const { file } = decodeFile(new Uint8Array(evidence.delivered.bytes))
  const entries = (file?.batches ?? []).flatMap(({ header, entries }) =>
    [...entries].map((entry) => ({
      secCode: header.standardEntryClassCode,
      company: header.companyName,
      routing: entry.routingNumber,
      account: entry.accountNumber,
      amountCents: entry.amountCents,
      name: entry.individualName,
      addenda: entry.addenda,
    })),
  )
  expect(entries).toEqual([
    {
      secCode: 'PPD',
      company: 'BLUEBIRD BAKERY',
      routing: numbers.person.routing,
      account: numbers.person.account,
      amountCents: 184_000,
      name: 'Marisol Vega',
      addenda: [],
    },
    {
      secCode: 'CCD',
      company: 'BLUEBIRD BAKERY',
      routing: numbers.company.routing,
      account: numbers.company.account,
      amountCents: 1_890_000,
      name: 'Cedar & Stone Builders',
      addenda: ['Invoice CS-1107'],
    },
  ])
})

test('nothing is wrong with the file, by the strictest profile', () => {
  expect(validateFile(new Uint8Array(evidence.delivered.bytes), { profile: 'originate' })).toEqual([])
})

test('another codec accepts the file', () => {
  expect(validateByAnotherCodec(evidence.delivered.bytes.toString('latin1'))).toEqual({ ok: true, errors: [] })
})

test('no full number is on any screen, in any answer, log or file of ours, but in the one that was asked for', () => {
  expect(evidence.hits).toEqual([])
  expect(new Set(evidence.shownOnPurpose.map(({ what }) => what)).size).toBe(1)
})

test('a person sees the full numbers after confirming with a passkey, until they hide them', () => {
  const { routing, account, afterwards } = evidence.revealed
  expect({ routing, account }).toEqual(numbers.person)
  expect(afterwards).not.toContain(account)
})

test('the search had something to search', () => {
  const { artefacts } = evidence
  expect(artefacts.length).toBeGreaterThan(100)
  for (const name of ['control.db', 'main.db', 'main.db-wal', 'control-backup.db', 'main-backup.db'])
    expect(storedIn(artefacts, name), name).toBe(true)
  expect(artefacts.some(({ bytes }) => bytes.includes('"level":"debug"'))).toBe(true)
  expect(artefacts.some(({ what, bytes }) => what.startsWith('tree of') && bytes.includes('••••4455'))).toBe(true)
})
