import { RECORD_LENGTH } from './field.ts'
import type { AchFile } from './file.ts'

export type LineEnding = '\n' | '\r\n' | ''

/**
 * The bytes of a file, one per character. Every record is followed by the line ending, the last one too.
 * Filler is written as the file has it; built files are filled to a multiple of ten records.
 */
export function encodeFile(file: AchFile, options: { lineEnding?: LineEnding } = {}): Uint8Array {
  const { records } = file
  const ending = options.lineEnding ?? '\n'
  const stride = RECORD_LENGTH + ending.length
  const target = new Uint8Array(records.count * stride)
  const first = ending.charCodeAt(0)
  for (let index = 0; index < records.count; index++) {
    const at = index * stride
    const from = records.at(index)
    for (let place = 0; place < RECORD_LENGTH; place++) target[at + place] = records.bytes[from + place] ?? 0
    if (ending.length > 0) target[at + RECORD_LENGTH] = first
    if (ending.length > 1) target[at + RECORD_LENGTH + 1] = 0x0a
  }
  return target
}
