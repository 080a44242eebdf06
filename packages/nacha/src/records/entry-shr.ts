import { defineRecord, digits } from '../field.ts'
import { entryHead, entryTail } from './entry-parts.ts'

/** Entry detail of SHR: the card takes the places of identification and name. */
export const entryShr = defineRecord('entryShr', [
  ...entryHead,
  digits('cardExpiration', 43, 'required'),
  digits('documentReference', 54, 'required'),
  digits('cardAccountNumber', 76, 'required'),
  digits('cardTransactionType', 78),
  ...entryTail,
])
