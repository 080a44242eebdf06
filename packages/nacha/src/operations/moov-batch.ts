import { readNumber, textAt } from '../read-field.ts'
import { batchControl } from '../records/batch-control.ts'
import { batchControlAdv } from '../records/batch-control-adv.ts'
import { batchHeader } from '../records/batch-header.ts'
import { batchHeaderIat } from '../records/batch-header-iat.ts'
import { isSecCode, type SecCode } from '../sec-code.ts'
import { isObject, type JsonBatch } from './json-reader.ts'
import { readMoovEntry } from './moov-entry.ts'
import { MoovMembers } from './moov-members.ts'
import type { MoovReader } from './moov-reader.ts'
import { type MoovForm, moovForm } from './moov-shape.ts'

/** A batch, and what its place among the others follows from. */
export type MoovBatch = JsonBatch & { readonly batchNumber: number }

type Items = readonly (readonly [given: unknown, path: string])[]

/** The SEC code of a batch: one that belongs into the other list of batches would have its entries misread. */
function secCodeOf(header: Uint8Array | null, isIat: boolean, path: string, reader: MoovReader): SecCode | null {
  if (!header) return null
  const { standardEntryClassCode, companyName } = batchHeader.field
  const code = textAt(header, standardEntryClassCode.start, standardEntryClassCode.length).toUpperCase()
  const isCorrection = code === 'COR' && textAt(header, companyName.start, companyName.length) === 'IATCOR'
  if ((code === 'IAT' || isCorrection) !== isIat) {
    const message = isIat ? 'expected IAT, or COR with the IATIndicator IATCOR' : 'IAT belongs into IATBatches'
    reader.fault(`${path}/standardEntryClassCode`, message)
  }
  return isSecCode(code) ? code : null
}

/** moov-io/ach makes an entry of an offset. Here it must be there: none is made, and none is forgotten. */
function checkOffset(given: unknown, path: string, entries: Items, reader: MoovReader): void {
  const offset = given === undefined || given === null ? null : reader.members(given, path)
  if (!offset) return
  const isThere = entries.some(([entry]) => {
    const members = new MoovMembers(isObject(entry) ? entry : {})
    const routing = `${String(members.get('RDFIIdentification'))}${String(members.get('checkDigit'))}`
    const account = String(members.get('DFIAccountNumber')).trim()
    return routing === offset.get('routingNumber') && account === offset.get('accountNumber')
  })
  if (!isThere) reader.fault(path, 'no entry goes to this account: leave the offset out, and let balanceFile make it')
}

function readEntries(items: Items, header: Uint8Array | null, batch: number, form: MoovForm, reader: MoovReader) {
  const { start, length } = batchHeader.field.odfiIdentification
  const odfi = header ? textAt(header, start, length) : ''
  return items.flatMap((item, index) => {
    const counted = { trace: `${odfi}${String(index + 1).padStart(7, '0')}`, sequence: index + 1 }
    const entry = readMoovEntry(item, form, counted, reader)
    return entry ? [{ ...entry, place: { file: 0 as const, batch, entry: index } }] : []
  })
}

/** A batch of `batches`, or of `IATBatches`; `position` from 0 is what its number follows from when it tells none. */
export function readMoovBatch(
  [given, path]: readonly [given: unknown, path: string],
  isIat: boolean,
  position: number,
  reader: MoovReader,
): MoovBatch | null {
  const members = reader.members(given, path)
  if (!members) return null
  const headerName = isIat ? 'IATBatchHeader' : 'batchHeader'
  const said = members.get(headerName)
  const code = isObject(said) ? new MoovMembers(said).get('standardEntryClassCode') : ''
  const isAdv = typeof code === 'string' && code.toUpperCase() === 'ADV'
  const defaults = { batchNumber: position + 1, originatorStatusCode: isAdv ? 0 : 1 }
  const header = reader.header(said, `${path}/${headerName}`, isIat ? batchHeaderIat : batchHeader, defaults)
  const secCode = secCodeOf(header, isIat, `${path}/${headerName}`, reader)
  const form = moovForm(secCode, isIat)
  const items = reader.items(members.get(form.entries), `${path}/${form.entries}`)
  const entries = readEntries(items, header, position, form, reader)
  checkOffset(members.get('offset'), `${path}/offset`, items, reader)
  const controlName = isAdv ? 'advBatchControl' : 'batchControl'
  const controlLayout = isAdv ? batchControlAdv : batchControl
  const control = reader.control(members.get(controlName), `${path}/${controlName}`, controlLayout)
  for (const name of ['entryDetails', 'advEntryDetails'].filter((each) => each !== form.entries)) {
    const isEmpty = reader.items(members.get(name), `${path}/${name}`).length === 0
    if (!isEmpty) reader.fault(`${path}/${name}`, `the entries of this batch belong into ${form.entries}`)
  }
  // moov-io/ach writes the control of the other kind of batch, too, empty.
  for (const name of ['batchControl', 'advBatchControl']) members.get(name)
  reader.rest(members, path)
  const batchNumber = header ? readNumber(header, 0, batchHeader.field.batchNumber) : Number.NaN
  return { secCode: secCode ?? 'PPD', isIat, isAdv, header, entries, control, batchNumber }
}
