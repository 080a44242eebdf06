import { CHECK_RETURN_CODES } from './return-code-check.ts'
import { CONTEST_RETURN_CODES, DISHONOR_RETURN_CODES } from './return-code-dishonor.ts'
import { isCustomReturnCode, RETIRED_RETURN_CODES } from './return-code-kind.ts'
import { ENROLLMENT_RETURN_CODES, GATEWAY_RETURN_CODES, OPERATOR_RETURN_CODES } from './return-code-operator.ts'
import { RDFI_RETURN_CODES } from './return-code-rdfi.ts'
import type { ReturnCode } from './return-code-row.ts'
import type { Direction } from './transaction-code.ts'

/** Every return reason code of addenda 99 that is assigned, by code. */
export const RETURN_CODES: ReadonlyMap<string, ReturnCode> = new Map(
  [
    RDFI_RETURN_CODES,
    CHECK_RETURN_CODES,
    OPERATOR_RETURN_CODES,
    ENROLLMENT_RETURN_CODES,
    GATEWAY_RETURN_CODES,
    DISHONOR_RETURN_CODES,
    CONTEST_RETURN_CODES,
  ]
    .flatMap((chapter) => [...chapter])
    .toSorted(([a], [b]) => (a < b ? -1 : 1)),
)

/** What a return reason code ('R01') means; null for one that is not assigned. */
export function returnCode(code: string): ReturnCode | null {
  return RETURN_CODES.get(code) ?? null
}

/**
 * What is wrong with a return code on an entry of this SEC code and direction, as a sentence; null when nothing is.
 */
export function returnCodeProblem(
  code: string,
  entry: { readonly secCode: string; readonly direction: Direction },
): string | null {
  const row = returnCode(code)
  if (!row) {
    if (!/^R\d\d$/.test(code)) return 'A return code is R and two digits'
    const retired = RETIRED_RETURN_CODES[code]
    if (retired !== undefined) return `${code} (${retired}) is an old dishonor code that is not used any more`
    const custom = isCustomReturnCode(code) ? ': some processors have own codes there, ask which one sent it' : ''
    return `${code} is not assigned${custom}`
  }
  if (row.direction !== null && row.direction !== entry.direction) return `${code} is for ${row.direction}s only`
  if (row.onlyFor && !row.onlyFor.includes(entry.secCode)) return `${code} is for ${row.onlyFor.join(', ')} only`
  return row.notFor.includes(entry.secCode) ? `${code} is not for ${entry.secCode}` : null
}

/** A rate of returned debits among the debits originated, over the preceding 60 days or two calendar months. */
export interface ReturnRateLevel {
  readonly level: 'unauthorized' | 'administrative' | 'overall'
  /** In hundredths of a percent: 50 is 0.5 %. */
  readonly thresholdBasisPoints: number
  /** The codes that count; null: every one. */
  readonly codes: readonly string[] | null
  readonly notFor: readonly string[]
  readonly consequence: string
}

export const RETURN_RATE_LEVELS: readonly ReturnRateLevel[] = [
  {
    level: 'unauthorized',
    thresholdBasisPoints: 50,
    codes: ['R05', 'R07', 'R10', 'R11', 'R29', 'R51'],
    notFor: [],
    consequence: 'above it, a breach of the rules',
  },
  {
    level: 'administrative',
    thresholdBasisPoints: 300,
    codes: ['R02', 'R03', 'R04'],
    notFor: [],
    consequence: 'above it, an inquiry',
  },
  { level: 'overall', thresholdBasisPoints: 1500, codes: null, notFor: ['RCK'], consequence: 'above it, an inquiry' },
]
