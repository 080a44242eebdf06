import { createHash, timingSafeEqual } from 'node:crypto'
import {
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity'
import { CryptographyClient, KeyClient, type KeyClientOptions, type KeyVaultKey } from '@azure/keyvault-keys'
import { type KeyProvider, KeyUnavailable } from './key-provider.ts'
import { readOwnerOnlyFile } from './owner-only-file.ts'

/** How this server proves to Azure who it is. Secrets lie in files that only their owner can read. */
export type AzureIdentity =
  | { kind: 'clientSecret'; tenantId: string; clientId: string; secretFile: string }
  | { kind: 'clientCertificate'; tenantId: string; clientId: string; certificateFile: string }
  | { kind: 'managedIdentity'; clientId?: string }

export interface AzureKeyVaultSettings {
  /** `https://<vault>.vault.azure.net` */
  vaultUrl: string
  keyName: string
  /** What the key must be: `RSA-HSM` never leaves the hardware, `RSA` is kept by software. */
  keyType: 'RSA-HSM' | 'RSA'
  identity: AzureIdentity
  /** Where tokens come from; the public cloud when left out. */
  authorityHost?: string
}

/** What a server of another kind than Azure's own needs: tests set it. */
export interface AzureConnection {
  tlsOptions?: { ca: string }
  disableChallengeResourceVerification?: boolean
  disableInstanceDiscovery?: boolean
  /** Longest time for one call, its retries and the token included. */
  timeoutMs?: number
  now?(): number
}

const ALGORITHM = 'RSA-OAEP-256'
const PREFIX = 'azure-key-vault:'
const TIMEOUT_MS = 5_000
const RETRIES = { maxRetries: 2, retryDelayInMs: 200, maxRetryDelayInMs: 1_000 }
/** A wait that a request can afford. */
const LONGEST_WAIT_MS = 2_000
/** Asked to wait, we do not ask again before; this long at most. */
const LONGEST_PAUSE_MS = 30_000
/** 2,048 bits. */
const SMALLEST_MODULUS_BYTES = 256

/**
 * The wrapping key in Azure Key Vault. OAEP has no associated data, so `DEK ‖ SHA-256(binding)` is wrapped and the
 * hash compared after unwrapping.
 * @throws KeyUnavailable when the key cannot be reached or is not of the kind that was configured
 */
export async function openAzureKeyVault(
  settings: AzureKeyVaultSettings,
  connection: AzureConnection = {},
): Promise<KeyProvider> {
  const { timeoutMs = TIMEOUT_MS, now = Date.now, ...transport } = connection
  const pause = { until: 0 }
  const options: KeyClientOptions = { ...transport, retryOptions: RETRIES, additionalPolicies: [heed(pause, now)] }
  const credential = credentialOf(settings, transport)
  const keys = new KeyClient(settings.vaultUrl, credential, options)
  const cryptography = new Map<string, CryptographyClient>()

  async function call<T>(what: string, ask: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
    if (now() < pause.until) throw asked(what, pause.until - now())
    try {
      return await ask(AbortSignal.timeout(timeoutMs))
    } catch (error) {
      throw refusalOf(what, error, pause, now)
    }
  }

  async function currentKey(): Promise<string> {
    const key = await call('give its key', (abortSignal) => keys.getKey(settings.keyName, { abortSignal }))
    return kekIdOf(key, settings)
  }

  function clientFor(kekId: string): CryptographyClient {
    const keyId = keyIdOf(kekId, settings)
    const client = cryptography.get(keyId) ?? new CryptographyClient(keyId, credential, options)
    cryptography.set(keyId, client)
    return client
  }

  await currentKey()
  return {
    id: 'azure-key-vault',
    currentKek: currentKey,
    renewKek: currentKey,
    async wrap(dek, binding) {
      const kekId = await currentKey()
      const bound = Buffer.concat([dek, hashOf(binding)])
      try {
        const client = clientFor(kekId)
        const { result } = await call('wrap', (abortSignal) => client.wrapKey(ALGORITHM, bound, { abortSignal }))
        return { wrapped: result, kekId }
      } finally {
        bound.fill(0)
      }
    },
    async unwrap(wrapped, kekId, binding) {
      const client = clientFor(kekId)
      const { result } = await call('unwrap', (abortSignal) => client.unwrapKey(ALGORITHM, wrapped, { abortSignal }))
      return unbound(result, binding)
    },
  }
}

type Policy = NonNullable<KeyClientOptions['additionalPolicies']>[number]

/** Azure's client waits as long as it is told, however long: a long wait is told on to the caller instead. */
function heed(pause: { until: number }, now: () => number): Policy {
  return {
    position: 'perRetry',
    policy: {
      name: 'heedRetryAfter',
      async sendRequest(request, next) {
        const response = await next(request)
        const waitMs = response.status === 429 ? Math.min(retryAfterMs(response), LONGEST_PAUSE_MS) : 0
        if (waitMs <= LONGEST_WAIT_MS) return response
        pause.until = now() + waitMs
        throw asked('answer', waitMs)
      },
    },
  }
}

const hashOf = (binding: Uint8Array) => createHash('sha256').update(binding).digest()

/** @throws KeyUnavailable when the key was wrapped for something else */
function unbound(result: Uint8Array, binding: Uint8Array): Uint8Array {
  const expected = hashOf(binding)
  const dek = Uint8Array.from(result.subarray(0, -expected.length))
  const isMine = dek.length > 0 && timingSafeEqual(result.subarray(-expected.length), expected)
  result.fill(0)
  if (isMine) return dek
  dek.fill(0)
  throw new KeyUnavailable('A wrapped key does not open: it is damaged or belongs elsewhere.')
}

function credentialOf({ identity, authorityHost }: AzureKeyVaultSettings, transport: AzureConnection): TokenCredential {
  const { tlsOptions, disableInstanceDiscovery } = transport
  const options = {
    retryOptions: RETRIES,
    ...(authorityHost === undefined ? {} : { authorityHost }),
    ...(tlsOptions === undefined ? {} : { tlsOptions }),
    ...(disableInstanceDiscovery === undefined ? {} : { disableInstanceDiscovery }),
  }
  if (identity.kind === 'managedIdentity') {
    const { clientId } = identity
    return new ManagedIdentityCredential({ ...options, ...(clientId === undefined ? {} : { clientId }) })
  }
  const { tenantId, clientId } = identity
  if (identity.kind === 'clientSecret') {
    const secret = readOwnerOnlyFile(identity.secretFile).trim()
    return new ClientSecretCredential(tenantId, clientId, secret, options)
  }
  const certificate = readOwnerOnlyFile(identity.certificateFile)
  return new ClientCertificateCredential(tenantId, clientId, { certificate }, options)
}

/** The newest version of the key, if it is what was configured. */
function kekIdOf({ key, keyType, properties }: KeyVaultKey, settings: AzureKeyVaultSettings): string {
  const { version, enabled } = properties
  if (keyType !== settings.keyType) {
    throw new KeyUnavailable(`The key in the key vault is of type ${keyType}; configured is ${settings.keyType}.`)
  }
  if (enabled === false) throw new KeyUnavailable('The key in the key vault is disabled.')
  if ((key?.n?.length ?? 0) < SMALLEST_MODULUS_BYTES) {
    throw new KeyUnavailable('The key in the key vault has less than 2,048 bits.')
  }
  if (version === undefined) throw new KeyUnavailable('The key vault named no version of its key.')
  return `${PREFIX}${settings.vaultUrl}/keys/${settings.keyName}/${version}`
}

/** Only versions of the configured key: whoever can write into the database must not choose whom we send keys to. */
function keyIdOf(kekId: string, { vaultUrl, keyName }: AzureKeyVaultSettings): string {
  const keyId = kekId.slice(PREFIX.length)
  const place = `${vaultUrl}/keys/${keyName}/`
  const isOurs = kekId.startsWith(PREFIX) && keyId.startsWith(place) && /^[0-9a-f]{32}$/.test(keyId.slice(place.length))
  if (isOurs) return keyId
  throw new KeyUnavailable('A key was wrapped by another key than the configured one.')
}

/** Nothing but the status is told on: texts of the service can name keys and callers. */
function refusalOf(what: string, error: unknown, pause: { until: number }, now: () => number): KeyUnavailable {
  if (error instanceof KeyUnavailable) return error
  const status = statusOf(error)
  if (status === 429) {
    const waitMs = Math.min(retryAfterMs(responseOf(error)), LONGEST_PAUSE_MS)
    pause.until = now() + waitMs
    return asked(what, waitMs, error)
  }
  const why = status === undefined ? 'did not answer in time' : `answered ${status}`
  return new KeyUnavailable(`The key vault was to ${what} and ${why}.`, { cause: error })
}

function asked(what: string, waitMs: number, cause?: unknown): KeyUnavailable {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000))
  return new KeyUnavailable(`The key vault was to ${what} and asked to wait.`, { cause, retryAfterSeconds })
}

function statusOf(error: unknown): number | undefined {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  return typeof status === 'number' ? status : undefined
}

function responseOf(error: unknown): unknown {
  return error instanceof Error && 'response' in error ? error.response : undefined
}

/** How long an answer asks to wait; a second when nothing is said. */
function retryAfterMs(response: unknown): number {
  const headers = typeof response === 'object' && response !== null && 'headers' in response ? response.headers : null
  const read = headers instanceof Object && 'get' in headers ? headers.get : null
  const seconds = typeof read === 'function' ? Number(read.call(headers, 'retry-after')) : Number.NaN
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 1000
}
