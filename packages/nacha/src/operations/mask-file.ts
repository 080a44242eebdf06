import { encodeFile } from '../encode-file.ts'
import { RECORD_LENGTH } from '../field.ts'
import { AchFile } from '../file.ts'
import { addenda99 } from '../records/addenda-99.ts'
import { batchControl } from '../records/batch-control.ts'
import { Records } from '../records.ts'
import { maskKindOf } from './mask-kind.ts'
import { MaskedLine } from './masked-line.ts'
import { RecordTables } from './record-tables.ts'

const LF = 0x0a
const CR = 0x0d
/** Information of an addenda 99 that names no one: fields (R69), and the word for suspected fraud (R17). */
const OPEN_INFORMATION = /^(0[1-7](\*0[1-7])*|QUESTIONABLE) *$/

/** Where records stand: one a line, or every 94 bytes when there are no line ends. */
function lines(bytes: Uint8Array): [number, number][] {
  const found: [number, number][] = []
  const hasEnds = bytes.some((byte) => byte === LF || byte === CR)
  const skipped = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  let from = skipped
  for (let place = skipped; place < bytes.length; place++) {
    const isEnd = hasEnds ? bytes[place] === LF || bytes[place] === CR : place - from === RECORD_LENGTH
    if (!isEnd) continue
    if (place > from) found.push([from, place])
    from = hasEnds ? place + 1 : place
  }
  if (from < bytes.length) found.push([from, bytes.length])
  return found
}

function maskLine(bytes: Uint8Array, [from, end]: [number, number], tables: RecordTables): void {
  const line = new MaskedLine(bytes, from, end)
  const layout = tables.next(line.record(), 0)
  const type = String.fromCharCode(bytes[from] ?? 0)
  if (layout === null) {
    // Filler has nothing to hide; of an unknown record nothing is known, of an unknown entry only where its numbers are.
    if (type === '6') line.mask('account', 12, 29)
    if (type === '6') line.mask('text', 39, 78)
    else if (type === '7') line.mask('text', 3, 79)
    else if (type !== '9') line.mask('text', 0, line.length)
  } else if (type === '5' || type === '6' || type === '7') {
    for (const field of layout.fields) {
      const kind = maskKindOf(field)
      const to = field.start + field.length
      const isOpen =
        field.name === addenda99.field.addendaInformation.name && OPEN_INFORMATION.test(line.text(field.start, to))
      if (kind !== null && !isOpen) line.mask(kind, field.start, to)
    }
  } else if (type === '8' && tables.isIat) {
    const { start, length } = batchControl.field.companyIdentification
    line.mask('account', start, start + length)
  }
  if (line.length > RECORD_LENGTH) line.mask('text', RECORD_LENGTH, line.length)
}

/**
 * The same bytes with what belongs to the receiver hidden (reference 8.19): accounts but for their last 4 characters, names
 * but for their initials, identifications and texts of addenda whole. No byte moves, and amounts, banks, counts and totals
 * stay, so that controls are as right as they were. Files that cannot be read are masked line by line, too.
 */
export function maskFile(bytes: Uint8Array): Uint8Array {
  const masked = new Uint8Array(bytes)
  const tables = new RecordTables()
  for (const line of lines(bytes)) maskLine(masked, line, tables)
  return masked
}

/** A file that is read like the other one, with what belongs to receivers hidden. It cannot be sent. */
export function maskedFile(file: AchFile): AchFile {
  const { count, lines: lineNumbers } = file.records
  const bytes = maskFile(encodeFile(file))
  return new AchFile(new Records(bytes, 0, RECORD_LENGTH + 1, count, lineNumbers), file.structure)
}
