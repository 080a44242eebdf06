import { CLASS_OF, CONTROL, SAFE, worstClass } from '../characters.ts'
import { fromSixDigits } from '../civil-date.ts'
import { type Field, RECORD_LENGTH, type RecordLayout } from '../field.ts'
import { digitsAt, isBlankAt, textAt } from '../read-field.ts'
import type { Records } from '../records.ts'
import type { RuleId } from '../rules/rule-id.ts'
import type { Report } from '../violation.ts'

/** What the text of a field must be, and the words for it: that it is missing when there are none. */
export type Expected = readonly [field: Field, rule: RuleId, form: RegExp | readonly string[], words?: string]

/** The name of a field as words: 'The company name' of companyName. */
export const wordsOf = ({ name }: Field) => `The ${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`

/** A text that is not only blanks, and one that is not only blanks and zeros. */
export const FILLED = /[^ ]/
export const GIVEN = /[^0 ]/
/** A day of the year, 001 to 366. */
export const JULIAN_DAY = /^(?!000)([012]\d\d|3[0-5]\d|36[0-6])$/

/** What every check needs: the records that are looked at, and where to say what is wrong. */
export class Checker {
  records: Records
  readonly report: Report

  constructor(records: Records, report: Report) {
    this.records = records
    this.report = report
  }

  /** A fault of one field of the record at `index`: that it is missing, when nothing else is said. */
  fault(rule: RuleId, index: number, field: Field, message = `${wordsOf(field)} is missing`): void {
    this.lineFault(rule, this.records.line(index), field, message)
  }

  /** A fault of a whole record. */
  recordFault(rule: RuleId, index: number, message: string): void {
    this.lineFault(rule, this.records.line(index), null, message)
  }

  /** A fault on a line whose record may be gone; of the whole record when `field` is null. */
  lineFault(rule: RuleId, line: number, field: Pick<Field, 'column' | 'name'> | null, message: string): void {
    this.report.add(rule, field ? { line, column: field.column, field: field.name } : { line, column: 1 }, message)
  }

  /** A field whose text is not of the form, or none of the list, is a fault. */
  expect(index: number, ...[field, rule, form, words]: Expected): void {
    const text = this.text(index, field)
    const isFine = form instanceof RegExp ? form.test(text) : form.includes(text)
    if (!isFine) this.fault(rule, index, field, words && `Expected ${words}`)
  }

  /** A whole record as text, without the blanks at its end. */
  record(index: number): string {
    return textAt(this.records.bytes, this.records.at(index), RECORD_LENGTH)
  }

  text(index: number, field: Field): string {
    return textAt(this.records.bytes, this.records.at(index) + field.start, field.length)
  }

  /** The number in a field, -1 when it is none. */
  number(index: number, field: Field): number {
    return digitsAt(this.records.bytes, this.records.at(index) + field.start, field.length)
  }

  isBlank(index: number, field: Field): boolean {
    return isBlankAt(this.records.bytes, this.records.at(index) + field.start, field.length)
  }

  /** True for a text of blanks and zeros only. */
  isBlankOrZero(index: number, field: Field): boolean {
    return /^[0 ]*$/.test(this.text(index, field))
  }

  /** Number fields hold digits and reserved ones blanks; fields in `others` have a rule of their own. */
  forms(index: number, fields: readonly Field[], others?: readonly Field[]): void {
    for (const field of fields) {
      if (field.kind === 'text' || field.kind === 'literal' || others?.includes(field)) continue
      if (field.kind === 'blank') {
        if (!this.isBlank(index, field)) {
          this.fault('parse.field.reserved_used', index, field, 'Reserved: leave it blank')
        }
      } else if (field.kind === 'date') {
        if (this.date(index, field) === null) {
          this.fault('parse.field.bad_date', index, field, 'Expected a day, YYMMDD')
        }
      } else if (this.number(index, field) < 0 && !(field.inclusion !== 'mandatory' && this.isBlank(index, field))) {
        const message = `Expected ${field.length} digits`
        this.fault('parse.field.not_numeric', index, field, message)
      }
    }
  }

  /** Characters of a record: `ruleOf` names the rule for a text field with characters that not every bank takes, null when another check has it. */
  characters(index: number, layout: RecordLayout, ruleOf: (field: Field) => RuleId | null): void {
    const { bytes } = this.records
    const at = this.records.at(index)
    if (worstClass(bytes, at) === SAFE) return
    for (const field of layout.fields) this.#charactersOf(index, field, ruleOf)
  }

  #charactersOf(index: number, field: Field, ruleOf: (field: Field) => RuleId | null): void {
    const { bytes } = this.records
    const at = this.records.at(index) + field.start
    for (let place = at; place < at + field.length; place++) {
      const byte = bytes[place] ?? 0
      const found = CLASS_OF[byte] ?? CONTROL
      if (found === SAFE) continue
      if (found === CONTROL) {
        const column = place - this.records.at(index) + 1
        const message = `Control character ${byte} at position ${column}`
        this.fault('parse.character.control', index, field, message)
        return
      }
      if (field.kind !== 'text') continue
      const rule = ruleOf(field)
      if (rule === null || !this.report.wants(rule)) continue
      const sign = textAt(bytes, place, 1)
      this.fault(rule, index, field, `Not every bank takes the character '${sign}'`)
      return
    }
  }

  /** The date in a field: '' when blank or zero, null when it is no day. */
  date(index: number, field: Field): string | null {
    const value = this.text(index, field)
    return /^(0*|\s*)$/.test(value) ? '' : fromSixDigits(value)
  }
}
