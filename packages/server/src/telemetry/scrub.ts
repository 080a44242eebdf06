/** Our ids and RFC 3339 times are long runs of digits too, but never somebody's number. */
const KNOWN =
  /\b[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}\b|\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)?(?![\d-])/g
const DIGITS = /\d(?:[ -]?\d){7,}/g

/** Puts `…` for every run of eight or more digits, also with spaces or dashes between them. */
export function scrubText(text: string): string {
  let clean = ''
  let from = 0
  for (const known of text.matchAll(KNOWN)) {
    clean += text.slice(from, known.index).replaceAll(DIGITS, '…') + known[0]
    from = known.index + known[0].length
  }
  return clean + text.slice(from).replaceAll(DIGITS, '…')
}

/** The same for every string and number inside a value. */
export function scrub(value: unknown): unknown {
  if (typeof value === 'string') return scrubText(value)
  if (typeof value === 'number') return Math.abs(value) >= 10_000_000 ? '…' : value
  if (Array.isArray(value)) return value.map(scrub)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [scrubText(key), scrub(one)]))
  }
  return value
}
