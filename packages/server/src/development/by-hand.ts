import { changeCode, decodeFile, isCreditCode, returnCodeProblem } from '@fistworks/nacha'
import { type BankCustomer, readPlainFile } from '../sandbox/bank-customer.ts'
import { correctionOf } from '../sandbox/correct-entry.ts'

/** The codes the page offers; every other one that the rules allow is taken as well. */
export const OFFERED = [
  'R01',
  'R02',
  'R03',
  'R04',
  'R10',
  'R16',
  'R20',
  'R29',
  'C01',
  'C02',
  'C03',
  'C05',
  'C06',
  'C07',
]

/** Answers one entry today. @returns why it cannot be */
export async function orderedByHand(
  customer: BankCustomer,
  form: Record<string, unknown>,
  today: string,
): Promise<string | null> {
  const { file: name, code } = form
  const [batch, entry] = [Number(form['batch']), Number(form['entry'])]
  const booked = customer.book.files.find((file) => file.name === name)
  const bytes = booked === undefined ? null : await readPlainFile(customer.path('received', booked.name))
  const found = bytes === null ? undefined : decodeFile(bytes).file?.batches[batch]
  const target = found?.entries.at(entry)
  if (booked === undefined || found === undefined || target === undefined) return 'The bank has no such entry.'
  if (typeof code !== 'string') return 'Choose a code.'
  if (changeCode(code) !== null) {
    if (correctionOf(code, target) === null) return `${code}: the bank has nothing to correct there.`
    await customer.plan(booked.name, [{ batch, entry, kind: 'correction', code, on: today }])
    return null
  }
  const direction = isCreditCode(target.transactionCode) ? 'credit' : 'debit'
  const problem = returnCodeProblem(code, { secCode: found.header.standardEntryClassCode, direction })
  if (problem !== null) return `${problem}.`
  await customer.plan(booked.name, [{ batch, entry, kind: 'return', code, on: today }])
  return null
}
