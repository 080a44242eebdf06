import type { Direction } from './transaction-code.ts'

/** `codes: SEC codes`, each list divided by blanks. */
const listed = (rows: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(rows).flatMap(([codes, secCodes]) => codes.split(' ').map((code) => [code, secCodes] as const)),
  )

const ONLY = /* @__PURE__ */ listed({
  'R05 R29 R31': 'CCD CTX',
  R22: 'CIE MTE',
  R33: 'XCK',
  R36: 'ARC BOC POP RCK TEL XCK',
  'R37 R39': 'ARC BOC POP',
  R38: 'ARC BOC',
  'R50 R51 R52 R53': 'RCK',
  'R40 R41 R42 R43 R44 R45 R46 R47': 'ENR',
  'R80 R81 R82 R83 R84': 'IAT',
})
const NEVER = /* @__PURE__ */ listed({
  'R01 R09': 'RCK',
  R07: 'ARC BOC POP RCK',
  R10: 'CCD CTX',
  R85: 'IAT',
})
const OF_DEBITS = 'R01 R05 R07 R08 R09 R10 R11 R29 R31 R33 R35 R37 R38 R39 R50 R51 R52 R53'
const OF_CREDITS = 'R23 R36'

/**
 * What a return code is not for, of the SEC code and the direction of an entry; null when it is for both. The same as
 * `returnCodeProblem` says, without its words, so that a validator need not carry them; a test keeps the two together.
 */
export function returnCodeMisfit(code: string, secCode: string, direction: Direction): string | null {
  if ((direction === 'credit' ? OF_DEBITS : OF_CREDITS).includes(code)) return `${direction}s`
  const isForSec = ONLY.get(code)?.includes(secCode) ?? !NEVER.get(code)?.includes(secCode)
  return isForSec ? null : secCode
}
