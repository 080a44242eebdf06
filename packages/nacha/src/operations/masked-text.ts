import type { Field } from '../field.ts'
import { type MaskKind, maskKindOf, shownOf } from './mask-kind.ts'

/** Digits of a bank that are hidden where 8 of them stand or a trace number begins with them. */
const BANK_DIGITS = 5
/** Shorter numbers in an open text are dates, codes and counts. */
const LONG_NUMBER = /\d{5,}/g
/** Letters, digits, and whatever is beyond ASCII. */
const LETTERS = /[0-9A-Za-z\u0080-\uffff]/g
/** Information of an addenda 99 that names no one: fields (R69), and the word for suspected fraud (R17). */
const OPEN_INFORMATION = /^(0[1-7](\*0[1-7])*|QUESTIONABLE) *$/

const accountOf = (text: string, by: string): string => {
  let left = text.replaceAll(' ', '').length
  left -= shownOf(left)
  return text.replace(/[^ ]/g, (character) => (left-- > 0 ? by : character))
}

function bankOf(text: string): string {
  let left = BANK_DIGITS
  return text.replace(/[^ ]/g, (character) => (left-- > 0 ? 'X' : character))
}

function afterStar(text: string): string {
  const star = Math.max(0, text.indexOf('*'))
  return text.slice(0, star) + text.slice(star).replace(LETTERS, 'X')
}

/** A text of as many characters, hidden as `kind` says. */
export function maskedText(kind: MaskKind, text: string): string {
  switch (kind) {
    case 'account':
      return accountOf(text, 'X')
    case 'digits':
      return accountOf(text, '0')
    case 'bank':
      return bankOf(text)
    case 'name':
      return text.replace(/(?<=[^ ])[^ ]/g, '.')
    case 'text':
      return text.replace(LETTERS, 'X')
    case 'afterStar':
      return afterStar(text)
    case 'numbers':
      return text.replace(LONG_NUMBER, (number) => accountOf(number, 'X'))
  }
}

/** What stands in a field, hidden as its name says. */
export function maskedValue(field: Pick<Field, 'name' | 'kind'>, text: string): string {
  const kind = maskKindOf(field)
  if (kind === null || (field.name === 'addendaInformation' && OPEN_INFORMATION.test(text))) return text
  return maskedText(kind, text)
}
