/** `return` of an entry, `dishonored` return (answers it), `contested` dishonored return (answers that). */
export type ReturnKind = 'return' | 'dishonored' | 'contested'

const KINDS: readonly (readonly [ReturnKind, RegExp])[] = [
  ['return', /^R(0[1-9]|[123]\d|4[0-7]|5[0-3]|8[0-5]|90)$/],
  ['dishonored', /^R(6[12789]|70)$/],
  ['contested', /^R7[1-7]$/],
]

/** Dishonor codes of the past: no longer assigned, seen in old files. */
export const RETIRED_RETURN_CODES: Readonly<Record<string, string>> = {
  R63: 'wrong amount',
  R64: 'wrong individual identification',
  R65: 'wrong transaction code',
  R66: 'wrong company identification',
}

/** True for R63 to R66. */
export function isRetiredReturnCode(code: string): boolean {
  return /^R6[3-6]$/.test(code)
}

/**
 * Which of the three addenda 99 a code makes ('R01', 'R61', 'R71'); null for a code that is not assigned. Without the
 * words of `returnCode`, so that a validator need not carry them.
 */
export function returnCodeKind(code: string): ReturnKind | null {
  return KINDS.find(([, codes]) => codes.test(code))?.[0] ?? null
}

/**
 * True for R90 to R99 but those assigned: some processors send own codes there. They are taken only when asked for.
 */
export function isCustomReturnCode(code: string): boolean {
  return /^R9\d$/.test(code) && returnCodeKind(code) === null
}
