import type { Id, SendAgain } from '@fistworks/contract'
import { isTakenBack } from '../ach-files/reversal-store.ts'
import { achFileStore } from '../ach-files/store.ts'
import type { Reader } from '../storage/transaction.ts'
import { returnStore } from './store.ts'
import type { ReturnRow } from './table.ts'

const no = (why: string): SendAgain => ({ answer: 'no', until: null, left: null, why })

/** What was to take a payment back is no payment of its own. */
const REVERSAL = no('A reversal that came back is not sent again: settle it with the receiver, or ask your bank')
const TAKEN_BACK = no('A reversal takes this payment back: when it is owed all the same, write a new payment')
/** Then the receiving bank keeps the money, unless it contests that. */
const DISHONORED = no('Your bank dishonored this return, so the payment stands: ask your bank before you pay it again')

/** Why a payment is not to be made again although it came back, whatever the code of the return allows; `null` when it may. */
export async function notSentAgain(
  db: Reader,
  organizationId: Id<'org'>,
  { id, achFileId, entryId }: Pick<ReturnRow, 'id' | 'achFileId' | 'entryId'>,
): Promise<SendAgain | null> {
  if (achFileId === null || entryId === null) return null
  const file = await achFileStore(db, organizationId).find(achFileId)
  if (file?.kind === 'reversal') return REVERSAL
  if (await returnStore(db, organizationId).isDishonored(id, entryId)) return DISHONORED
  return (await isTakenBack(db, organizationId, achFileId, entryId)) ? TAKEN_BACK : null
}
