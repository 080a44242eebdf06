import type { NamedValues, RecordLayout } from './field.ts'
import { addenda02, addenda02Mte } from './records/addenda-02.ts'
import { addenda05 } from './records/addenda-05.ts'
import { addenda10 } from './records/addenda-10.ts'
import { addenda11 } from './records/addenda-11.ts'
import { addenda12 } from './records/addenda-12.ts'
import { addenda13 } from './records/addenda-13.ts'
import { addenda14 } from './records/addenda-14.ts'
import { addenda15 } from './records/addenda-15.ts'
import { addenda16 } from './records/addenda-16.ts'
import { addenda17 } from './records/addenda-17.ts'
import { addenda18 } from './records/addenda-18.ts'
import { addenda98, addenda98Iat, addenda98Refused } from './records/addenda-98.ts'
import { addenda99, addenda99Contested, addenda99Dishonored, addenda99Iat } from './records/addenda-99.ts'
import { batchControl } from './records/batch-control.ts'
import { batchControlAdv } from './records/batch-control-adv.ts'
import { batchHeader } from './records/batch-header.ts'
import { batchHeaderIat } from './records/batch-header-iat.ts'
import { entryAcknowledgment } from './records/entry-acknowledgment.ts'
import { entryAddendaCount } from './records/entry-addenda-count.ts'
import { entryAdv } from './records/entry-adv.ts'
import { entryAtx } from './records/entry-atx.ts'
import { entryCheck } from './records/entry-check.ts'
import { entryDetail } from './records/entry-detail.ts'
import { entryIat } from './records/entry-iat.ts'
import { entryPaymentType } from './records/entry-payment-type.ts'
import { entryPop } from './records/entry-pop.ts'
import { entryPos } from './records/entry-pos.ts'
import { entryShr } from './records/entry-shr.ts'
import { entrySwapped } from './records/entry-swapped.ts'
import { entryTruncatedCheck } from './records/entry-truncated-check.ts'
import { fileControl } from './records/file-control.ts'
import { fileControlAdv } from './records/file-control-adv.ts'
import { fileHeader } from './records/file-header.ts'

/** Every table of an entry (6): which one a batch has follows from its SEC code. */
export const ENTRY_LAYOUTS = {
  entryDetail,
  entryPaymentType,
  entryAcknowledgment,
  entryAddendaCount,
  entryAtx,
  entrySwapped,
  entryPop,
  entryCheck,
  entryTruncatedCheck,
  entryPos,
  entryShr,
  entryIat,
  entryAdv,
} as const

/** Every table of an addenda (7): which one it is follows from type, SEC code and, for 98 and 99, from the code in it. */
export const ADDENDA_LAYOUTS = {
  addenda02,
  addenda02Mte,
  addenda05,
  addenda10,
  addenda11,
  addenda12,
  addenda13,
  addenda14,
  addenda15,
  addenda16,
  addenda17,
  addenda18,
  addenda98,
  addenda98Iat,
  addenda98Refused,
  addenda99,
  addenda99Iat,
  addenda99Dishonored,
  addenda99Contested,
} as const

export const RECORD_LAYOUTS: readonly RecordLayout[] = [
  fileHeader,
  batchHeader,
  batchHeaderIat,
  ...Object.values(ENTRY_LAYOUTS),
  ...Object.values(ADDENDA_LAYOUTS),
  batchControl,
  batchControlAdv,
  fileControl,
  fileControlAdv,
]

export type EntryLayoutName = keyof typeof ENTRY_LAYOUTS
export type AddendaLayoutName = keyof typeof ADDENDA_LAYOUTS

/** The values of an entry record: a union, told apart by `layout`. */
export type EntryRecord = { [Name in EntryLayoutName]: NamedValues<(typeof ENTRY_LAYOUTS)[Name]> }[EntryLayoutName]
/** The values of an addenda record: a union, told apart by `layout`. */
export type AddendaRecord = {
  [Name in AddendaLayoutName]: NamedValues<(typeof ADDENDA_LAYOUTS)[Name]>
}[AddendaLayoutName]
