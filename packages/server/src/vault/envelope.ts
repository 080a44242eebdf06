import { createCipheriv, createDecipheriv, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto'
import { lengthPrefixed, u32 } from './bytes.ts'

/** Where a sealed value lives. It opens nowhere else. */
export interface CellAddress {
  table: string
  column: string
  row: string
}

/** A key of one version for one column, with the fingerprint that tells it from every other key. */
export interface FieldKey {
  version: number
  key: KeyObject
  commitment: Uint8Array
}

/** The envelope does not open: damaged, moved, of another tenant, or sealed with a key that is gone. Says no more. */
export class EnvelopeRefused extends Error {
  constructor() {
    super('A sealed value does not open in this place.')
    this.name = 'EnvelopeRefused'
  }
}

/** It was sealed with a newer key than these: another process has rotated them since they were unwrapped. */
export class SealedWithNewerKey extends EnvelopeRefused {}

/** Why an envelope of this version does not open where the newest key is of that one. */
export function refusalOf(version: number, newest: number): EnvelopeRefused {
  return version > newest ? new SealedWithNewerKey() : new EnvelopeRefused()
}

const FORMAT = 1
/** AES-256-GCM over the bytes as they are, and over text padded to a fixed size. */
const PLAIN = 1
const PADDED = 3
const COMMITMENT_AT = 6
const IV_AT = 22
const TEXT_AT = 34
const TAG_BYTES = 16
const SHORTEST = TEXT_AT + TAG_BYTES

/**
 * Seals one value:
 * `01 ‖ alg ‖ key version (u32) ‖ commitment (16) ‖ iv (12) ‖ ciphertext ‖ tag (16)`, with organization, table,
 * column, row and key version as associated data.
 * @param padTo size in bytes that hides the length of the text (1 length byte + text + zeros); text up to `padTo - 1`
 */
export function sealEnvelope(
  field: FieldKey,
  organizationId: string,
  at: CellAddress,
  clear: Uint8Array,
  padTo?: number,
): Uint8Array {
  const iv = randomBytes(12)
  const alg = padTo === undefined ? PLAIN : PADDED
  const text = padTo === undefined ? clear : pad(clear, padTo)
  const cipher = createCipheriv('aes-256-gcm', field.key, iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(associatedData(alg, organizationId, at, field.version))
  const head = [Buffer.from([FORMAT, alg]), u32(field.version), field.commitment, iv]
  const envelope = Buffer.concat([...head, cipher.update(text), cipher.final(), cipher.getAuthTag()])
  if (padTo !== undefined) text.fill(0)
  return envelope
}

/**
 * @param keyOf finds the key by the version written in the envelope; throws when there is none
 * @throws EnvelopeRefused
 */
export function openEnvelope(
  keyOf: (version: number) => FieldKey,
  organizationId: string,
  at: CellAddress,
  sealed: Uint8Array,
): Uint8Array {
  const envelope = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  const alg = envelope[1]
  if (envelope.length < SHORTEST || envelope[0] !== FORMAT || (alg !== PLAIN && alg !== PADDED)) {
    throw new EnvelopeRefused()
  }
  const version = envelope.readUInt32BE(2)
  const field = keyOf(version)
  if (!timingSafeEqual(field.commitment, envelope.subarray(COMMITMENT_AT, IV_AT))) throw new EnvelopeRefused()
  const iv = envelope.subarray(IV_AT, TEXT_AT)
  const decipher = createDecipheriv('aes-256-gcm', field.key, iv, { authTagLength: TAG_BYTES })
  decipher.setAAD(associatedData(alg, organizationId, at, version))
  decipher.setAuthTag(envelope.subarray(-TAG_BYTES))
  const text = decipher.update(envelope.subarray(TEXT_AT, -TAG_BYTES))
  try {
    decipher.final()
  } catch {
    text.fill(0)
    throw new EnvelopeRefused()
  }
  return alg === PADDED ? unpad(text) : text
}

/**
 * The same value for the same place, padded as it was, sealed with another key. The clear bytes are erased.
 * @throws EnvelopeRefused
 */
export function resealEnvelope(
  keyOf: (version: number) => FieldKey,
  field: FieldKey,
  organizationId: string,
  at: CellAddress,
  sealed: Uint8Array,
): Uint8Array {
  const clear = openEnvelope(keyOf, organizationId, at, sealed)
  const padTo = sealed[1] === PADDED ? sealed.length - SHORTEST : undefined
  const envelope = sealEnvelope(field, organizationId, at, clear, padTo)
  clear.fill(0)
  return envelope
}

/** The padded kind says so here as well, so that one kind cannot be passed off as the other. */
function associatedData(alg: number, organizationId: string, at: CellAddress, version: number): Buffer {
  const kind = alg === PADDED ? 'enc1-padded' : 'enc1'
  return lengthPrefixed([kind, organizationId, at.table, at.column, at.row], version)
}

function pad(clear: Uint8Array, size: number): Uint8Array {
  if (size < 1 || size > 256) throw new RangeError('padding is to 1–256 bytes')
  if (clear.length > size - 1)
    throw new RangeError(`the value is longer than the ${size - 1} bytes that fit its padding`)
  const padded = Buffer.alloc(size)
  padded[0] = clear.length
  padded.set(clear, 1)
  return padded
}

function unpad(padded: Uint8Array): Uint8Array {
  const length = padded[0]
  if (length === undefined || length > padded.length - 1) throw new EnvelopeRefused()
  const clear = Buffer.from(padded.subarray(1, 1 + length))
  padded.fill(0)
  return clear
}
