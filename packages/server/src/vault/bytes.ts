/** `u16 length ‖ UTF-8`: parts laid side by side this way cannot be shifted into each other. */
export function lengthPrefixed(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8')
  if (bytes.length > 0xffff) throw new RangeError('a part is longer than 65,535 bytes')
  return Buffer.concat([u16(bytes.length), bytes])
}

export function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
