import { digitsAt } from '../read-field.ts'
import { addenda05 } from '../records/addenda-05.ts'
import { entryDetail } from '../records/entry-detail.ts'
import type { BatchFacts, EntryAddenda } from './check-entry.ts'
import type { Checker } from './checker.ts'

const { field } = addenda05
const ADDENDA = 0x37
const NONE: EntryAddenda = { count: 0, hasReturn: false }

/** Types that Nacha defines; 98 and 99 belong to notifications of change and returns. */
const TYPES: readonly string[] = '02 05 10 11 12 13 14 15 16 17 18 98 99'.split(' ')
const RETURN_TYPES: readonly string[] = ['98', '99']

const typeOf = (checker: Checker, index: number) => checker.text(index, field.addendaTypeCode)

/** Counts the addenda records after the entry at `entry`; `end` is where the batch ends. */
export function addendaAfter(checker: Checker, entry: number, end: number): EntryAddenda {
  let next = entry + 1
  if (next >= end || checker.records.type(next) !== ADDENDA) return NONE
  let hasReturn = false
  for (; next < end && checker.records.type(next) === ADDENDA; next++) {
    if (RETURN_TYPES.includes(typeOf(checker, next))) hasReturn = true
  }
  return { count: next - entry - 1, hasReturn }
}

function checkAddenda05(checker: Checker, index: number, expected: number, entrySequence: number): void {
  checker.forms(index, addenda05)
  checker.characters(index, addenda05, () => 'addenda05.characters')
  const sequence = checker.number(index, field.addendaSequenceNumber)
  if (sequence >= 0 && sequence !== expected) {
    checker.fault('addenda.sequence', index, field.addendaSequenceNumber, `Expected ${expected}, found ${sequence}`)
  }
  if (entrySequence >= 0 && checker.number(index, field.entryDetailSequenceNumber) !== entrySequence) {
    checker.fault(
      'addenda.entry_sequence',
      index,
      field.entryDetailSequenceNumber,
      `The trace number of the entry ends in ${String(entrySequence).padStart(7, '0')}`,
    )
  }
  const information = checker.text(index, field.paymentRelatedInformation)
  if (information.includes('*') && !information.endsWith('\\')) {
    checker.fault(
      'addenda05.delimiters',
      index,
      field.paymentRelatedInformation,
      "Data elements (*) end with a backslash '\\'",
    )
  }
}

/** Checks the addenda records of the entry at `entry`. */
export function checkAddendaOf(checker: Checker, entry: number, addenda: EntryAddenda, facts: BatchFacts): void {
  const { bytes } = checker.records
  const trace = entryDetail.field.traceNumber
  const entrySequence = digitsAt(bytes, checker.records.at(entry) + trace.start + 8, 7)
  let of05 = 0
  for (let index = entry + 1; index <= entry + addenda.count; index++) {
    const type = typeOf(checker, index)
    if (type === '05') checkAddenda05(checker, index, ++of05, entrySequence)
    else if (RETURN_TYPES.includes(type))
      checker.fault(
        'addenda.type.unsupported',
        index,
        field.addendaTypeCode,
        `Addenda of type ${type} are not checked by this version`,
      )
    else if (!TYPES.includes(type))
      checker.fault('parse.addenda.unknown_type', index, field.addendaTypeCode, 'This is no addenda type')
    else if (!facts.row.addendaTypes.includes(type))
      checker.fault(
        'addenda.type_for_sec',
        index,
        field.addendaTypeCode,
        `${facts.secCode} does not allow addenda of type ${type}`,
      )
  }
  if (of05 > facts.row.maximumAddenda) {
    const message = `${of05} addenda, ${facts.secCode} allows at most ${facts.row.maximumAddenda}`
    checker.recordFault('addenda.count.maximum', entry + facts.row.maximumAddenda + 1, message)
  }
}
