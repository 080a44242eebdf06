import { createHmac, createPublicKey, constants, sign } from 'node:crypto'
import {
  CLIENT,
  encode,
  type Json,
  newKey,
  publicJwk,
  rs256,
  signingKey,
  TENANT,
  TEST_ENTRA,
  type TestIssuer,
} from './test-issuer.ts'

/** What a broken token is made from: claims that are whole, and the issuer that would sign them. */
interface Parts {
  issuer: TestIssuer
  claims: Json
  /** Seconds since 1970. */
  now: number
}
type Make = (parts: Parts) => string

const OTHER_TENANT = '9a1b2c3d-0000-4000-8000-000000000001'
const theirs = newKey()

const said =
  (changes: Json | ((parts: Parts) => Json)): Make =>
  (parts) =>
    parts.issuer.token({ ...parts.claims, ...(typeof changes === 'function' ? changes(parts) : changes) })
const lacking =
  (name: string): Make =>
  ({ issuer, claims }) =>
    issuer.token(Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name)))
const headed =
  (changes: Json): Make =>
  ({ issuer, claims }) =>
    issuer.token(claims, issuer.header(changes))
/** Of somebody else's key, who says in the header where it can be found. */
const pointing =
  (changes: Json): Make =>
  ({ issuer, claims }) =>
    issuer.token(claims, issuer.header(changes), theirs)
const unsigned =
  (alg: unknown): Make =>
  ({ issuer, claims }) =>
    `${encode(issuer.header({ alg }))}.${encode(claims)}.`
const hashed =
  (secret: () => string | Buffer): Make =>
  ({ issuer, claims }) => {
    const signed = `${encode(issuer.header({ alg: 'HS256' }))}.${encode(claims)}`
    return `${signed}.${createHmac('sha256', secret()).update(signed).digest('base64url')}`
  }
const changed =
  (change: (head: string, body: string, signature: string) => string): Make =>
  ({ issuer, claims }) => {
    const [head = '', body = '', signature = ''] = issuer.token(claims).split('.')
    return change(head, body, signature)
  }
/** Its text with one more member at the end, as no serializer writes it. */
const andAgain = (value: Json, member: string) => `${JSON.stringify(value).slice(0, -1)},${member}}`
const publicKey = () => createPublicKey(signingKey())

