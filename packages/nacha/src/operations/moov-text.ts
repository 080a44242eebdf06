import { toSixDigits } from '../civil-date.ts'
import type { Field } from '../field.ts'
import { isRoutingNumber } from '../routing-number.ts'

const MOMENT = /^(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/
const AMERICAN = /^(\d\d)\/(\d\d)\/(\d{4})$/
/** Written with nothing before it, which moov-io/ach puts back: a blank, and zeros to 9 digits. */
const PARTIES = ['immediateDestination', 'immediateOrigin']

/** A moment as the field has it: YYMMDD, HHMM or SDHHMM, in the zone it is told in. Null for one it cannot hold. */
function momentText({ kind, name }: Field, given: string): string | null {
  const prefix = name === 'companyDescriptiveDate' ? 'SD' : ''
  if (kind !== 'date' && prefix === '' && name !== 'fileCreationTime') return given
  const [, day, hours, minutes] = MOMENT.exec(given.replace(/^SD/, '').replace(AMERICAN, '$3-$1-$2')) ?? []
  if (day === undefined) return given
  if (kind === 'date') return toSixDigits(day)
  return hours === undefined ? null : `${prefix}${hours}${minutes}`
}

/**
 * What a text of moov's form is in the file: all characters of its field; null when it does not fit. Text of exactly the
 * field's length stays as it is.
 */
export function filled(field: Field, given: string): string | null {
  const { name, kind, length } = field
  if (given.length === length) return given
  const text = momentText(field, given.trimEnd())
  if (text === null) return null
  if (kind === 'digits' && length === 8 && isRoutingNumber(text)) return text.slice(0, 8)
  if (text.length > length) return null
  if (PARTIES.includes(name) && /^(\d{1,9}|.{9})$/.test(text)) return ` ${text.padStart(9, '0')}`
  const isNumber = kind === 'digits' && length >= 8 && /^\d+$/.test(text)
  return isNumber ? text.padStart(length, '0') : text.padEnd(length)
}

/** The shortest text that `filled` makes these characters of. A trace number that is empty would be worked out. */
export function shortened(field: Field, raw: string): string {
  const text = raw.trim()
  if (text === '' && field.name === 'traceNumber') return raw
  return filled(field, text) === raw ? text : raw
}
