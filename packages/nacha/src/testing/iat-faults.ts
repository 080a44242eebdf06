import { drop, type Edit, insertAfter, put, repeatAfter, settle } from './ach-lines.ts'
import { type FileFault, fault } from './file-faults.ts'

const iat = (rule: FileFault['rule'], ...edits: Edit[]): FileFault => ({ ...fault(rule, ...edits), base: 'iat' })
const returned = (rule: FileFault['rule'], ...edits: Edit[]): FileFault => ({
  ...fault(rule, ...edits),
  base: 'iat-return',
})

/** Two lines change places. */
const swap =
  (first: number, second: number): Edit =>
  (lines) =>
    lines.map((line, index) =>
      index + 1 === first ? (lines[second - 1] ?? '') : index + 1 === second ? (lines[first - 1] ?? '') : line,
    )

const more17 = [repeatAfter(11, 11), repeatAfter(12, 12), put(12, 84, '0002'), put(13, 84, '0003'), put(3, 13, '0011')]

/** Faults of IAT batches, entries and returns. */
export const iatFaults: readonly FileFault[] = [
  iat('sec.iat.mandatory_addenda', drop(9), put(3, 13, '0008'), settle),
  iat('sec.iat.mandatory_addenda', swap(5, 6)),
  iat('sec.iat.optional_addenda', ...more17, settle),
  returned(
    'sec.iat.return_addenda',
    insertAfter(10, `717${'INVOICE'.padEnd(80)}00010000001`),
    put(3, 13, '0009'),
    settle,
  ),
  iat('sec.iat.country', put(2, 39, 'XX')),
  iat('sec.iat.country', put(7, 75, 'XX')),
  iat('sec.iat.country', put(12, 75, 'ZZ')),
  iat('sec.iat.country', put(6, 39, 'XX')),
  iat('sec.iat.currency', put(2, 64, 'QQQ')),
  iat('sec.iat.fx', put(2, 21, 'XX')),
  iat('sec.iat.fx', put(2, 23, '1')),
  iat('sec.iat.fx', put(2, 21, 'FV'), put(2, 23, '4')),
  iat('sec.iat.fx', put(2, 24, '1.25')),
  iat('sec.iat.qualifier', put(7, 39, '04')),
  iat('sec.iat.type_code', put(4, 4, 'QQQ')),
  iat('sec.iat.type_addenda', put(31, 4, 'INVOICE     ')),
  iat('sec.iat.delimiters', put(6, 4, 'JACOBSTOWN/PA\\')),
  iat('sec.iat.required', put(5, 4, ' '.repeat(35))),
  iat('sec.iat.required', put(2, 41, ' '.repeat(10)), put(21, 45, ' '.repeat(10))),
  iat('sec.iat.ofac', put(3, 77, '2')),
  iat('sec.iat.noc', put(2, 5, 'IATCOR')),
  iat('addenda.count.declared', put(3, 13, '0007')),
  iat('date.same_day.iat', put(2, 70, '261120'), drop(13, 20), settle),
  returned('addenda99.iat', put(15, 4, 'C62'), put(15, 65, 'C010000001     ')),
]
