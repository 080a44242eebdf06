import { addendaLayoutAt, addendaTypeAt, type Category, categoryOf } from '../addenda-kind.ts'
import type { RecordLayout } from '../field.ts'
import { padded } from '../padded.ts'
import { digitsAt } from '../read-field.ts'
import { addenda05 } from '../records/addenda-05.ts'
import { entryDetail } from '../records/entry-detail.ts'
import type { RuleId } from '../rules/rule-id.ts'
import { ADDENDA_CONTENT } from './addenda-content.ts'
import { type BatchFacts, type EntryFacts, fieldOf } from './batch-facts.ts'
import type { Checker } from './checker.ts'
import { checkIatAddenda } from './sec/check-iat-addenda.ts'

const typeField = addenda05.field.addendaTypeCode
const trace = entryDetail.field.traceNumber

/** What an entry is, from the addenda that follow it: a payment, unless one of them is a 98 or 99. */
export function categoryOfEntry(checker: Checker, entry: number, addendaCount: number): Category {
  const { bytes } = checker.records
  for (let index = entry + 1; index <= entry + addendaCount; index++) {
    const category = categoryOf(bytes, checker.records.at(index))
    if (category !== 'forward') return category
  }
  return 'forward'
}

const IAT_TYPES: readonly number[] = [10, 11, 12, 13, 14, 15, 16, 17, 18]

function isAllowedType(type: number, { category }: EntryFacts, facts: BatchFacts): boolean {
  if (facts.secCode === 'COR') return type === 98
  if (category === 'noc' || category === 'refusedNoc') return false
  if (category !== 'forward') return type === 99 || (facts.isIat && IAT_TYPES.includes(type))
  if (facts.isIat) return IAT_TYPES.includes(type)
  return facts.row.addendaType !== null && Number(facts.row.addendaType) === type
}

const charactersRule = (layout: RecordLayout): RuleId =>
  layout === addenda05 ? 'addenda05.characters' : 'addenda.text.characters'

function checkLinks(checker: Checker, index: number, layout: RecordLayout, entry: EntryFacts, expected: number): void {
  const { addendaSequenceNumber, entryDetailSequenceNumber, traceNumber } = layout.field
  if (addendaSequenceNumber) {
    const found = checker.number(index, addendaSequenceNumber)
    if (found >= 0 && found !== expected) {
      checker.fault('addenda.sequence', index, addendaSequenceNumber, `Expected ${expected}, found ${found}`)
    }
  }
  const sequence = digitsAt(checker.records.bytes, checker.records.at(entry.index) + trace.start + 8, 7)
  if (sequence < 0) return
  if (entryDetailSequenceNumber && checker.number(index, entryDetailSequenceNumber) !== sequence) {
    const message = `The trace number of the entry ends in ${padded(sequence, 7)}`
    checker.fault('addenda.entry_sequence', index, entryDetailSequenceNumber, message)
  }
  const number = checker.number(entry.index, trace)
  if (traceNumber && number >= 0 && checker.number(index, traceNumber) !== number) {
    checker.fault('addenda.trace_number', index, traceNumber, 'Expected the trace number of the entry')
  }
}

/** Checks one addenda record; returns its type, null when the rest of its rules cannot be asked. */
function checkOne(
  checker: Checker,
  index: number,
  entry: EntryFacts,
  facts: BatchFacts,
  counts: Map<number, number>,
): number | null {
  const at = checker.records.at(index)
  const layout = addendaLayoutAt(checker.records.bytes, at, facts)
  if (layout === null) {
    checker.fault('parse.addenda.unknown_type', index, typeField, 'This is no addenda type')
    return null
  }
  const type = addendaTypeAt(checker.records.bytes, at)
  if (!isAllowedType(type, entry, facts)) {
    const message = `${facts.secCode} does not allow addenda of type ${padded(type, 2)} here`
    checker.fault('addenda.type_for_sec', index, typeField, message)
    return null
  }
  const count = (counts.get(type) ?? 0) + 1
  counts.set(type, count)
  checker.forms(index, layout.fields)
  checker.characters(index, layout, () => charactersRule(layout))
  checkLinks(checker, index, layout, entry, count)
  ADDENDA_CONTENT[layout.name]?.(checker, index, entry, facts)
  return type
}

function checkMaximum(checker: Checker, entry: EntryFacts, facts: BatchFacts, count: number): void {
  const isForward = entry.category === 'forward'
  const maximum = isForward ? facts.row.maximumAddenda : 1
  if (count <= maximum) return
  const rule = isForward && facts.secCode === 'ATX' ? 'addenda.count.maximum_acknowledgment' : 'addenda.count.maximum'
  const message = `${count} addenda, ${facts.secCode} allows at most ${maximum}`
  checker.recordFault(rule, entry.index + maximum + 1, message)
}

/** Prenotes of MTE, POS and SHR go without the addenda that payments need; a return has lost its own. */
function checkMinimum(checker: Checker, entry: EntryFacts, facts: BatchFacts, isPrenote: boolean): void {
  const { minimumAddenda, addendaType } = facts.row
  if (entry.category !== 'forward' || entry.addendaCount >= minimumAddenda) return
  if (addendaType === '02' && isPrenote) return
  const rule = addendaType === '98' ? 'sec.cor.addenda' : 'addenda.count.minimum'
  checker.recordFault(rule, entry.index, `${facts.secCode} needs an addenda of type ${addendaType}`)
}

function checkDeclared(checker: Checker, entry: EntryFacts, facts: BatchFacts): void {
  const field = fieldOf(facts.entry, 'numberOfAddenda')
  // A returned CTX entry may repeat the count of the original or say 1.
  if (!field || (entry.category !== 'forward' && !facts.isIat)) return
  const declared = checker.number(entry.index, field)
  if (declared === entry.addendaCount) return
  const isEnrolment = facts.secCode === 'ENR'
  if (declared < 0 && !isEnrolment) {
    checker.fault('parse.field.not_numeric', entry.index, field, 'Expected 4 digits')
    return
  }
  const rule = isEnrolment ? 'addenda.count.declared_enrolment' : 'addenda.count.declared'
  const message = `The entry says ${declared < 0 ? 'nothing' : declared}, ${entry.addendaCount} addenda follow`
  checker.fault(rule, entry.index, field, message)
}

/** Checks the addenda records of an entry, and that there are as many as there must be. */
export function checkAddenda(checker: Checker, entry: EntryFacts, facts: BatchFacts, isPrenote: boolean): void {
  checkMinimum(checker, entry, facts, isPrenote)
  checkDeclared(checker, entry, facts)
  if (entry.addendaCount === 0 && !facts.isIat) return
  const counts = new Map<number, number>()
  const types: number[] = []
  for (let index = entry.index + 1; index <= entry.index + entry.addendaCount; index++) {
    const type = checkOne(checker, index, entry, facts, counts)
    if (type !== null) types.push(type)
  }
  if (facts.isIat) checkIatAddenda(checker, entry, types)
  else checkMaximum(checker, entry, facts, types.length)
}
