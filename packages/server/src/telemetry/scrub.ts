/** Our ids and RFC 3339 times are long runs of digits too, but never somebody's number. */
const KNOWN =
  /\b[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}\b|(?<!\d-?)\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)?(?![\d-])/g
/**
 * In names of files a day stands without dashes too, alone or before the number of a file of that day, of three digits at
 * most. Beside more digits it may be part of a number of an account.
 */
const KNOWN_IN_NAMES = new RegExp(
  `${KNOWN.source}|(?<!\\d[ -]?)20\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])(?:-\\d{1,3})?(?![ -]?\\d)`,
  'g',
)
const DIGITS = /\d(?:[ -]?\d){7,}/g
/** Line ends, what turns the direction of writing around, and halves of characters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** Puts `…` for every run of eight or more digits, also with spaces or dashes between them. */
export function scrubText(text: string): string {
  return replaceDigits(text, KNOWN, () => '…')
}

/**
 * What people and banks named, such as a file, as it may be told: of a run of eight or more digits the last four, unless
 * it is a day; no control characters.
 */
export function shownText(text: string): string {
  const last4 = (digits: string) => `••••${digits.replaceAll(/\D/g, '').slice(-4)}`
  return replaceDigits(text.replaceAll(UNSEEN, ' '), KNOWN_IN_NAMES, last4)
}

function replaceDigits(text: string, known: RegExp, by: (digits: string) => string): string {
  let clean = ''
  let from = 0
  for (const found of text.matchAll(known)) {
    clean += text.slice(from, found.index).replaceAll(DIGITS, by) + found[0]
    from = found.index + found[0].length
  }
  return clean + text.slice(from).replaceAll(DIGITS, by)
}

/** The same as `scrubText` for every string and number inside a value. */
export function scrub(value: unknown): unknown {
  if (typeof value === 'string') return scrubText(value)
  if (typeof value === 'number') return Math.abs(value) >= 10_000_000 ? '…' : value
  if (Array.isArray(value)) return value.map(scrub)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [scrubText(key), scrub(one)]))
  }
  return value
}
