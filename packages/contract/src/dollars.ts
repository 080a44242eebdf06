/** The most one entry can carry: ten digits of cents (Nacha entry detail, positions 30–39). */
export const MAX_AMOUNT_CENTS = 9_999_999_999

/** `123456` → `$1,234.56`. */
export function formatCents(cents: number): string {
  const sign = cents < 0 ? '-' : ''
  const digits = Math.abs(cents).toString().padStart(3, '0')
  return `${sign}$${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)}`
}

/** What a person typed as dollars → cents, or a sentence that says what is wrong with it. */
export function parseDollars(text: string): { cents: number; problem: null } | { cents: null; problem: string } {
  const match = /^\$?\s*(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?$/.exec(text.trim())
  if (!match) return { cents: null, problem: 'Type an amount in dollars, like 1,234.50.' }
  const fraction = match[3] ?? ''
  if (fraction.length > 2) return { cents: null, problem: 'An amount has at most two decimals.' }
  const cents = Number((match[2] ?? '').replaceAll(',', '')) * 100 + Number(fraction.padEnd(2, '0'))
  if (match[1] === '-' || cents === 0) return { cents: null, problem: 'The amount must be more than zero.' }
  if (cents > MAX_AMOUNT_CENTS) return { cents: null, problem: 'One entry carries at most $99,999,999.99.' }
  return { cents, problem: null }
}
