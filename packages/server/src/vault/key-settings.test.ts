import { expect, test } from 'vitest'
import { readKeyProvider, refuseSecretsIn } from './key-settings.ts'

const azure = { FISTWORKS_KEY_PROVIDER: 'azure-key-vault', FISTWORKS_AZURE_KEY: 'https://v.vault.azure.net/keys/k-1' }
const place = { id: 'azure-key-vault', vaultUrl: 'https://v.vault.azure.net', keyName: 'k-1', keyType: 'RSA-HSM' }
const application = { FISTWORKS_AZURE_TENANT_ID: 't', FISTWORKS_AZURE_CLIENT_ID: 'c' }

test('development keeps the master key in a file; live mode does so only when told', () => {
  expect(readKeyProvider(false, {})).toEqual({ id: 'local-file' })
  expect(() => readKeyProvider(true, {})).toThrow('FISTWORKS_ALLOW_LOCAL_KEY_FILE=yes')
  expect(() => readKeyProvider(true, { FISTWORKS_ALLOW_LOCAL_KEY_FILE: 'no' })).toThrow('azure-key-vault')
  expect(readKeyProvider(true, { FISTWORKS_ALLOW_LOCAL_KEY_FILE: 'yes' })).toEqual({ id: 'local-file' })
  expect(() => readKeyProvider(false, { FISTWORKS_KEY_PROVIDER: 'vault' })).toThrow('not vault')
})

test('a key vault is named by its key, and the identity comes from a file or from the machine', () => {
  expect(readKeyProvider(true, azure)).toEqual({ ...place, identity: { kind: 'managedIdentity' } })
  const named = { ...azure, FISTWORKS_AZURE_CLIENT_ID: 'c' }
  expect(readKeyProvider(true, named)).toEqual({ ...place, identity: { kind: 'managedIdentity', clientId: 'c' } })
  const secret = { ...azure, ...application, FISTWORKS_AZURE_CLIENT_SECRET_FILE: '/s' }
  const whom = { tenantId: 't', clientId: 'c' }
  expect(readKeyProvider(true, secret)).toEqual({
    ...place,
    identity: { kind: 'clientSecret', ...whom, secretFile: '/s' },
  })
  const certificate = {
    ...azure,
    ...application,
    FISTWORKS_AZURE_CLIENT_CERTIFICATE_FILE: '/c',
    FISTWORKS_AZURE_KEY_TYPE: 'RSA',
    FISTWORKS_AZURE_AUTHORITY_HOST: 'https://login.example.com',
  }
  expect(readKeyProvider(true, certificate)).toEqual({
    ...place,
    keyType: 'RSA',
    authorityHost: 'https://login.example.com',
    identity: { kind: 'clientCertificate', ...whom, certificateFile: '/c' },
  })
})

test.each([
  ['FISTWORKS_AZURE_KEY', { FISTWORKS_AZURE_KEY: undefined }],
  ['FISTWORKS_AZURE_KEY', { FISTWORKS_AZURE_KEY: 'http://v.vault.azure.net/keys/k' }],
  ['FISTWORKS_AZURE_KEY', { FISTWORKS_AZURE_KEY: 'https://v.vault.azure.net/keys/k/00' }],
  ['FISTWORKS_AZURE_KEY', { FISTWORKS_AZURE_KEY: 'https://u@v.vault.azure.net/keys/k' }],
  ['FISTWORKS_AZURE_KEY_TYPE', { FISTWORKS_AZURE_KEY_TYPE: 'oct-HSM' }],
  ['FISTWORKS_AZURE_AUTHORITY_HOST', { FISTWORKS_AZURE_AUTHORITY_HOST: 'http://login.example.com' }],
  ['not both', { FISTWORKS_AZURE_CLIENT_SECRET_FILE: '/s', FISTWORKS_AZURE_CLIENT_CERTIFICATE_FILE: '/c' }],
  ['FISTWORKS_AZURE_TENANT_ID', { FISTWORKS_AZURE_CLIENT_SECRET_FILE: '/s', FISTWORKS_AZURE_CLIENT_ID: 'c' }],
  ['FISTWORKS_AZURE_CLIENT_ID', { FISTWORKS_AZURE_CLIENT_CERTIFICATE_FILE: '/c', FISTWORKS_AZURE_TENANT_ID: 't' }],
])('a wrong setting is named: %s', (name, wrong) => {
  expect(() => readKeyProvider(true, { ...azure, ...wrong })).toThrow(name)
})

test.each([
  'FISTWORKS_AZURE_CLIENT_SECRET',
  'FISTWORKS_MASTER_KEY',
  'FISTWORKS_DATABASE_TOKEN',
  'FISTWORKS_SMTP_PASSWORD',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PASSWORD',
])('%s in the environment is refused, and its value is not told', (name) => {
  const refused = () => refuseSecretsIn({ PATH: '/bin', [name]: 'hunter2' })
  expect(refused).toThrow(`${name} looks like a secret`)
  expect(refused).not.toThrow('hunter2')
  expect(() => refuseSecretsIn({ [name]: '' })).not.toThrow()
})

test.each([
  '-----BEGIN RSA PRIVATE KEY-----\nMII',
  'fw_live_sk_01234567890123456789abcdef',
  'fistworks-master-key-1 00',
])('a secret under any name is refused: %s', (value) => {
  expect(() => refuseSecretsIn({ SOMETHING: value })).toThrow('SOMETHING looks like a secret')
})

test('names of files and of a key are no secrets', () => {
  const names = { ...azure, ...application, FISTWORKS_AZURE_CLIENT_SECRET_FILE: '/run/secret', SECRET_SANTA: 'x' }
  expect(() => refuseSecretsIn(names)).not.toThrow()
})
