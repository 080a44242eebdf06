import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { testFile } from './testing/ach-lines.ts'
import { validateFile } from './validate-file.ts'

/** What the rules say of files that another library ships as samples: rule and line of each violation. */
const VERDICTS: Readonly<Record<string, readonly string[]>> = {
  // Two IAT batches among PPD; the control counts five batches where four stand.
  '20110805A': [
    ...Array.from({ length: 18 }, (_, index) => `file.trace_number.duplicate ${30 + index}`),
    'batch.header.sec.unsupported 49',
    'batch.header.sec.unsupported 75',
    'file.filler.count 93',
    'file.control.batch_count 93',
    'parse.field.reserved_used 93',
  ],
  flattenBatchesMultipleBatchHeaders: [],
  flattenBatchesOneBatchHeader: [],
  flattenBatchesTraceNumberCollision: ['file.trace_number.duplicate 11', 'file.trace_number.duplicate 13'],
  'gl-debit': [],
  'invalid-two-micro-deposits': [
    'parse.field.not_numeric 15',
    'entry.trace_number.format 15',
    'batch.control.total_debit 17',
    'file.control.total_debit 18',
  ],
  'nonascii-utf8': [
    'parse.line.short 1',
    'batch.header.sec.unsupported 2',
    'parse.encoding.multibyte 3',
    'file.control.block_count 17',
    'file.control.entry_addenda_count 17',
    'parse.line.short 17',
  ],
  nonascii: [
    'parse.encoding.detected null',
    'parse.line.short 1',
    'batch.header.sec.unsupported 2',
    'file.control.block_count 17',
    'file.control.entry_addenda_count 17',
    'parse.line.short 17',
  ],
  'ppd-debit-customTraceNumber': ['parse.line.short 1', 'batch.trace_number.odfi 3', 'parse.line.short 5'],
  'ppd-debit-fixedLength': ['file.filler.count 5'],
  'ppd-debit-invalid-entryDetail-checkDigit': ['parse.line.short 1', 'entry.rdfi.check_digit 3', 'parse.line.short 5'],
  'ppd-debit': ['parse.line.short 1', 'parse.line.short 5'],
  'ppd-mixedDebitCredit': [],
  'return-PPD-custom-reason-code': [
    'parse.line.short 1',
    'date.eed.past 2',
    'addenda.type.unsupported 4',
    'parse.line.short 6',
  ],
  'sec-ccd-debit': [],
  'sec-ppd-credit': [],
  'sec-ppd-debit': [],
  'short-line': ['parse.line.short 5'],
  'two-micro-deposits': [],
  // The peer takes it; the effective entry date reads '16    ': it stands two positions too far right.
  'txp-credit': ['parse.field.bad_date 2', 'parse.line.short 6'],
  'web-debit': ['batch.header.sec.unsupported 2', 'batch.header.sec.unsupported 8'],
}

test.each(Object.entries(VERDICTS))('%s', (name, expected) => {
  const found = validateFile(testFile(`samples/${name}.ach`)).map(({ rule, line }) => `${rule} ${line}`)
  expect(found).toEqual(expected)
})

test('every sample has a verdict', () => {
  const files = readdirSync(new URL('../test-data/samples/', import.meta.url)).filter((name) => name.endsWith('.ach'))
  expect(files.map((name) => name.slice(0, -'.ach'.length)).toSorted()).toEqual(Object.keys(VERDICTS).toSorted())
})
