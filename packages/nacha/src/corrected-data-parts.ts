import type { CorrectedPlace } from './corrected-data-layout.ts'
import { correctedValueProblem } from './corrected-data-value.ts'

/**
 * The values of corrected data that does not keep to the positions: a routing number of 9 digits at the beginning, a
 * transaction code after a blank at the end, and what is between them. Null when that gives no valid values either.
 * Blanks inside the value between are kept: account numbers may have them.
 */
export function correctedDataParts(text: string, places: readonly CorrectedPlace[]): string[] | null {
  let rest = text.trim()
  const found = new Map<string, string>()
  const fields = places.map((each) => each.field)
  if (fields.includes('routingNumber')) {
    found.set('routingNumber', rest.slice(0, 9))
    rest = rest.slice(9)
    // A digit more would make it an account number whose first digits happen to pass the check: only C07 has no gap.
    const needsGap = fields.length > 1 && !fields.includes('transactionCode')
    if (rest !== '' && (fields.length === 1 || needsGap) && !rest.startsWith(' ')) return null
  }
  if (fields.includes('transactionCode')) {
    const code = /(^| )(\d\d)$/.exec(rest)
    if (!code) return null
    found.set('transactionCode', code[2] ?? '')
    rest = rest.slice(0, code.index)
  }
  const between = fields.find((field) => field !== 'routingNumber' && field !== 'transactionCode')
  if (between === undefined && rest.trim() !== '') return null
  if (between !== undefined) found.set(between, rest.trim())
  const values = places.map(({ field }) => found.get(field) ?? '')
  const fits = places.every(({ field, first, last }, index) => {
    return correctedValueProblem(field, values[index] ?? '', last - first + 1) === null
  })
  return fits ? values : null
}
