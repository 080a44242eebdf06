import { addendaTypeAt } from '../../addenda-kind.ts'
import { addenda10 } from '../../records/addenda-10.ts'
import { addenda17 } from '../../records/addenda-17.ts'
import { entryIat } from '../../records/entry-iat.ts'
import type { EntryFacts } from '../batch-facts.ts'
import type { Checker } from '../checker.ts'

const MANDATORY: readonly number[] = [10, 11, 12, 13, 14, 15, 16]
const { gatewayOfacIndicator, secondaryOfacIndicator } = entryIat.field

/** How many parts the first addenda 17 begins with, by the type of the payment in addenda 10. */
const PARTS: Readonly<Record<string, number>> = { ARC: 1, BOC: 1, RCK: 1, POP: 3, MTE: 4, POS: 4, SHR: 4 }

function checkOptional(checker: Checker, entry: number, types: readonly number[], isReturn: boolean): void {
  const of17 = types.filter((type) => type === 17).length
  const of18 = types.filter((type) => type === 18).length
  if (isReturn && of17 + of18 > 0) {
    checker.recordFault('sec.iat.return_addenda', entry, 'A return has no addenda 17 or 18')
  } else if (of17 > 2 || of17 + of18 > 5) {
    const message = `${of17} addenda 17 and ${of18} addenda 18: at most 2, 5, and 5 together`
    checker.recordFault('sec.iat.optional_addenda', entry, message)
  }
}

function checkTypeAddenda(checker: Checker, { index, addendaCount }: EntryFacts): void {
  let type = ''
  let information = ''
  for (let record = index + addendaCount; record > index; record--) {
    const found = addendaTypeAt(checker.records.bytes, checker.records.at(record))
    if (found === 10) type = checker.text(record, addenda10.field.transactionTypeCode)
    if (found === 17) information = checker.text(record, addenda17.field.paymentRelatedInformation)
  }
  const parts = PARTS[type]
  const named = /^[^\\]*(?=\\)/.exec(information)?.[0].split('*') ?? []
  if (parts !== undefined && (named.length !== parts || named.includes(''))) {
    const message = `Type ${type} has an addenda 17 that begins with the check or terminal`
    checker.recordFault('sec.iat.type_addenda', index, message)
  }
}

/** Which addenda an IAT entry has, and in which order. */
export function checkIatAddenda(checker: Checker, entry: EntryFacts, types: readonly number[]): void {
  const { index, category } = entry
  if (category === 'noc' || category === 'refusedNoc') return
  const mandatory = types.filter((type) => MANDATORY.includes(type))
  const missing = MANDATORY.filter((type) => !mandatory.includes(type))
  const isInOrder = MANDATORY.every((type, at) => mandatory[at] === type && types[at] === type)
  if (missing.length > 0) {
    checker.recordFault('sec.iat.mandatory_addenda', index, `Addenda ${missing.join(', ')} is missing`)
  } else if (mandatory.length > MANDATORY.length || !isInOrder) {
    checker.recordFault('sec.iat.mandatory_addenda', index, 'Addenda 10 to 16 come first, once each, in order')
  }
  checkOptional(checker, index, types, category !== 'forward')
  if (category === 'forward') checkTypeAddenda(checker, entry)
}

/** The OFAC indicators of an IAT entry. */
export function checkOfac(checker: Checker, { index }: EntryFacts): void {
  for (const field of [gatewayOfacIndicator, secondaryOfacIndicator]) {
    const words = 'blank, 0 (no match) or 1 (match)'
    checker.expect(index, field, 'sec.iat.ofac', /^[01]?$/, words)
  }
}
