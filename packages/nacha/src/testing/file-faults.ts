import type { RuleId } from '../rules/rules.ts'
import type { ValidateOptions } from '../validate-file.ts'
import { bytesOf, drop, type Edit, insertAfter, put, repeatAfter, settle } from './ach-lines.ts'

/**
 * One file for one rule: `test-data/valid/payroll-and-collection.ach` with edits that break this rule and no other.
 * Lines there: 1 header; 2 PPD credits, 3 entry, 4 entry with 5 addenda, 6 entry, 7 control;
 * 8 CCD debits, 9 entry with 10 addenda, 11 entry, 12 control; 13 file control; 14-20 filler.
 */
export interface FileFault {
  readonly rule: RuleId
  readonly edits: readonly Edit[]
  readonly profile: 'standard' | 'originate'
  /** The file under `test-data/valid/` that is right but for this fault. */
  readonly base: string
  /** What else the validation is told. */
  readonly options: ValidateOptions
  /** How the lines become bytes, where that is the fault. */
  readonly toBytes: (lines: readonly string[]) => Uint8Array
}

const encoder = new TextEncoder()

export function fault(rule: RuleId, ...edits: Edit[]): FileFault {
  return {
    rule,
    edits,
    profile: 'standard',
    base: 'payroll-and-collection',
    options: {},
    toBytes: (lines) => bytesOf(lines),
  }
}

/** A fault that only the stricter profile names. */
export const strict = (rule: RuleId, ...edits: Edit[]): FileFault => ({
  ...fault(rule, ...edits),
  profile: 'originate',
})

const written = (rule: RuleId, toBytes: FileFault['toBytes']): FileFault => ({ ...fault(rule), toBytes })

/** The same text in the header (line 8) and the control (line 12) of the second batch. */
const both =
  (header: number, control: number, text: string): Edit =>
  (lines) =>
    put(12, control, text)(put(8, header, text)(lines))

const swap: Edit = ([first = '', second = '', ...rest]) => [second, first, ...rest]
const append =
  (line: number, text: string): Edit =>
  (lines) =>
    lines.map((each, index) => (index + 1 === line ? each + text : each))
const cut =
  (line: number, length: number): Edit =>
  (lines) =>
    lines.map((each, index) => (index + 1 === line ? each.slice(0, length) : each))

const NINE_DIGITS_UNASSIGNED = '130000006'

export const readingFaults: readonly FileFault[] = [
  written('parse.file.empty', () => new Uint8Array()),
  fault('parse.file.missing_header', drop(1), settle),
  fault('parse.file.missing_control', drop(13, 20)),
  fault('parse.file.duplicate_header', repeatAfter(1, 1), settle),
  fault('parse.file.duplicate_control', repeatAfter(13, 13)),
  fault('parse.line.short', cut(1, 80)),
  fault('parse.line.long', append(3, 'X')),
  fault('parse.line.long_blank', append(3, '  ')),
  written('parse.line.partial', (lines) => encoder.encode(`${lines.join('')}     `)),
  written('parse.line.mixed_endings', (lines) => encoder.encode(`${lines.join('\n').replace('\n', '\r\n')}\n`)),
  { ...written('parse.line.limit', (lines) => bytesOf([...lines, '', '9'.repeat(94)])), options: { maxLines: 21 } },
  fault('parse.record.unknown_type', insertAfter(7, '2'.padEnd(94)), settle),
  fault('parse.record.order', swap),
  fault('parse.record.after_file_control', repeatAfter(13, 3)),
  written('parse.encoding.detected', (lines) => new Uint8Array([0xef, 0xbb, 0xbf, ...bytesOf(lines)])),
  fault('parse.encoding.multibyte', put(3, 56, 'É')),
  fault('parse.encoding.unknown_character', put(3, 56, '名')),
  fault('parse.character.control', put(3, 56, '\t')),
  fault('parse.field.not_numeric', put(5, 84, '000A')),
  fault('parse.field.bad_date', put(2, 70, '261399')),
  fault('parse.field.reserved_used', put(7, 74, 'X')),
  fault('parse.addenda.unknown_type', put(5, 2, '77')),
  fault('parse.addenda.outside_entry', repeatAfter(7, 5), settle),
  fault('parse.addenda.outside_entry', repeatAfter(2, 5), settle),
  fault('parse.entry.outside_batch', repeatAfter(7, 3), settle),
  fault('parse.batch.missing_header', repeatAfter(7, 7), settle),
  fault('parse.batch.missing_control', drop(7), settle),
]

