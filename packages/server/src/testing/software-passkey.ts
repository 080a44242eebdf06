import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { PasskeyAnswer, PasskeyCreate } from '@fistworks/contract'

const PRESENT_AND_VERIFIED = 0x05
const HAS_KEY = 0x40

/** A passkey in memory, as a browser and its authenticator would answer (WebAuthn Level 3, ES256, attestation `none`). */
export function softwarePasskey(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(16)
  const rpIdHash = createHash('sha256').update(new URL(origin).hostname).digest()
  let uses = 0

  function authenticatorData(flags: number): Buffer {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(++uses)
    return Buffer.concat([rpIdHash, Uint8Array.of(flags), counter])
  }
  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const credential = { id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key' as const }

  return {
    /** @param flags of the authenticator data; user present and verified unless told */
    create(challenge: string, flags = PRESENT_AND_VERIFIED): PasskeyCreate['credential'] {
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      const key = Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y, 'base64url'),
      ])
      const attested = Buffer.concat([Buffer.alloc(16), Uint8Array.of(0, id.length), id, key])
      const data = Buffer.concat([authenticatorData(flags | HAS_KEY), attested])
      const head = Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex')
      const attestationObject = Buffer.concat([head, Uint8Array.of(data.length), data])
      const response = {
        clientDataJSON: clientData('webauthn.create', challenge).toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal'],
      }
      return { ...credential, response }
    },

    get(challenge: string, flags = PRESENT_AND_VERIFIED): PasskeyAnswer {
      const data = authenticatorData(flags)
      const client = clientData('webauthn.get', challenge)
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()])
      const response = {
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, privateKey).toString('base64url'),
      }
      return { ...credential, response }
    },

    /** As a copy of the authenticator would: its counter stands where it was. */
    rewind(by = 2): void {
      uses -= by
    },
  }
}
