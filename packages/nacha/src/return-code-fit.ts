import type { Direction } from './transaction-code.ts'

type Rows = readonly (readonly [codes: RegExp, secCodes: string])[]

const ONLY: Rows = [
  [/R(05|29|31)/, 'CCD CTX'],
  [/R22/, 'CIE MTE'],
  [/R33/, 'XCK'],
  [/R36/, 'ARC BOC POP RCK TEL XCK'],
  [/R3[79]/, 'ARC BOC POP'],
  [/R38/, 'ARC BOC'],
  [/R5[0-3]/, 'RCK'],
  [/R4[0-7]/, 'ENR'],
  [/R8[0-4]/, 'IAT'],
]
const NEVER: Rows = [
  [/R0[19]/, 'RCK'],
  [/R07/, 'ARC BOC POP RCK'],
  [/R10/, 'CCD CTX'],
  [/R85/, 'IAT'],
]
const OF_DEBITS = /R(0[15789]|1[01]|29|3[135789]|5[0-3])/
const OF_CREDITS = /R(23|36)/

const secCodesOf = (rows: Rows, code: string) => rows.find(([codes]) => codes.test(code))?.[1]

/**
 * What a return code is not for, of the SEC code and the direction of an entry; null when it is for both. The same as
 * `returnCodeProblem` says, without its words, so that a validator need not carry them; a test keeps the two together.
 */
export function returnCodeMisfit(code: string, secCode: string, direction: Direction): string | null {
  if ((direction === 'credit' ? OF_DEBITS : OF_CREDITS).test(code)) return `${direction}s`
  const isForSec = secCodesOf(ONLY, code)?.includes(secCode) ?? !secCodesOf(NEVER, code)?.includes(secCode)
  return isForSec ? null : secCode
}
