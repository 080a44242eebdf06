import { entryDetail } from './records/entry-detail.ts'

const MAXIMUM = entryDetail.field.dfiAccountNumber.length
const STRANGE = /[^A-Za-z0-9 -]/u

/** True for a number that was masked for display: bullets, stars, or a run of X before its last digits. */
export function isMasked(text: string): boolean {
  return /[*•●∙·]/.test(text) || /^[Xx]{2,}[ -]?[0-9A-Za-z]{0,4}$/.test(text)
}

/** Said of a number with something else, of which what follows says what or where. */
export const MAY_HOLD = 'may hold letters, digits, blanks and hyphens, not'

/**
 * What is wrong with a DFI account number, as a sentence for a person without the number itself; null when nothing is.
 * 1 to 17 letters, digits, blanks and hyphens; a longer one is refused, never cut.
 */
export function accountNumberProblem(text: string): string | null {
  if (text.trim() === '') return 'is missing'
  if (isMasked(text)) return 'is masked: enter the whole number'
  const strange = STRANGE.exec(text)?.[0]
  if (strange !== undefined) return `${MAY_HOLD} '${strange}'`
  if (text !== text.trim()) return 'starts or ends with a blank'
  if (text.length > MAXIMUM) return `has ${text.length} characters, at most ${MAXIMUM} fit`
  if (/^[0 -]*$/.test(text)) return 'holds only zeros'
  return null
}
