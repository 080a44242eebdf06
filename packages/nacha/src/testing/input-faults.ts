import type { FileInput } from '../input.ts'
import type { RuleId } from '../rules/rules.ts'
import { sampleBatch, sampleEntry, sampleFile } from './sample-input.ts'

/** One input for each rule that `buildFile` finds before there are records, and where it must say the fault is. */
export interface InputFault {
  readonly rule: RuleId
  readonly path: string
  readonly input: FileInput
}

const ENTRY = '/batches/0/entries/0'

const file = (rule: RuleId, path: string, changes: Parameters<typeof sampleFile>[0]): InputFault => ({
  rule,
  path,
  input: sampleFile(changes),
})
const batch = (rule: RuleId, path: string, changes: Parameters<typeof sampleBatch>[0]): InputFault =>
  file(rule, path, { batches: [sampleBatch(changes)] })
const entry = (rule: RuleId, path: string, changes: Parameters<typeof sampleEntry>[0]): InputFault =>
  batch(rule, path, { entries: [sampleEntry(changes)] })

/** So many entries of the highest amount come to 9,999,999,999 cents each. */
const highest = (count: number) => Array.from({ length: count }, () => sampleEntry({ amountCents: 9_999_999_999 }))

export const inputFaults: readonly InputFault[] = [
  entry('entry.account.length', `${ENTRY}/accountNumber`, { accountNumber: '123456789012345678' }),
  entry('entry.account.masked', `${ENTRY}/accountNumber`, { accountNumber: 'XXXX6789' }),
  entry('entry.amount.range', `${ENTRY}/amountCents`, { amountCents: 10_000_000_000 }),
  entry('entry.name.length', `${ENTRY}/individualName`, { individualName: 'A NAME OF TWENTY-THREE.' }),
  entry('entry.identification.length', `${ENTRY}/individualIdentification`, {
    individualIdentification: 'SIXTEEN-CHARS-16',
  }),
  entry('addenda05.length', `${ENTRY}/addenda/0`, { addenda: ['X'.repeat(81)] }),
  batch('batch.control.overflow', '/batches/0', { entries: highest(101) }),
  file('file.control.overflow', '', {
    batches: [sampleBatch({ entries: highest(100) }), sampleBatch({ entries: highest(100) })],
  }),
  batch('build.field.length', '/batches/0/companyName', { companyName: 'SEVENTEEN LETTERS' }),
  entry('build.field.format', `${ENTRY}/traceSequence`, { traceSequence: 10_000_000 }),
  entry('build.field.unencodable', `${ENTRY}/individualName`, { individualName: '山田太郎' }),
]
