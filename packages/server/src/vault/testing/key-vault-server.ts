import {
  constants,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { selfSignedCertificate } from './certificate.ts'

/** What the next call gets instead of an answer. */
export type KeyVaultFault = 'throttle' | 'forbidden' | 'broken' | 'silent' | 'dropped'

export interface KeyVaultServer {
  vaultUrl: string
  authorityHost: string
  /** The certificate to trust. */
  ca: string
  tenantId: string
  clientId: string
  clientSecret: string
  keyName: string
  /** Makes a newer version of the key. @returns its version */
  addVersion(modulusBits?: number): string
  /** Versions that are not used any more answer 403, as a disabled key does. */
  disable(version: string): void
  keyType: 'RSA' | 'RSA-HSM'
  /** Faults of the calls to come, one each; a token call counts only when `token` is set. */
  faults: KeyVaultFault[]
  /** Seconds that a throttled caller is asked to wait; below none nothing is said about it. */
  retryAfterSeconds: number
  /** Every call as `METHOD path`, tokens included. */
  calls: string[]
  /** Tokens given out stop being good. */
  revokeTokens(): void
  close(): Promise<void>
}

const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }
const MODULUS_BITS = 2048
const NAME = 'fistworks'

interface Answer {
  status: number
  body: unknown
  headers?: Record<string, string>
}

const problem = (status: number, code: string): Answer => ({ status, body: { error: { code, message: code } } })

/**
 * An HTTPS server that answers as Azure Key Vault and its token service do, with real RSA keys: the challenge before
 * the first token, key versions, wrapping, throttling. It is our own and stands for Azure in tests only.
 */
export async function startKeyVaultServer(): Promise<KeyVaultServer> {
  const { cert, key } = selfSignedCertificate()
  const versions = new Map<string, { privateKey: KeyObject; enabled: boolean }>()
  const tokens = new Set<string>()
  const held = new Set<ServerResponse>()
  const http = createServer({ cert, key }, (request, response) => void serve(request, response))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const origin = `https://127.0.0.1:${(http.address() as AddressInfo).port}`

  const server: KeyVaultServer = {
    vaultUrl: origin,
    authorityHost: origin,
    ca: cert,
    tenantId: '11111111-2222-3333-4444-555555555555',
    clientId: '66666666-7777-8888-9999-000000000000',
    clientSecret: randomBytes(16).toString('hex'),
    keyName: NAME,
    keyType: 'RSA-HSM',
    faults: [],
    retryAfterSeconds: 1,
    calls: [],
    addVersion(modulusLength = MODULUS_BITS) {
      const version = randomBytes(16).toString('hex')
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength })
      versions.set(version, { privateKey, enabled: true })
      return version
    },
    disable: (version) => {
      const found = versions.get(version)
      if (found) found.enabled = false
    },
    revokeTokens: () => tokens.clear(),
    close() {
      for (const response of held) response.destroy()
      http.closeAllConnections()
      return new Promise((resolve) => http.close(() => resolve()))
    },
  }
  server.addVersion()

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', origin).pathname
    const body = await text(request)
    server.calls.push(`${request.method} ${path}`)
    const isVault = path.startsWith('/keys/')
    const isChallenged = isVault && !tokens.has((request.headers.authorization ?? '').replace(/^Bearer /, ''))
    const fault = isVault && !isChallenged ? server.faults.shift() : undefined
    if (fault === 'silent') return void held.add(response)
    if (fault === 'dropped') return void request.socket.destroy()
    const answer = isChallenged
      ? challenge()
      : fault
        ? faulty(fault)
        : isVault
          ? keyAnswer(path, body)
          : signIn(path, body)
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
    response.end(JSON.stringify(answer.body))
  }

  function challenge(): Answer {
    const value = `Bearer authorization="${origin}/${server.tenantId}", resource="https://vault.azure.net"`
    return { ...problem(401, 'Unauthorized'), headers: { 'www-authenticate': value } }
  }

  function faulty(fault: 'throttle' | 'forbidden' | 'broken'): Answer {
    if (fault === 'forbidden') return problem(403, 'Forbidden')
    if (fault === 'broken') return problem(500, 'InternalServerError')
    if (server.retryAfterSeconds < 0) return problem(429, 'Throttled')
    return { ...problem(429, 'Throttled'), headers: { 'retry-after': String(server.retryAfterSeconds) } }
  }

  function signIn(path: string, body: string): Answer {
    const tenant = `${origin}/${server.tenantId}`
    if (path.endsWith('/.well-known/openid-configuration')) {
      const token_endpoint = `${tenant}/oauth2/v2.0/token`
      const jwks_uri = `${tenant}/keys`
      return {
        status: 200,
        body: { issuer: `${tenant}/v2.0`, authorization_endpoint: `${tenant}/a`, token_endpoint, jwks_uri },
      }
    }
    const form = new URLSearchParams(body)
    const isKnown =
      path === `/${server.tenantId}/oauth2/v2.0/token` &&
      form.get('client_id') === server.clientId &&
      form.get('client_secret') === server.clientSecret &&
      form.get('scope')?.includes('https://vault.azure.net/.default')
    if (!isKnown) return { status: 401, body: { error: 'invalid_client', error_description: 'not known' } }
    const access_token = randomBytes(24).toString('base64url')
    tokens.add(access_token)
    return { status: 200, body: { token_type: 'Bearer', expires_in: 3600, access_token } }
  }

  function keyAnswer(path: string, body: string): Answer {
    const [, , name, wanted, action] = path.split('/')
    const version = wanted || [...versions.keys()].at(-1) || ''
    const found = versions.get(version)
    if (name !== NAME || !found) return problem(404, 'KeyNotFound')
    const kid = `${origin}/keys/${NAME}/${version}`
    const { privateKey, enabled } = found
    if (action === undefined) {
      const { n, e } = createPublicKey(privateKey).export({ format: 'jwk' })
      const key_ops = ['wrapKey', 'unwrapKey']
      return { status: 200, body: { key: { kid, kty: server.keyType, key_ops, n, e }, attributes: { enabled } } }
    }
    if (!enabled) return problem(403, 'Forbidden')
    const { alg, value }: { alg: string; value: string } = JSON.parse(body)
    if (alg !== 'RSA-OAEP-256') return problem(400, 'BadParameter')
    const bytes = Buffer.from(value, 'base64url')
    try {
      const result =
        action === 'wrapkey'
          ? publicEncrypt({ key: createPublicKey(privateKey), ...OAEP }, bytes)
          : privateDecrypt({ key: privateKey, ...OAEP }, bytes)
      return { status: 200, body: { kid, value: result.toString('base64url') } }
    } catch {
      return problem(400, 'BadParameter')
    }
  }

  return server
}
