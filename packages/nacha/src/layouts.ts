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

function byName<const Layouts extends readonly RecordLayout[]>(layouts: Layouts) {
  const rows = layouts.map((layout) => [layout.name, layout])
  return Object.fromEntries(rows) as { readonly [Each in Layouts[number] as Each['name']]: Each }
}

/** Every table of an entry (6): which one a batch has follows from its SEC code. */
export const ENTRY_LAYOUTS = byName([
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
])

/** Every table of an addenda (7): which one it is follows from type, SEC code and, for 98 and 99, from the code in it. */
export const ADDENDA_LAYOUTS = byName([
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
])

export type EntryLayoutName = keyof typeof ENTRY_LAYOUTS
export type AddendaLayoutName = keyof typeof ADDENDA_LAYOUTS

/** The values of an entry record: a union, told apart by `layout`. */
export type EntryRecord = { [Name in EntryLayoutName]: NamedValues<(typeof ENTRY_LAYOUTS)[Name]> }[EntryLayoutName]
/** The values of an addenda record: a union, told apart by `layout`. */
export type AddendaRecord = {
  [Name in AddendaLayoutName]: NamedValues<(typeof ADDENDA_LAYOUTS)[Name]>
}[AddendaLayoutName]
