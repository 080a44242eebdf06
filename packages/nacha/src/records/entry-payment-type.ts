import { defineRecord, text } from '../field.ts'
import { entryHead, entryTail } from './entry-parts.ts'

/**
 * Entry detail of WEB and TEL: R recurring, S single, ST under a standing authorization. In a WEB credit (person to
 * person) individualIdentification names the sender.
 */
export const entryPaymentType = defineRecord('entryPaymentType', [
  ...entryHead,
  text('individualIdentification', 54, 'optional'),
  text('individualName', 76),
  text('paymentTypeCode', 78, 'optional'),
  ...entryTail,
])
