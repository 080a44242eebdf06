import { expect, test } from 'vitest'
import { returnDeadline } from './return-code-deadline.ts'

test.each([
  ['R01', { settledOn: '2026-11-24' }, 'return2bd', '2026-11-27'],
  ['R80', { settledOn: '2026-11-24' }, 'return2bd', '2026-11-27'],
  ['R10', { settledOn: '2026-09-18' }, 'return60cd', '2026-11-18'],
  // The statement was checked early: the prompt return comes first.
  ['R10', { settledOn: '2026-09-18', statementCheckedOn: '2026-11-06' }, 'returnAfterStatement', '2026-11-17'],
  // It was checked late: the 60 days end first.
  ['R10', { settledOn: '2026-09-18', statementCheckedOn: '2026-11-12' }, 'return60cd', '2026-11-18'],
  // Before October 2024 there was no prompt return.
  ['R07', { settledOn: '2024-08-01', statementCheckedOn: '2024-09-02' }, 'return60cd', '2024-10-01'],
  // No statement is needed, so none hurries.
  ['R38', { settledOn: '2026-09-18', statementCheckedOn: '2026-10-01' }, 'return60cd', '2026-11-18'],
  ['R23', { settledOn: '2026-11-02', refusedOn: '2026-11-20' }, 'returnRefusedCredit', '2026-11-24'],
  ['R68', { settledOn: '2026-11-20' }, 'dishonor', '2026-11-30'],
  ['R73', { settledOn: '2026-11-20' }, 'contest', '2026-11-24'],
] as const)('%s from %o', (code, dates, key, date) => {
  expect(returnDeadline(code, dates)).toMatchObject({ key, date })
})

test.each(['R06', 'R31', 'R13', 'R40', 'R90', 'R23', 'R97'])('%s has no day that can be counted', (code) => {
  expect(returnDeadline(code, { settledOn: '2026-11-20' })).toBeNull()
})
