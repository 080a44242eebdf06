import { createHash, timingSafeEqual } from 'node:crypto'

/** `SHA256:` and the unpadded base64 of the hash of the public key blob, as OpenSSH and banks print it. */
export function fingerprintOf(keyBlob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(keyBlob).digest('base64').replace(/=+$/, '')}`
}

/** The name at the start of a public key blob, such as `ssh-ed25519`. */
export function algorithmOf(keyBlob: Uint8Array): string {
  const blob = Buffer.from(keyBlob)
  return blob.subarray(4, 4 + blob.readUInt32BE(0)).toString('latin1')
}

/** Whether the key is one of the pinned ones. Several are pinned while a bank changes its key. */
export function isPinned(fingerprint: string, pins: readonly string[]): boolean {
  const presented = Buffer.from(fingerprint)
  let matches = false
  for (const pin of pins) {
    const expected = Buffer.from(pin)
    if (expected.length === presented.length && timingSafeEqual(expected, presented)) matches = true
  }
  return matches
}