const ALGORITHMS: Record<string, Make> = {
  'alg none': unsigned('none'),
  'alg None': unsigned('None'),
  'alg NONE': unsigned('NONE'),
  'alg NoNe': unsigned('NoNe'),
  'alg none with a zero-width space': unsigned('none\u200b'),
  'alg of no value': unsigned(null),
  'alg as a list': headed({ alg: ['RS256'] }),
  'alg rs256 in small letters': headed({ alg: 'rs256' }),
  'alg RS256 in fullwidth letters': headed({ alg: 'ＲＳ２５６' }),
  'alg none with a good signature': headed({ alg: 'none' }),
  'alg RS512 with the signature of RS256': headed({ alg: 'RS512' }),
  'no alg': ({ issuer, claims }) => issuer.token(claims, { typ: 'JWT', kid: 'key-1' }),
  'HS256 with the public key as PEM': hashed(() => publicKey().export({ type: 'spki', format: 'pem' })),
  'HS256 with the public key as DER': hashed(() => publicKey().export({ type: 'spki', format: 'der' })),
  'HS256 with the public key as JWK': hashed(() => JSON.stringify(publicJwk(signingKey()))),
  'HS256 with an empty secret': hashed(() => ''),
  'PS256, correctly signed': ({ issuer, claims }) => {
    const signed = `${encode(issuer.header({ alg: 'PS256' }))}.${encode(claims)}`
    const key = { key: signingKey(), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
    return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`
  },
}

const KEYS: Record<string, Make> = {
  'a key that is not published': ({ issuer, claims }) => issuer.token(claims, issuer.header(), theirs),
  'an unknown kid': headed({ kid: 'key-2' }),
  'no kid': ({ issuer, claims }) => issuer.token(claims, { typ: 'JWT', alg: 'RS256' }),
  'a kid that climbs out of a folder': headed({ kid: '../../../../dev/null' }),
  'a kid that is an address': headed({ kid: 'https://evil.example/keys' }),
  'a kid that is SQL': headed({ kid: "key-1' OR '1'='1" }),
  'a kid with a NUL': headed({ kid: 'key-1\u0000' }),
  'a kid as a list': headed({ kid: ['key-1'] }),
  'jku to keys of theirs': pointing({ jku: 'https://evil.example/keys' }),
  'jku to our own address, with a good signature': headed({ jku: TEST_ENTRA.keysAddress }),
  'x5u to a certificate of theirs': pointing({ x5u: 'https://evil.example/cert.pem' }),
  'x5c with a certificate of theirs': pointing({ x5c: ['MIIB'] }),
  'their key as an embedded jwk': pointing({ jwk: publicJwk(theirs) }),
  'the key of another tenant, and that tenant': ({ issuer, claims }) =>
    issuer.token(
      { ...claims, iss: TEST_ENTRA.issuer.replaceAll(TENANT, OTHER_TENANT), tid: OTHER_TENANT },
      undefined,
      theirs,
    ),
}

const HEADERS: Record<string, Make> = {
  'typ at+jwt': headed({ typ: 'at+jwt' }),
  'typ logout+jwt': headed({ typ: 'logout+jwt' }),
  'typ jwt in small letters': headed({ typ: 'jwt' }),
  'b64 false, and critical': headed({ b64: false, crit: ['b64'] }),
  'something critical we do not know': headed({ crit: ['exp'], exp: 1 }),
  'an empty crit': headed({ crit: [] }),
  zip: headed({ zip: 'DEF' }),
  'alg said twice': ({ issuer, claims }) =>
    issuer.token(claims, andAgain(issuer.header({ alg: 'none' }), '"alg":"RS256"')),
  'a header that is no object': ({ issuer, claims }) => issuer.token(claims, '"RS256"'),
  'a header that is no JSON': ({ issuer, claims }) => issuer.token(claims, '{alg:RS256}'),
}

const CLAIMS: Record<string, Make> = {
  'another issuer': said({ iss: 'https://evil.example/v2.0' }),
  'the issuer with a slash at its end': said({ iss: `${TEST_ENTRA.issuer}/` }),
  'the issuer in capitals': said({ iss: TEST_ENTRA.issuer.toUpperCase() }),
  'issuers as a list': said({ iss: [TEST_ENTRA.issuer] }),
  'another audience': said({ aud: 'another-app' }),
  'audiences as a list that holds ours': said({ aud: [CLIENT, 'another-app'] }),
  'audiences as a list of ours alone': said({ aud: [CLIENT] }),
  'another tenant': said({ tid: OTHER_TENANT }),
  'the tenant in capitals': said({ tid: TENANT.toUpperCase() }),
  'the tenant with a Cyrillic letter': said({ tid: TENANT.replace('a', 'а') }),
  'another authorized party': said({ azp: 'another-app' }),
  'version 1.0': said({ ver: '1.0' }),
  'the version as a number': said({ ver: 2 }),
  'an access token': said({ scp: 'access_as_user' }),
  'an object id as an object': said({ oid: { $ne: '' } }),
  'an empty object id': said({ oid: '' }),
  'an object id with a NUL': said(({ claims }) => ({ oid: `${String(claims['oid'])}\u0000` })),
  'an object id in fullwidth digits': said({ oid: '５f0c3c60' }),
  'oid said twice': ({ issuer, claims }) => issuer.token(andAgain(claims, '"oid":"somebody-else"')),
  'oid said twice, once escaped': ({ issuer, claims }) => issuer.token(andAgain(claims, '"\\u006fid":"somebody-else"')),
  'claims that are a list': ({ issuer, claims }) => issuer.token(JSON.stringify([claims])),
  ...Object.fromEntries(
    ['iss', 'aud', 'tid', 'oid', 'ver', 'exp', 'iat', 'nonce'].map((name) => [`no ${name}`, lacking(name)]),
  ),
}

const TIMES: Record<string, Make> = {
  'expired 61 seconds ago': said(({ now }) => ({ exp: now - 61 })),
  'expired just out of tolerance': said(({ now }) => ({ exp: now - 60 })),
  'good from 61 seconds on': said(({ now }) => ({ nbf: now + 61 })),
  'issued 61 seconds from now': said(({ now }) => ({ iat: now + 61 })),
  'issued more than an hour ago, still good': said(({ now }) => ({ iat: now - 3661 })),
  'an expiry as text': said(({ now }) => ({ exp: String(now + 3600) })),
  'an expiry beyond all numbers': ({ issuer, claims }) =>
    issuer.token(JSON.stringify(claims).replace(/"exp":\d+/, '"exp":1e999')),
  'an expiry below zero': said({ exp: -1 }),
}

const NONCES: Record<string, Make> = {
  'another nonce': said({ nonce: 'AAAA' }),
  'an empty nonce': said({ nonce: '' }),
  'the nonce in a list': said(({ claims }) => ({ nonce: [claims['nonce']] })),
  'the nonce with a space': said(({ claims }) => ({ nonce: `${String(claims['nonce'])} ` })),
  'a nonce with one bit changed': said(({ claims }) => {
    const bytes = Buffer.from(String(claims['nonce']), 'base64url')
    bytes.writeUInt8(bytes.readUInt8(10) ^ 1, 10)
    return { nonce: bytes.toString('base64url') }
  }),
}

const FORMS: Record<string, Make> = {
  nothing: () => '',
  dots: () => '..',
  'no token at all': () => 'hello',
  'a signature cut short': changed((head, body, signature) => `${head}.${body}.${signature.slice(0, -4)}`),
  'no signature': changed((head, body) => `${head}.${body}.`),
  'two parts': changed((head, body) => `${head}.${body}`),
  'four parts': changed((head, body, signature) => `${head}.${body}.${signature}.${signature}`),
  'the signature of another token': ({ issuer, claims }) =>
    `${encode(issuer.header())}.${encode({ ...claims, oid: 'somebody-else' })}.${rs256(`${encode(issuer.header())}.${encode(claims)}`)}`,
  'a space before it': changed((head, body, signature) => ` ${head}.${body}.${signature}`),
  'a line end after it': changed((head, body, signature) => `${head}.${body}.${signature}\n`),
  'a line end inside': changed((head, body, signature) => `${head}.\n${body}.${signature}`),
  'padding of base64': changed((head, body, signature) => `${head}.${body}.${signature}==`),
  'the other alphabet of base64': changed(
    (head, body, signature) => `${head}.${body}.${Buffer.from(signature, 'base64url').toString('base64')}`,
  ),
  'the last bits of the signature in another way': changed(
    (head, body, signature) => `${head}.${body}.${signature.slice(0, -1)}${otherLast(signature)}`,
  ),
  'bytes that are no UTF-8': ({ issuer }) => {
    const signed = `${encode(issuer.header())}.${Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]).toString('base64url')}`
    return `${signed}.${rs256(signed)}`
  },
  'encrypted (JWE)': ({ issuer, claims }) =>
    [{ ...issuer.header(), alg: 'RSA-OAEP-256', enc: 'A256GCM' }, 'key', 'iv', claims, 'tag'].map(encode).join('.'),
  'JSON serialization': changed((head, body, signature) =>
    JSON.stringify({ protected: head, payload: body, signature }),
  ),
  'a huge claim, well signed': said({ padding: 'x'.repeat(20_000) }),
  'very many dots': () => '.'.repeat(10_000),
  'a million characters': () => 'e'.repeat(1_000_000),
}

/** 256 bytes end in two bits that base64 does not use; the bytes stay the same whatever they are. */
function otherLast(signature: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return alphabet.charAt(alphabet.indexOf(signature.slice(-1)) ^ 1)
}

/** Tokens that are to be refused, by what is wrong with them. */
export const BROKEN_TOKENS: [string, Make][] = Object.entries({
  ...ALGORITHMS,
  ...KEYS,
  ...HEADERS,
  ...CLAIMS,
  ...TIMES,
  ...NONCES,
  ...FORMS,
})