export const headerAndControlFaults: readonly FileFault[] = [
  fault('file.header.priority_code', put(1, 2, '02')),
  fault('file.header.record_size', put(1, 35, '095')),
  fault('file.header.blocking_factor', put(1, 38, '20')),
  fault('file.header.format_code', put(1, 40, '2')),
  fault('file.header.immediate_destination.required', put(1, 4, '          ')),
  fault('file.header.immediate_destination.required', put(1, 4, '0000000000')),
  fault('file.header.immediate_destination.format', put(1, 4, ' 12345    ')),
  fault('file.header.immediate_destination.format', put(1, 4, ' 09100001A')),
  fault('file.header.immediate_destination.check_digit', put(1, 4, ' 091000018')),
  fault('file.header.immediate_destination.leading_blank', put(1, 4, '091000019 ')),
  fault('file.header.immediate_origin.required', put(1, 14, '          ')),
  fault('file.header.immediate_origin.zero', put(1, 14, '0000000000')),
  {
    ...fault('file.header.immediate_origin.check_digit'),
    options: { severities: { 'file.header.immediate_origin.check_digit': 'error' } },
  },
  { ...fault('file.header.creation_date.future'), options: { asOf: '2026-11-19' } },
  fault('file.header.creation_date.required', put(1, 24, '      ')),
  fault('file.header.creation_date.invalid', put(1, 24, '261131')),
  fault('file.header.creation_time.invalid', put(1, 30, '2960')),
  fault('file.header.file_id_modifier', put(1, 34, 'a')),
  strict('file.header.names.characters', put(1, 41, '~')),
  fault('file.batches.none', drop(2, 12), settle),
  fault('file.batch_number.ascending', both(88, 88, '0000001')),
  fault('file.control.batch_count', put(13, 2, '000003')),
  fault('file.control.block_count', put(13, 8, '000001')),
  fault('file.control.entry_addenda_count', put(13, 14, '00000008')),
  fault('file.control.entry_hash', put(13, 22, '0071624748')),
  fault('file.control.total_debit', put(13, 32, '000000500124')),
  fault('file.control.total_credit', put(13, 44, '000000222817')),
  fault('file.filler.count', drop(20)),
  fault('file.filler.content', put(20, 90, '     ')),
  fault('file.trace_number.duplicate', put(9, 88, '0000001'), put(10, 88, '0000001')),
]

