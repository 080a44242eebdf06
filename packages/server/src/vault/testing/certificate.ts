import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

const SEQUENCE = 0x30
const SET = 0x31
const INTEGER = 0x02
const BIT_STRING = 0x03
const OCTET_STRING = 0x04
const OBJECT_ID = 0x06
const UTF8 = 0x0c
const UTC_TIME = 0x17

const ECDSA_WITH_SHA256 = der(SEQUENCE, der(OBJECT_ID, Buffer.from('2a8648ce3d040302', 'hex')))
const COMMON_NAME = der(OBJECT_ID, Buffer.from('550403', 'hex'))
const ALTERNATIVE_NAMES = der(OBJECT_ID, Buffer.from('551d11', 'hex'))
const BASIC_CONSTRAINTS = der(OBJECT_ID, Buffer.from('551d13', 'hex'))

function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body])
  const size = Buffer.from(body.length.toString(16).padStart(4, '0'), 'hex')
  return Buffer.concat([Buffer.from([tag, 0x80 | size.length]), size, body])
}

const utcTime = (date: Date) => der(UTC_TIME, Buffer.from(`${date.toISOString().replaceAll(/\D/g, '').slice(2, 14)}Z`))

/** A certificate for 127.0.0.1, or for a name, that signs itself, good for a day, and its key; both PEM. */
export function selfSignedCertificate(dnsName?: string): { cert: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8, Buffer.from('127.0.0.1')))))
  const hour = 3_600_000
  const validity = der(SEQUENCE, utcTime(new Date(Date.now() - hour)), utcTime(new Date(Date.now() + 24 * hour)))
  const here = Buffer.from([0x87, 4, 127, 0, 0, 1])
  const addresses = der(SEQUENCE, dnsName === undefined ? here : der(0x82, Buffer.from(dnsName)))
  const authority = der(SEQUENCE, Buffer.from([0x01, 1, 0xff]))
  const extensions = der(
    SEQUENCE,
    der(SEQUENCE, ALTERNATIVE_NAMES, der(OCTET_STRING, addresses)),
    der(SEQUENCE, BASIC_CONSTRAINTS, der(OCTET_STRING, authority)),
  )
  const body = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  )
  const signature = der(BIT_STRING, Buffer.from([0]), sign('sha256', body, privateKey))
  const lines = der(SEQUENCE, body, ECDSA_WITH_SHA256, signature).toString('base64').replaceAll(/.{64}/g, '$&\n')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
