/** The same bytes without what a subclass changes: the `slice` of Node's Buffer shares memory instead of copying. */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.constructor === Uint8Array) return bytes
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/**
 * The bytes that were given, also those of another realm (a worker, a test page).
 * @throws TypeError for a text or anything else that is no bytes.
 */
export function givenBytes(given: Uint8Array): Uint8Array {
  if (ArrayBuffer.isView(given)) return given
  throw new TypeError('Expected the bytes of a file, as new TextEncoder().encode(text)')
}
