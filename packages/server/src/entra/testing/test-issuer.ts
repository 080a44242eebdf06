import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { EntraSettings } from '../settings.ts'

export const TENANT = '3f0a7c1e-8a52-4a57-9d5b-0d8a6f1f2b11'
export const CLIENT = '8d0a46c2-5be9-4e53-9bb4-5a0b7b7f5f60'

export const TEST_ENTRA: EntraSettings = {
  name: 'Microsoft',
  authority: `https://contoso.ciamlogin.com/${TENANT}/v2.0`,
  clientId: CLIENT,
  tenantId: TENANT,
  scopes: ['openid', 'profile'],
  issuer: `https://${TENANT}.ciamlogin.com/${TENANT}/v2.0`,
  keysAddress: `https://contoso.ciamlogin.com/${TENANT}/discovery/v2.0/keys`,
}

export type Json = Record<string, unknown>

let pair: KeyObject | undefined
/** One for the process: making it takes a while. */
export function signingKey(): KeyObject {
  pair ??= newKey()
  return pair
}

export function newKey(): KeyObject {
  const pem = { type: 'pkcs8', format: 'pem' } as const
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: pem,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  return createPrivateKey(privateKey)
}

export const publicJwk = (key: KeyObject): Json => {
  const { kty, n, e } = key.export({ format: 'jwk' })
  return { kty, n, e }
}

export const encode = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

export const rs256 = (signed: string, key: KeyObject = signingKey()) =>
  sign('sha256', Buffer.from(signed), key).toString('base64url')

/** An identity provider in this process: its key set is asked for through `fetch`, its tokens are made to order. */
export class TestIssuer {
  asked = 0
  /** What the address of the keys answers. */
  keys: () => Response | Promise<Response> = () => Response.json({ keys: [this.jwk()] })

  readonly fetch = async (address: string): Promise<Response> => {
    if (address !== TEST_ENTRA.keysAddress) throw new Error(`keys were asked for at ${address}`)
    this.asked++
    return this.keys()
  }

  jwk(key: KeyObject = signingKey(), kid = 'key-1'): Json {
    return { ...publicJwk(key), kid, use: 'sig', alg: 'RS256' }
  }

  header(changes: Json = {}): Json {
    return { typ: 'JWT', alg: 'RS256', kid: 'key-1', ...changes }
  }

  /** What Entra says of somebody who signed in just now. */
  claims(now: Date, nonce: string, changes: Json = {}): Json {
    const at = Math.floor(now.getTime() / 1000)
    const times = { iat: at, nbf: at, exp: at + 3600 }
    return {
      iss: TEST_ENTRA.issuer,
      aud: CLIENT,
      ...times,
      ver: '2.0',
      tid: TENANT,
      oid: '5f0c3c60-6d2e-4c55-8f0e-0d3f3f7f7a01',
      sub: 'AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ',
      name: 'Ada Quill',
      preferred_username: 'ada@contoso.example',
      nonce,
      ...changes,
    }
  }

  token(claims: Json | string, header: Json | string = this.header(), key: KeyObject = signingKey()): string {
    const signed = `${encode(header)}.${encode(claims)}`
    return `${signed}.${rs256(signed, key)}`
  }
}
