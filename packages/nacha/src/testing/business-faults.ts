import type { ValidateOptions } from '../validate-file.ts'
import { type Edit, put, settle } from './ach-lines.ts'
import { type FileFault, fault } from './file-faults.ts'

const told = (options: ValidateOptions, rule: FileFault['rule'], ...edits: Edit[]): FileFault => ({
  ...fault(rule, ...edits),
  options,
})

/** Faults of dates and habits. */
export const businessFaults: readonly FileFault[] = [
  { ...told({ asOf: '2026-11-20' }, 'date.eed.too_far', put(2, 70, '261125')), profile: 'originate' },
  { ...told({ asOf: '2026-11-20' }, 'date.eed.too_far', put(8, 70, '261124')), profile: 'originate' },
  fault('date.same_day.amount', put(2, 70, '261120'), put(3, 30, '0100000001'), settle),
  fault('date.same_day.indicator', put(2, 64, 'SD1400')),
  fault('date.same_day.indicator', put(2, 64, 'SD1300')),
  fault('date.julian', put(8, 76, '150')),
  told({ bankLines: 19 }, 'file.lines.bank_limit'),
  told({ severities: { 'file.balanced': 'error' } }, 'file.balanced'),
  { ...told({ purchases: 'all' }, 'rule.purchase_description', put(2, 54, 'ORDER     ')), base: 'web' },
  { ...fault('rule.payroll_description', put(2, 54, 'SALARY    ')), profile: 'originate' },
]
