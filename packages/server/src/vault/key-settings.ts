import type { AzureIdentity } from './azure-key-vault.ts'
import type { KeyProviderSettings } from './open-key-provider.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Which key provider, from `FISTWORKS_KEY_PROVIDER` and what belongs to it. Live mode takes the file on this machine
 * only when told so.
 * @throws Error that names the setting and what it must look like
 */
export function readKeyProvider(isLive: boolean, env: Environment): KeyProviderSettings {
  const id = env['FISTWORKS_KEY_PROVIDER'] ?? 'local-file'
  if (id === 'azure-key-vault') return { id, ...azureSettings(env) }
  if (id !== 'local-file') {
    throw new Error(`FISTWORKS_KEY_PROVIDER must be local-file or azure-key-vault, not ${id}`)
  }
  if (isLive && env['FISTWORKS_ALLOW_LOCAL_KEY_FILE'] !== 'yes') {
    throw new Error(
      'Live mode needs FISTWORKS_KEY_PROVIDER=azure-key-vault. To keep the master key in a file on this machine all the same, set FISTWORKS_ALLOW_LOCAL_KEY_FILE=yes',
    )
  }
  return { id }
}

function azureSettings(env: Environment) {
  const key = /^(https:\/\/[^/?#@]+)\/keys\/([0-9A-Za-z-]{1,127})$/.exec(env['FISTWORKS_AZURE_KEY'] ?? '')
  if (key === null) {
    throw new Error(
      'FISTWORKS_AZURE_KEY must name the key without a version, like https://example.vault.azure.net/keys/fistworks',
    )
  }
  const [, vaultUrl = '', keyName = ''] = key
  const keyType = env['FISTWORKS_AZURE_KEY_TYPE'] ?? 'RSA-HSM'
  if (keyType !== 'RSA-HSM' && keyType !== 'RSA') {
    throw new Error(`FISTWORKS_AZURE_KEY_TYPE must be RSA-HSM or RSA, not ${keyType}`)
  }
  const authorityHost = env['FISTWORKS_AZURE_AUTHORITY_HOST']
  if (authorityHost !== undefined && !authorityHost.startsWith('https://')) {
    throw new Error('FISTWORKS_AZURE_AUTHORITY_HOST must be like https://login.microsoftonline.com')
  }
  const identity = azureIdentity(env)
  return { vaultUrl, keyName, keyType, identity, ...(authorityHost === undefined ? {} : { authorityHost }) } as const
}

/** A file with a secret or a certificate; without either the identity that Azure gives to the machine. */
function azureIdentity(env: Environment): AzureIdentity {
  const secretFile = env['FISTWORKS_AZURE_CLIENT_SECRET_FILE']
  const certificateFile = env['FISTWORKS_AZURE_CLIENT_CERTIFICATE_FILE']
  const tenantId = env['FISTWORKS_AZURE_TENANT_ID']
  const clientId = env['FISTWORKS_AZURE_CLIENT_ID']
  if (secretFile === undefined && certificateFile === undefined) {
    return { kind: 'managedIdentity', ...(clientId === undefined ? {} : { clientId }) }
  }
  if (secretFile !== undefined && certificateFile !== undefined) {
    throw new Error('Set FISTWORKS_AZURE_CLIENT_SECRET_FILE or FISTWORKS_AZURE_CLIENT_CERTIFICATE_FILE, not both')
  }
  if (tenantId === undefined || clientId === undefined) {
    throw new Error('FISTWORKS_AZURE_TENANT_ID and FISTWORKS_AZURE_CLIENT_ID must be set with the file of their secret')
  }
  if (secretFile !== undefined) return { kind: 'clientSecret', tenantId, clientId, secretFile }
  return { kind: 'clientCertificate', tenantId, clientId, certificateFile: certificateFile ?? '' }
}

/** Names under which programs take a secret from the environment; a name that ends in `_FILE` names a file. */
const SECRET_NAME = /^(FISTWORKS|AZURE)_.*(SECRET|PASSWORD|PASSPHRASE|TOKEN|CREDENTIALS?|_KEY|_KEYS|PRIVATE|SEED)$/
/** Settings that end so and hold no secret. */
const NO_SECRET = new Set(['FISTWORKS_AZURE_KEY'])
/** A private key, a token or a master key of ours, wherever it stands. */
const SECRET_VALUE = /-----BEGIN [A-Z ]*PRIVATE KEY-----|fw_(live|test)_\w{20}|fistworks-master-key/

/**
 * Whoever can list a process's environment reads what stands in it, and it ends up in crash reports.
 * @throws Error that names the setting, never its value
 */
export function refuseSecretsIn(env: Environment): void {
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || value === '') continue
    const isSecret = (SECRET_NAME.test(name) && !NO_SECRET.has(name)) || SECRET_VALUE.test(value)
    if (!isSecret) continue
    throw new Error(
      `${name} looks like a secret, and in live mode secrets do not come from the environment. Put it into a file that only this user can read (mode 0400) and name the file in the setting that ends in _FILE; then take ${name} away`,
    )
  }
}
