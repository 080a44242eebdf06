import type { BatchFacts, EntryFacts } from './batch-facts.ts'
import type { Checker } from './checker.ts'
import { checkAddenda02, checkAddenda02Mte } from './content/check-addenda-02.ts'
import { checkAddenda05 } from './content/check-addenda-05.ts'
import { checkNotification, checkRefusal } from './content/check-addenda-98.ts'
import { checkContested, checkDishonored, checkReturn } from './content/check-addenda-99.ts'
import { IAT_CONTENT } from './content/check-iat-parties.ts'

/** What the fields of an addenda must hold, beyond their form. */
export type AddendaCheck = (checker: Checker, index: number, entry: EntryFacts, facts: BatchFacts) => void

/** By the name of the addenda's table. */
export const ADDENDA_CONTENT: Readonly<Record<string, AddendaCheck>> = {
  addenda02: checkAddenda02,
  addenda02Mte: checkAddenda02Mte,
  addenda05: checkAddenda05,
  ...IAT_CONTENT,
  addenda98: checkNotification,
  addenda98Iat: checkNotification,
  addenda98Refused: checkRefusal,
  addenda99: checkReturn,
  addenda99Iat: checkReturn,
  addenda99Dishonored: checkDishonored,
  addenda99Contested: checkContested,
}
