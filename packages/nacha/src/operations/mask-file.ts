import { encodeFile } from '../encode-file.ts'
import { RECORD_LENGTH, type RecordLayout } from '../field.ts'
import { AchFile } from '../file.ts'
import { Records } from '../records.ts'
import { maskKindOf } from './mask-kind.ts'
import { MaskedLine } from './masked-line.ts'
import { maskedValue } from './masked-text.ts'
import { RecordTables } from './record-tables.ts'

const LF = 0x0a
const CR = 0x0d

/** Where records stand: one a line, or every 94 bytes when there are no line ends. */
function* lines(bytes: Uint8Array): Generator<[number, number]> {
  const hasEnds = bytes.some((byte) => byte === LF || byte === CR)
  const skipped = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  let from = skipped
  for (let place = skipped; place < bytes.length; place++) {
    const isEnd = hasEnds ? bytes[place] === LF || bytes[place] === CR : place - from === RECORD_LENGTH
    if (!isEnd) continue
    if (place > from) yield [from, place]
    from = hasEnds ? place + 1 : place
  }
  if (from < bytes.length) yield [from, bytes.length]
}

/** The last total of a file control: blanks at the end of a line may be missing after it, and after a file header. */
const END_OF_TOTALS = 55

/** True when something was put into a line, or is missing in it that is no blank at its end. */
function isOutOfPlace(line: MaskedLine, type: string, layout: RecordLayout | null): boolean {
  const { length } = line
  if (/[^ ]/.test(line.text(RECORD_LENGTH, length))) return true
  const mayEndEarly = type === '1' || (type === '9' && length >= END_OF_TOTALS)
  if (length < RECORD_LENGTH && (!mayEndEarly || line.text(length - 1, length) === ' ')) return true
  const numbers = layout?.fields.filter((field) => field.kind === 'number' && maskKindOf(field) === null) ?? []
  return numbers.some(({ start, length: width }) => !/^\d+$/.test(line.text(start, start + width)))
}

function maskLine(bytes: Uint8Array, [from, end]: [number, number], tables: RecordTables): void {
  const line = new MaskedLine(bytes, from, end)
  const layout = tables.next(line.record(), 0)
  const type = String.fromCharCode(bytes[from] ?? 0)
  if (layout !== null) {
    for (const field of layout.fields) {
      const { start, length } = field
      line.put(start, maskedValue(field, line.text(start, start + length)))
    }
  } else if (type === '6') {
    // Of an unknown entry only where its numbers are is known.
    line.mask('account', 3, 12)
    line.mask('account', 12, 29)
    line.mask('text', 39, 78)
    line.mask('bank', 79, RECORD_LENGTH)
  } else if (type === '7') {
    line.mask('text', 3, 79)
    line.mask('bank', 79, RECORD_LENGTH)
  } else if (!/^[9 ]*$/.test(line.text(0, line.length))) line.mask('text', 0, line.length)
  line.mask('text', RECORD_LENGTH, line.length)
  // A number may stand where another field belongs.
  if (isOutOfPlace(line, type, layout)) line.mask('numbers', 1, line.length)
}

function maskInPlace(bytes: Uint8Array): Uint8Array {
  const tables = new RecordTables()
  for (const line of lines(bytes)) maskLine(bytes, line, tables)
  return bytes
}

/**
 * The same bytes with what belongs to somebody hidden (reference 8.19): accounts and banks but for their last digits, names
 * but for their initials, identifications, texts of addenda and entry hashes whole (that of a single entry is its bank). No
 * byte moves, and amounts, codes, dates, counts and totals stay. Files that cannot be read are masked line by line, too.
 */
export function maskFile(bytes: Uint8Array): Uint8Array {
  return maskInPlace(new Uint8Array(bytes))
}

/** A file that is read like the other one, with what belongs to somebody hidden. It cannot be sent. */
export function maskedFile(file: AchFile): AchFile {
  const { count, lines: lineNumbers } = file.records
  const bytes = maskInPlace(encodeFile(file))
  return new AchFile(new Records(bytes, 0, RECORD_LENGTH + 1, count, lineNumbers), file.structure)
}