export const batchFaults: readonly FileFault[] = [
  fault('batch.entries.none', drop(9, 11), settle),
  fault('batch.header.service_class', both(2, 2, '210')),
  fault('batch.header.service_class.adv', both(2, 2, '280')),
  fault('batch.header.company_name.required', put(8, 5, ' '.repeat(16))),
  fault('batch.header.company_name.zero', put(8, 5, '0'.repeat(16))),
  fault('batch.header.company_identification.required', both(41, 45, ' '.repeat(10))),
  fault('batch.header.company_identification.zero', both(41, 45, '0'.repeat(10))),
  fault('batch.header.entry_description.required', put(8, 54, ' '.repeat(10))),
  fault('batch.header.entry_description.zero', put(8, 54, '0'.repeat(10))),
  strict('batch.header.characters', put(8, 21, '~')),
  fault('batch.header.sec', put(8, 51, 'ccd')),
  fault('batch.header.originator_status', put(8, 79, '0')),
  fault('batch.header.odfi.required', both(80, 80, ' '.repeat(8))),
  fault('batch.header.odfi.format', both(80, 80, '0910000A')),
  fault('batch.header.odfi.prefix', both(80, 80, '13000000'), put(9, 80, '13000000'), put(11, 80, '13000000')),
  fault('batch.header.batch_number.format', both(88, 88, '00000 2')),
  fault('batch.header.settlement_date', put(8, 76, '367')),
  fault('batch.header.settlement_date', put(8, 76, '000')),
  strict('batch.header.settlement_date.outgoing', put(8, 76, '327')),
  fault('batch.control.service_class', put(12, 2, '200')),
  fault('batch.control.company_identification', put(12, 45, '1234567891')),
  fault('batch.control.odfi', put(12, 80, '09100002')),
  fault('batch.control.batch_number', put(12, 88, '0000003')),
  fault('batch.control.entry_addenda_count', put(12, 5, '000004')),
  fault('batch.control.entry_hash', put(12, 11, '0035242299')),
  fault('batch.control.total_debit', put(12, 21, '000000500126')),
  fault('batch.control.total_credit', put(12, 33, '000000000001')),
  strict('batch.control.mac.characters', put(12, 55, '~')),
  fault('batch.trace_number.ascending', put(3, 88, '0000009')),
  fault('batch.trace_number.odfi', put(6, 80, '09100002')),
  fault('batch.description.reserved_word', put(2, 54, 'Payroll')),
  fault('batch.description.reversal_direction', put(8, 54, 'REVERSAL  '), both(2, 2, '200'), put(9, 2, '22'), settle),
  fault('date.eed.missing', put(8, 70, '      ')),
  fault('date.eed.past', put(8, 70, '261119')),
  fault('date.eed.not_banking_day', put(8, 70, '261126')),
]

export const entryFaults: readonly FileFault[] = [
  fault('entry.transaction_code.unknown', put(3, 2, '20'), settle),
  fault('entry.transaction_code.service_class', put(3, 2, '27'), settle),
  fault('entry.transaction_code.sec', put(4, 2, '34'), put(4, 30, '0000000000'), settle),
  fault('entry.transaction_code.sec', put(11, 2, '86')),
  fault('entry.transaction_code.return', put(3, 2, '21')),
  fault('entry.transaction_code.loan_debit', put(9, 2, '55')),
  fault('entry.rdfi.required', put(3, 4, '000000000'), settle),
  fault('entry.rdfi.format', put(3, 4, '2313801 4'), settle),
  fault('entry.rdfi.check_digit', put(3, 12, '5')),
  fault('entry.rdfi.prefix', put(3, 4, NINE_DIGITS_UNASSIGNED), settle),
  fault('entry.account.required', put(3, 13, ' '.repeat(17))),
  fault('entry.account.inner_blank', put(3, 13, '1234 678')),
  strict('entry.account.characters', put(3, 13, '1234*678')),
  strict('entry.account.masked', put(3, 13, 'XXXX5678         ')),
  strict('entry.account.masked', put(3, 13, '****5678         ')),
  fault('entry.account.zero', put(3, 13, '00000000')),
  fault('entry.amount.zero', put(3, 30, '0000000000'), settle),
  fault('entry.amount.prenote', put(3, 2, '23')),
  fault('entry.amount.zero_dollar', put(9, 2, '29')),
  fault('entry.name.required', put(3, 55, ' '.repeat(22))),
  strict('entry.text.characters', put(3, 40, '~')),
  fault('entry.addenda_indicator', put(3, 79, '1')),
  fault('entry.trace_number.format', put(3, 94, 'A')),
  fault('addenda.type_for_sec', put(5, 2, '02')),
  fault('addenda.count.maximum', repeatAfter(5, 5), put(6, 84, '0002'), settle),
  fault('addenda.sequence', put(5, 84, '0002')),
  fault('addenda.entry_sequence', put(5, 88, '0000003')),
  strict('addenda05.characters', put(5, 5, '~')),
  fault('addenda05.delimiters', put(5, 4, 'RMR*IV')),
]

/** The faults of the file of payments and collections. */
export const commonFaults: readonly FileFault[] = [
  ...readingFaults,
  ...headerAndControlFaults,
  ...batchFaults,
  ...entryFaults,
]
