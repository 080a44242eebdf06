import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/**
 * Signed notes (C2SP signed-note): text, an empty line, and `— name base64(key hash ‖ signature)`. Any verifier of
 * transparency logs can check them.
 */

const ED25519 = 1
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
/** The text up to the last empty line, and a line for each signature. */
const NOTE = /^([^]*\n)\n((?:— \S+ [A-Za-z0-9+/]+={0,2}\n)+)$/
const SIGNATURE_LINE = /^— (\S+) (\S+)$/gm

export interface NoteKey {
  name: string
  /** Four bytes that tell keys apart: of name and public key. */
  hash: Uint8Array
  key: KeyObject
}

/** The private half, from 32 bytes. */
export function signerOf(name: string, seed: Uint8Array): NoteKey {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
  return { name, hash: keyHash(name, publicBytes(key)), key }
}

/** The public half as people hand it on: `name+hash+base64(01 ‖ key)`. */
export function publicText(signer: NoteKey): string {
  const bytes = Buffer.concat([Uint8Array.of(ED25519), publicBytes(signer.key)])
  return `${signer.name}+${Buffer.from(signer.hash).toString('hex')}+${bytes.toString('base64')}`
}

/** @returns `null` for what is not such a key, or one whose hash is not its own */
export function verifierOf(text: string): NoteKey | null {
  const found = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim())
  if (found === null) return null
  const [, name = '', hash = '', encoded = ''] = found
  const bytes = Buffer.from(encoded, 'base64')
  if (bytes.length !== 33 || bytes[0] !== ED25519) return null
  const own = keyHash(name, bytes.subarray(1))
  if (Buffer.from(own).toString('hex') !== hash) return null
  const key = createPublicKey({ key: Buffer.concat([SPKI, bytes.subarray(1)]), format: 'der', type: 'spki' })
  return { name, hash: own, key }
}

/** The same key for another log: every log of an installation has a name of its own. */
export function named(name: string, { key }: NoteKey): NoteKey {
  return { name, hash: keyHash(name, publicBytes(key)), key }
}

/** @param text ends with a line feed and has no empty line */
export function signNote(text: string, signer: NoteKey): string {
  const signature = sign(null, Buffer.from(text), signer.key)
  return `${text}\n— ${signer.name} ${Buffer.concat([signer.hash, signature]).toString('base64')}\n`
}

/** The text of a note that this key signed, or `null`. Signatures of others beside it are left alone. */
export function openNote(note: string, verifier: NoteKey): string | null {
  const [, text = '', signatures = ''] = NOTE.exec(note) ?? []
  for (const [, name, encoded = ''] of signatures.matchAll(SIGNATURE_LINE)) {
    const bytes = Buffer.from(encoded, 'base64')
    if (name !== verifier.name || !bytes.subarray(0, 4).equals(verifier.hash)) continue
    return verify(null, Buffer.from(text), verifier.key, bytes.subarray(4)) ? text : null
  }
  return null
}

function publicBytes(key: KeyObject): Uint8Array {
  const whole = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'der', type: 'spki' })
  return whole.subarray(SPKI.length)
}

function keyHash(name: string, publicKey: Uint8Array): Uint8Array {
  return createHash('sha256')
    .update(`${name}\n`)
    .update(Uint8Array.of(ED25519))
    .update(publicKey)
    .digest()
    .subarray(0, 4)
}
