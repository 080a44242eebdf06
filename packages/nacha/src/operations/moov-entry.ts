import { RECORD_LENGTH } from '../field.ts'
import { entryDetail } from '../records/entry-detail.ts'
import { putText } from '../write-field.ts'
import type { MoovMembers } from './moov-members.ts'
import type { MoovDefaults, MoovReader } from './moov-reader.ts'
import type { MoovForm } from './moov-shape.ts'

/** Addenda that no member is for, as `toMoovJson` writes them. */
function otherAddenda(given: unknown, path: string, reader: MoovReader): Uint8Array[] {
  return reader.items(given, path).map(([text, place]) => {
    const record = new Uint8Array(RECORD_LENGTH)
    const isRecord = typeof text === 'string' && /^7[^\r\n]{93}$/.test(text)
    if (!isRecord || !putText(record, 0, RECORD_LENGTH, text)) {
      reader.fault(place, `expected the ${RECORD_LENGTH} characters of an addenda`)
    }
    return record
  })
}

/** In CTX and ATX a name without the count of addenda before it is given its count, as moov-io/ach does. */
function putAddendaCount(members: MoovMembers, count: number): void {
  const { length } = entryDetail.field.individualName
  const given = members.get('individualName')
  const name = typeof given === 'string' && given.length !== length ? given.trimEnd() : ''
  if (name === '' || name.length > 16 || /^\d{4}/.test(name)) return
  members.put('individualName', `${String(count).padStart(4, '0')}${name}`.padEnd(length))
}

/** An entry with its addenda; `trace` and `sequence` are those it has when it tells none. */
export function readMoovEntry(
  [given, path]: readonly [given: unknown, path: string],
  { slots, layout, countsAddenda }: MoovForm,
  { trace, sequence }: { trace: string; sequence: number },
  reader: MoovReader,
): { record: Uint8Array; addenda: Uint8Array[] } | null {
  const members = reader.members(given, path)
  if (!members) return null
  const told = members.get('traceNumber')
  const traceNumber = typeof told === 'string' && told !== '' ? told : trace
  const entryDetailSequenceNumber = Number(/\d{1,7}$/.exec(traceNumber)?.[0] ?? 0)
  const ofAddenda: MoovDefaults = { traceNumber, entryDetailSequenceNumber }
  const known = slots.flatMap((slot) =>
    reader.addendaOf(members.get(slot.member), `${path}/${slot.member}`, slot.layout, ofAddenda),
  )
  const addenda = [...known, ...otherAddenda(members.get('addenda'), `${path}/addenda`, reader)]
  if (countsAddenda) putAddendaCount(members, addenda.length)
  const counts = { numberOfAddenda: addenda.length, addendaRecordIndicator: addenda.length > 0 ? 1 : 0 }
  const record = reader.written(members, path, layout, { traceNumber, sequenceNumber: sequence, ...counts })
  reader.rest(members, path)
  return { record, addenda }
}
