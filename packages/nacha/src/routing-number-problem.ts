import { isRoutingNumber } from './routing-number.ts'

/** What is wrong with a routing number, as a sentence for a person without the number itself; null when nothing is. */
export function routingNumberProblem(text: string): string | null {
  if (text === '') return 'is missing: enter the 9 digits at the lower left of a check'
  if (!/^\d*$/.test(text)) return 'may hold digits only'
  if (text.length !== 9) return `has ${text.length} ${text.length === 1 ? 'digit' : 'digits'}, needs 9`
  if (text === '000000000') return 'is all zeros: enter the bank’s routing number'
  return isRoutingNumber(text) ? null : 'check digit is wrong: look for a mistyped or swapped digit'
}

/** The digit that must stand ninth after these 8 digits. */
export function checkDigitOf(eightDigits: string): number {
  let sum = 0
  for (let index = 0; index < 8; index++) sum += Number(eightDigits[index]) * ([3, 7, 1][index % 3] ?? 0)
  return (10 - (sum % 10)) % 10
}

/** First two digits that the ABA has assigned: government, Reserve districts, thrifts, electronic, travellers checks. */
export function isAssignedPrefix(prefix: number): boolean {
  return prefix <= 12 || (prefix >= 21 && prefix <= 32) || (prefix >= 61 && prefix <= 72) || prefix === 80
}
