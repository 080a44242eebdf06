import { SUBMISSION_STATES } from '@fistworks/contract'
import { describe, expect, test } from 'vitest'
import { parseAcknowledgement } from './acknowledgement.ts'
import { untilNextLookMs } from './await-acknowledgement.ts'
import { claimedFrom, mayGo, TRANSITIONS, WAITING } from './states.ts'

describe('states', () => {
  test('every state is in the table, and every state can be reached', () => {
    expect(Object.keys(TRANSITIONS).toSorted()).toEqual([...SUBMISSION_STATES].toSorted())
    const reached = new Set(['ready', ...Object.values(TRANSITIONS).flat()])
    expect([...reached].toSorted()).toEqual([...SUBMISSION_STATES].toSorted())
  })

  test('nothing is sent without a claim, nothing renamed without an upload', () => {
    expect(SUBMISSION_STATES.filter((from) => mayGo(from, 'uploading'))).toEqual(['claimed'])
    expect(SUBMISSION_STATES.filter((from) => mayGo(from, 'renamed'))).toEqual(['uploaded'])
  })

  test('what may have got its final name is not canceled, and what is canceled stays so', () => {
    const before = ['ready', 'claimed', 'uploading', 'uploaded', 'retryWait']
    expect(SUBMISSION_STATES.filter((from) => mayGo(from, 'canceled'))).toEqual(before)
    expect(WAITING).toEqual(['ready', 'retryWait'])
    expect(TRANSITIONS.canceled).toEqual([])
  })

  test('a worker never leaves unknown, failed or done by itself to send again', () => {
    for (const state of ['unknown', 'failed', 'done', 'acknowledged', 'rejectedByBank', 'canceled'] as const) {
      expect(claimedFrom(state)).toBeNull()
    }
    expect(claimedFrom('verified')).toBe('verified')
    expect(claimedFrom('uploaded')).toBe('claimed')
  })
})

describe('the bank’s answer', () => {
  const sha256 = 'ab'.repeat(32)
  test.each([
    [`ACCEPTED ${sha256}\n`, { verdict: 'accepted' }],
    [`ACCEPTED ${sha256.toUpperCase()}\r\nmore\r\n`, { verdict: 'accepted' }],
    [`ACCEPTED ${'cd'.repeat(32)}\n`, { verdict: 'otherBytes' }],
    ['REJECTED bad batch\n', { verdict: 'rejected', reason: 'bad batch', namesBytes: false }],
    [`REJECTED ${sha256} bad batch\n`, { verdict: 'rejected', reason: 'bad batch', namesBytes: true }],
    [`REJECTED ${sha256.toUpperCase()}\n`, { verdict: 'rejected', reason: 'no reason given', namesBytes: true }],
    [`REJECTED ${'cd'.repeat(32)} bad batch\n`, { verdict: 'otherBytes' }],
    ['REJECTED\n', { verdict: 'rejected', reason: 'no reason given', namesBytes: false }],
    [
      'REJECTED account 8800-1234-5678 closed\n',
      { verdict: 'rejected', reason: 'account ••••5678 closed', namesBytes: false },
    ],
    [`ACCEPTED ${sha256}`, null],
    ['ACCEPT', null],
    ['', null],
    ['something else\n', null],
  ])('%j', (text, expected) => {
    expect(parseAcknowledgement(text, sha256)).toEqual(expected)
  })
})

test('looks for the answer come soon at first and then every quarter of an hour at most', () => {
  expect(untilNextLookMs(1, 0)).toBe(1000)
  expect(untilNextLookMs(1, 0.999)).toBeLessThan(2000)
  for (const looks of [20, 1000, 1_000_000]) expect(untilNextLookMs(looks, 0.999)).toBeLessThanOrEqual(15 * 60_000)
})
