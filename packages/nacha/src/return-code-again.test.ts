import { expect, test } from 'vitest'
import { RETURN_CODES } from './return-code.ts'
import { isQuestionable, maySendAgain, type ReturnedEntry } from './return-code-again.ts'

/** Settled on Monday 5 January 2026: 180 days end on 4 July; returned on the 7th: 60 days end on 8 March. */
const ENTRY: ReturnedEntry = { settledOn: '2026-01-05', returnedOn: '2026-01-07', on: '2026-01-20', reinitiations: 0 }

test('without money it may be sent again as it was, twice, within 180 days of the original', () => {
  expect(maySendAgain('R01', ENTRY)).toMatchObject({ answer: 'as_it_was', left: 2, until: '2026-07-04' })
  expect(maySendAgain('R09', { ...ENTRY, reinitiations: 1 })).toMatchObject({ answer: 'as_it_was', left: 1 })
  expect(maySendAgain('R01', { ...ENTRY, reinitiations: 2 })).toMatchObject({ answer: 'no', left: null })
  expect(maySendAgain('R01', { ...ENTRY, on: '2026-07-04' }).answer).toBe('as_it_was')
  expect(maySendAgain('R01', { ...ENTRY, on: '2026-07-05' })).toMatchObject({ answer: 'no', until: null })
})

test('after a stopped payment once the receiver agrees, within 180 days; other authorizations have no such end', () => {
  expect(maySendAgain('R08', ENTRY)).toMatchObject({ answer: 'once_authorized', until: '2026-07-04' })
  expect(maySendAgain('R08', { ...ENTRY, on: '2026-07-05' }).answer).toBe('no')
  for (const code of ['R05', 'R07', 'R10', 'R23', 'R29', 'R31']) {
    expect(maySendAgain(code, { ...ENTRY, on: '2027-07-05' })).toMatchObject({ answer: 'once_authorized', until: null })
  }
})

test('after R11 a corrected entry on the old authorization, within 60 days of the return', () => {
  expect(maySendAgain('R11', ENTRY)).toMatchObject({ answer: 'as_corrected_entry', until: '2026-03-08' })
  expect(maySendAgain('R11', { ...ENTRY, on: '2026-03-08' }).answer).toBe('as_corrected_entry')
  expect(maySendAgain('R11', { ...ENTRY, on: '2026-03-09' }).answer).toBe('no')
  const old = { ...ENTRY, settledOn: '2020-03-02', returnedOn: '2020-03-31', on: '2020-04-03' }
  expect(maySendAgain('R11', old).answer).toBe('no')
})

test('with wrong data once it is corrected, but not while the bank suspects fraud', () => {
  expect(maySendAgain('R03', ENTRY)).toMatchObject({ answer: 'once_corrected', until: null })
  expect(maySendAgain('R17', { ...ENTRY, addendaInformation: 'ACCOUNT TYPE' }).answer).toBe('once_corrected')
  expect(maySendAgain('R17', { ...ENTRY, addendaInformation: 'QUESTIONABLE' }).answer).toBe('no')
  expect(isQuestionable('R17', ' QUESTIONABLE')).toBe(false)
  expect(isQuestionable('R03', 'QUESTIONABLE')).toBe(false)
})

test('a code that nobody assigned is never a reason to send again', () => {
  for (const code of ['R97', 'R48', 'X', '']) expect(maySendAgain(code, ENTRY).answer).toBe('no')
})

test('every code gets an answer with a sentence, the deceased, frozen, duplicate and sanctioned no', () => {
  for (const code of RETURN_CODES.keys()) expect(maySendAgain(code, ENTRY).why).toMatch(/^[A-Z]/)
  for (const code of ['R14', 'R15', 'R16', 'R24', 'R33', 'R52', 'R61', 'R71', 'R90']) {
    expect(maySendAgain(code, ENTRY).answer).toBe('no')
  }
})

test('wrong use throws', () => {
  expect(() => maySendAgain('R01', { ...ENTRY, on: '2026-02-30' })).toThrow(RangeError)
  expect(() => maySendAgain('R01', { ...ENTRY, reinitiations: -1 })).toThrow('count them from 0')
})
