import { fileHeader } from './records/file-header.ts'
import { isRoutingNumber } from './routing-number.ts'
import { type Checker, wordsOf } from './validate/checker.ts'

const { immediateDestination, immediateOrigin, fileCreationDate, fileCreationTime, fileIdModifier } = fileHeader.field

const LITERALS = {
  'file.header.priority_code': fileHeader.field.priorityCode,
  'file.header.record_size': fileHeader.field.recordSize,
  'file.header.blocking_factor': fileHeader.field.blockingFactor,
  'file.header.format_code': fileHeader.field.formatCode,
} as const

function checkDestination(checker: Checker, index: number): void {
  const text = checker.text(index, immediateDestination)
  const digits = text.trim()
  if (/^0*$/.test(digits)) {
    checker.fault('file.header.immediate_destination.required', index, immediateDestination)
  } else if (!/^(\d{9}|.{10,})$/.test(digits)) {
    const message = 'Expected a blank and 9 digits'
    checker.fault('file.header.immediate_destination.format', index, immediateDestination, message)
  } else if (digits.length === 9) {
    if (!isRoutingNumber(digits))
      checker.fault(
        'file.header.immediate_destination.check_digit',
        index,
        immediateDestination,
        'The check digit is wrong',
      )
    if (text.length === 9)
      checker.fault(
        'file.header.immediate_destination.leading_blank',
        index,
        immediateDestination,
        'Expected a blank before the 9 digits',
      )
  }
}

function checkOrigin(checker: Checker, index: number): void {
  const text = checker.text(index, immediateOrigin).trim()
  if (text === '') checker.fault('file.header.immediate_origin.required', index, immediateOrigin)
  else if (/^0+$/.test(text))
    checker.fault(
      'file.header.immediate_origin.zero',
      index,
      immediateOrigin,
      `${wordsOf(immediateOrigin)} is only zeros`,
    )
  else if (!isRoutingNumber(text)) {
    const message = 'Expected a routing number with a right check digit'
    checker.fault('file.header.immediate_origin.check_digit', index, immediateOrigin, message)
  }
}

function checkCreation(checker: Checker, index: number, asOf: string): void {
  const date = checker.date(index, fileCreationDate)
  if (date === '') checker.fault('file.header.creation_date.required', index, fileCreationDate)
  if (date === null)
    checker.fault('file.header.creation_date.invalid', index, fileCreationDate, 'Expected a day, YYMMDD')
  if (date && asOf && date > asOf) {
    const message = `${date} is after ${asOf}`
    checker.fault('file.header.creation_date.future', index, fileCreationDate, message)
  }
  const time = /^(([01]\d|2[0-3])[0-5]\d)?$/
  const words = 'a time, HHMM, or blanks'
  checker.expect(index, fileCreationTime, 'file.header.creation_time.invalid', time, words)
}

/** Checks the file header; `asOf` is the day the file is checked for, '' when it is unknown. */
export function checkFileHeader(checker: Checker, index: number, asOf: string): void {
  for (const [rule, field] of Object.entries(LITERALS)) {
    checker.expect(index, field, rule as keyof typeof LITERALS, [field.value], field.value)
  }
  checker.characters(index, fileHeader, () => 'file.header.names.characters')
  checkDestination(checker, index)
  checkOrigin(checker, index)
  checkCreation(checker, index, asOf)
  const modifiers = 'A to Z or 0 to 9'
  checker.expect(index, fileIdModifier, 'file.header.file_id_modifier', /^[A-Z0-9]$/, modifiers)
}
