import { Secret } from '../secret.ts'

const PART_BYTES_MAX = 0xffff

/**
 * `u16 length ‖ UTF-8` of each part, and a version as u32: parts laid side by side this way cannot be shifted into each
 * other. Written in one piece, because every value that is opened needs it.
 * @throws RangeError for a part longer than 65,535 bytes
 */
export function lengthPrefixed(parts: readonly string[], version: number): Buffer {
  let size = 4
  for (const part of parts) size += 2 + Buffer.byteLength(part)
  const bytes = Buffer.allocUnsafe(size)
  let end = 0
  for (const part of parts) {
    const length = bytes.write(part, end + 2)
    if (length > PART_BYTES_MAX) throw new RangeError('a part is longer than 65,535 bytes')
    end = bytes.writeUInt16BE(length, end) + length
  }
  bytes.writeUInt32BE(version, end)
  return bytes
}

/** The text in opened bytes, which are erased. */
export function textIn(bytes: Uint8Array): Secret {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  bytes.fill(0)
  return Secret.of(text)
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
