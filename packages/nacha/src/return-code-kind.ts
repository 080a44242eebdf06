/** `return` of an entry, `dishonored` return (answers it), `contested` dishonored return (answers that). */
export type ReturnKind = 'return' | 'dishonored' | 'contested'

const DIGITS: readonly (readonly [ReturnKind, string])[] = [
  [
    'return',
    '01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 ' +
      '40 41 42 43 44 45 46 47 50 51 52 53 80 81 82 83 84 85 90',
  ],
  ['dishonored', '61 62 67 68 69 70'],
  ['contested', '71 72 73 74 75 76 77'],
]

const KINDS: ReadonlyMap<string, ReturnKind> = new Map(
  DIGITS.flatMap(([kind, digits]) => digits.split(' ').map((each) => [`R${each}`, kind] as const)),
)

/** Dishonor codes of the past: no longer assigned, seen in old files. */
export const RETIRED_RETURN_CODES: Readonly<Record<string, string>> = {
  R63: 'wrong amount',
  R64: 'wrong individual identification',
  R65: 'wrong transaction code',
  R66: 'wrong company identification',
}

/**
 * Which of the three addenda 99 a code makes ('R01', 'R61', 'R71'); null for a code that is not assigned. Without the
 * words of `returnCode`, so that a validator need not carry them.
 */
export function returnCodeKind(code: string): ReturnKind | null {
  return KINDS.get(code) ?? null
}

/**
 * True for R90 to R99 but those assigned: some processors send own codes there. They are taken only when asked for.
 */
export function isCustomReturnCode(code: string): boolean {
  return /^R9\d$/.test(code) && returnCodeKind(code) === null
}
