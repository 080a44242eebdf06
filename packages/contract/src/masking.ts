/**
 * The digits of a number that may be shown: the last four, and never more than half of a short one.
 * Separators do not count.
 */
export function lastDigits(number: string): string {
  const characters = number.replaceAll(/[\s-]/g, '')
  return characters.slice(characters.length - Math.min(4, Math.floor(characters.length / 2)))
}

/** `6789` → `••••6789`. */
export function maskedAccountNumber(last4: string): string {
  return `••••${last4}`
}

/** `091000019` → `*****0019`. */
export function maskedRoutingNumber(routingNumber: string): string {
  return `*****${routingNumber.slice(-4)}`
}
