import { isMasked, MAY_HOLD } from '../account-number.ts'
import { isAccountByte } from '../characters.ts'
import { digitsAt } from '../read-field.ts'
import { entryDetail } from '../records/entry-detail.ts'
import { isAssignedPrefix } from '../routing-number-problem.ts'
import type { BatchFacts } from './batch-facts.ts'
import type { Checker } from './checker.ts'

const { rdfiIdentification, checkDigit } = entryDetail.field
const BLANK = 0x20
const ZERO = 0x30
const HYPHEN = 0x2d

/** Checks the routing number; returns its first 8 digits, -1 when they are none. */
export function checkRouting(checker: Checker, index: number, bytes: Uint8Array, base: number): number {
  const from = base + rdfiIdentification.start
  const routing = digitsAt(bytes, from, 9)
  if (routing <= 0) {
    if (routing === 0 || checker.isBlank(index, rdfiIdentification)) {
      checker.fault('entry.rdfi.required', index, rdfiIdentification)
    } else {
      checker.fault('entry.rdfi.format', index, rdfiIdentification, 'Expected 9 digits')
    }
    return digitsAt(bytes, from, 8)
  }
  const d = (place: number) => (bytes[from + place] ?? ZERO) - ZERO
  const sum = 3 * (d(0) + d(3) + d(6)) + 7 * (d(1) + d(4) + d(7)) + d(2) + d(5)
  const expected = (10 - (sum % 10)) % 10
  if (expected !== d(8)) {
    const message = `The check digit is ${d(8)}, the other digits make it ${expected}`
    checker.fault('entry.rdfi.check_digit', index, checkDigit, message)
  }
  if (!isAssignedPrefix(d(0) * 10 + d(1))) {
    checker.fault('entry.rdfi.prefix', index, rdfiIdentification, 'No routing number begins with these two digits')
  }
  return Math.floor(routing / 10)
}

/** X, x, a star or a bullet first: only then is it worth to look whether the number is masked. */
const mayBeMasked = (byte: number) => byte === 0x58 || byte === 0x78 || byte < ZERO || byte > 0x7a

export function checkAccount(
  checker: Checker,
  index: number,
  bytes: Uint8Array,
  base: number,
  { account }: BatchFacts,
): void {
  const from = base + account.start
  let end = from + account.length
  while (end > from && bytes[end - 1] === BLANK) end--
  if (end === from) {
    checker.fault('entry.account.required', index, account, 'The account number is missing')
    return
  }
  if (
    checker.report.wants('entry.account.masked') &&
    mayBeMasked(bytes[from] ?? ZERO) &&
    isMasked(checker.text(index, account))
  ) {
    checker.fault('entry.account.masked', index, account, 'The account number is masked: enter the whole number')
    return
  }
  let blankAt: number | null = null
  let strangeAt: number | null = null
  let isZero = true
  for (let place = from; place < end; place++) {
    const byte = bytes[place] ?? 0
    if (byte === BLANK) blankAt ??= place
    if (byte !== BLANK && byte !== ZERO && byte !== HYPHEN) isZero = false
    if (!isAccountByte(byte)) strangeAt ??= place
  }
  if (strangeAt !== null) {
    const message = `The account number ${MAY_HOLD} what stands at position ${strangeAt - base + 1}`
    checker.fault('entry.account.characters', index, account, message)
  }
  if (isZero) checker.fault('entry.account.zero', index, account, 'The account number is only zeros')
  else if (blankAt !== null) {
    checker.fault('entry.account.inner_blank', index, account, `Blank at position ${blankAt - base + 1}`)
  }
}

export function checkName(checker: Checker, index: number, bytes: Uint8Array, base: number, facts: BatchFacts): void {
  const { name, row } = facts
  const first = name === null ? 0 : bytes[base + name.start]
  if (name === null || row.name === 'optional' || (first !== BLANK && first !== ZERO)) return
  if (!(facts.isMte ? checker.isBlankOrZero(index, name) : checker.isBlank(index, name))) return
  const rule = row.name === 'mandatory' ? 'entry.name.mandatory' : 'entry.name.required'
  checker.fault(rule, index, name)
}
