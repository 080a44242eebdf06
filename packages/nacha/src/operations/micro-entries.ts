import type { CivilDate } from '../civil-date.ts'
import type { BatchInput, EntryInput } from '../input.ts'
import { type AccountType, transactionCodeFor } from '../transaction-code.ts'
import { type OperationProblem, Problems } from './problem.ts'

/** An account that two small credits test, which its owner then reads back. */
export interface MicroEntryTest {
  readonly routingNumber: string
  readonly accountNumber: string
  readonly accountType: Exclude<AccountType, 'loan'>
  readonly individualName: string
  readonly individualIdentification?: string | undefined
  /** The two amounts, each 1 to 99 cents; chosen at random by the caller. */
  readonly creditCents: readonly [number, number]
  /** Takes both back with one debit of their sum, which settles with them. */
  readonly takeBack: boolean
}

export interface MicroEntryBatch {
  /** PPD for consumers, CCD for companies. */
  readonly secCode: 'PPD' | 'CCD'
  readonly companyName: string
  readonly companyIdentification: string
  readonly effectiveEntryDate: CivilDate
  readonly odfiIdentification: string
  readonly tests: readonly MicroEntryTest[]
}

export type MicroEntryResult =
  | { readonly batch: BatchInput; readonly problems: readonly [] }
  | { readonly batch: null; readonly problems: readonly OperationProblem[] }

/** Micro-entries are below 1.00. */
const MAXIMUM_CENTS = 99

function entriesOf(test: MicroEntryTest): EntryInput[] {
  const { routingNumber, accountNumber, accountType, individualName, individualIdentification } = test
  const same = { routingNumber, accountNumber, individualName, individualIdentification }
  const credit = transactionCodeFor({ accountType, direction: 'credit' })
  const debit = transactionCodeFor({ accountType, direction: 'debit' })
  const credits = test.creditCents.map((amountCents) => ({ ...same, transactionCode: credit, amountCents }))
  const sum = test.creditCents[0] + test.creditCents[1]
  return test.takeBack ? [...credits, { ...same, transactionCode: debit, amountCents: sum }] : credits
}

/**
 * A batch of micro-entries to build a file with (reference 6.3): `ACCTVERIFY`, two credits below 1.00 for each account,
 * and when wanted one debit that is no more than both and settles with them. The debit, too, is a micro-entry: when both
 * credits come to 1.00 or more it is refused.
 */
export function microEntryBatch(given: MicroEntryBatch): MicroEntryResult {
  const problems = new Problems()
  for (const [entry, { creditCents, takeBack }] of given.tests.entries()) {
    const isSmall = creditCents.every((cents) => Number.isInteger(cents) && cents >= 1 && cents <= MAXIMUM_CENTS)
    if (!isSmall) problems.add('amount.invalid', 'A micro-entry is 1 to 99 cents', { entry })
    else if (takeBack && creditCents[0] + creditCents[1] > MAXIMUM_CENTS) {
      problems.add('amount.invalid', 'Both credits together are taken back by one debit below 1.00', { entry })
    }
  }
  if (given.tests.length === 0) problems.add('file.none', 'There are no accounts to test')
  if (!problems.isEmpty) return { batch: null, problems: problems.list }
  const { tests, ...header } = given
  const batch = { ...header, companyEntryDescription: 'ACCTVERIFY', entries: tests.flatMap(entriesOf) }
  return { batch, problems: [] }
}
