import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { AzureConnection } from './azure-key-vault.ts'
import { KeyUnavailable } from './key-provider.ts'
import { startAzure } from './testing/azure-provider.ts'
import { selfSignedCertificate } from './testing/certificate.ts'

const dek = () => new Uint8Array(32).fill(9)
const binding = new TextEncoder().encode('dek1 org_1 data 1')

async function freshAzure(connection: AzureConnection = {}) {
  const azure = await startAzure()
  onTestFinished(azure.close)
  const { server } = azure
  const provider = await azure.open({}, connection)
  const { wrapped, kekId } = await provider.wrap(dek(), binding)
  const unwraps = () => server.calls.filter((call) => call.endsWith('/unwrapkey')).length
  return { azure, server, provider, wrapped, kekId, unwraps, unwrap: () => provider.unwrap(wrapped, kekId, binding) }
}

test('the token is asked for after the challenge and kept; one that the key vault refuses is a refusal', async () => {
  const { server, provider, unwrap } = await freshAzure()
  const tokens = () => server.calls.filter((call) => call.endsWith('/token')).length
  expect(server.calls[0]).toBe('GET /keys/fistworks/')
  await unwrap()
  await provider.currentKek()
  expect(tokens()).toBe(1)
  server.revokeTokens()
  await expect(unwrap()).rejects.toThrow('answered 401')
})

test('a new version wraps from then on, and the older one goes on unwrapping', async () => {
  const { server, provider, kekId, unwrap } = await freshAzure()
  const version = server.addVersion()
  expect(await provider.renewKek()).toBe(`azure-key-vault:${server.vaultUrl}/keys/fistworks/${version}`)
  const newer = await provider.wrap(dek(), binding)
  expect(newer.kekId).toBe(await provider.currentKek())
  expect(newer.kekId).not.toBe(kekId)
  expect(new Uint8Array(await provider.unwrap(newer.wrapped, newer.kekId, binding))).toEqual(dek())
  expect(new Uint8Array(await unwrap())).toEqual(dek())
  await expect(provider.unwrap(newer.wrapped, kekId, binding)).rejects.toThrow('answered 400')
})

test('a version that was asked once is asked again in one call, without another challenge', async () => {
  const { server, kekId, unwrap } = await freshAzure()
  await unwrap()
  const asked = server.calls.length
  await unwrap()
  expect(server.calls.slice(asked)).toEqual([`POST /keys/fistworks/${kekId.slice(-32)}/unwrapkey`])
})

test.each(['broken', 'dropped', 'throttle'] as const)('one call that is %s is made again', async (fault) => {
  const { server, unwrap, unwraps } = await freshAzure()
  server.faults.push(fault)
  expect(new Uint8Array(await unwrap())).toEqual(dek())
  expect(unwraps()).toBe(2)
})

test.each(['broken', 'dropped'] as const)(
  'a key vault that stays %s is given up after two more tries',
  async (fault) => {
    const { server, unwrap, unwraps } = await freshAzure()
    server.faults.push(fault, fault, fault, fault)
    await expect(unwrap()).rejects.toThrow(KeyUnavailable)
    expect(unwraps()).toBe(3)
  },
)

test('a key vault that says nothing is given up when the time is over', async () => {
  const { server, provider, unwrap } = await freshAzure({ timeoutMs: 2_000 })
  server.faults.push('silent', 'silent')
  await expect(unwrap()).rejects.toThrow('The key vault was to unwrap and did not answer in time.')
  await expect(provider.currentKek()).rejects.toThrow('did not answer in time')
})

test('who is asked to wait time and again gives up, does not ask for a second, and tells callers so', async () => {
  let time = 0
  const { server, unwrap, unwraps } = await freshAzure({ now: () => time })
  server.retryAfterSeconds = 0
  server.faults.push('throttle', 'throttle', 'throttle')
  await expect(unwrap()).rejects.toMatchObject({ name: 'KeyUnavailable', retryAfterSeconds: 1 })
  const asked = unwraps()
  expect(asked).toBe(3)
  time += 999
  await expect(unwrap()).rejects.toMatchObject({ retryAfterSeconds: 1 })
  expect(unwraps()).toBe(asked)
  time += 1
  expect(new Uint8Array(await unwrap())).toEqual(dek())
})

test('a long wait is told on at once instead of being waited for', async () => {
  let time = 1_000_000
  const { server, provider, unwrap, unwraps } = await freshAzure({ now: () => time })
  server.retryAfterSeconds = 20
  server.faults.push('throttle')
  await expect(unwrap()).rejects.toMatchObject({ name: 'KeyUnavailable', retryAfterSeconds: 20 })
  expect(unwraps()).toBe(1)
  time += 15_000
  await expect(provider.currentKek()).rejects.toMatchObject({ retryAfterSeconds: 5 })
  expect(unwraps()).toBe(1)
  time += 5_000
  expect(new Uint8Array(await unwrap())).toEqual(dek())
  server.retryAfterSeconds = 3_600
  server.faults.push('throttle')
  await expect(unwrap()).rejects.toMatchObject({ retryAfterSeconds: 30 })
})

test('a refusal for too many calls that names no wait is one of a second', async () => {
  const { server, unwrap } = await freshAzure()
  server.retryAfterSeconds = -1
  server.faults.push('throttle', 'throttle', 'throttle')
  await expect(unwrap()).rejects.toMatchObject({ name: 'KeyUnavailable', retryAfterSeconds: 1 })
})

test('a version that was disabled, or access that was taken away, is a refusal and nothing else', async () => {
  const { server, kekId, unwrap } = await freshAzure()
  server.faults.push('forbidden')
  await expect(unwrap()).rejects.toThrow('The key vault was to unwrap and answered 403.')
  server.disable(kekId.slice(-32))
  await expect(unwrap()).rejects.toThrow('answered 403')
})

test('a key id from the database that is not of the configured key is sent nowhere', async () => {
  const { server, provider, wrapped, kekId } = await freshAzure()
  const asked = server.calls.length
  const version = kekId.slice(-32)
  for (const other of [
    `azure-key-vault:https://attacker.example.com/keys/fistworks/${version}`,
    `azure-key-vault:${server.vaultUrl}/keys/other/${version}`,
    `azure-key-vault:${server.vaultUrl}/keys/fistworks/../other/${version}`,
    `azure-key-vault:${server.vaultUrl}/keys/fistworks/${version}0`,
    `local-file:${version}`,
    '',
  ]) {
    await expect(provider.unwrap(wrapped, other, binding)).rejects.toThrow('another key than the configured one')
  }
  expect(server.calls.length).toBe(asked)
})

test('a key of another type than configured is refused at the start, and one that is disabled', async () => {
  const { azure, server } = await freshAzure()
  await expect(azure.open({ keyType: 'RSA' })).rejects.toThrow('is of type RSA-HSM; configured is RSA')
  server.disable(server.addVersion())
  await expect(azure.open()).rejects.toThrow('disabled')
  server.addVersion(2040)
  await expect(azure.open()).rejects.toThrow('less than 2,048 bits')
  server.addVersion(2048)
  await expect(azure.open()).resolves.toMatchObject({ id: 'azure-key-vault' })
})

test('a wrong secret, an unknown certificate and an open secret file do not start', async () => {
  const { azure } = await freshAzure()
  await expect(azure.open({}, { tlsOptions: { ca: '' } })).rejects.toThrow(KeyUnavailable)
  writeFileSync(azure.secretFile, 'wrong')
  await expect(azure.open()).rejects.toThrow(KeyUnavailable)
  azure.forbidFile()
  await expect(azure.open()).rejects.toThrow('chmod 600')
})

test('a certificate is shown to the token service, and one that it does not know does not start', async () => {
  const { azure, server } = await freshAzure()
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' })
  writeFileSync(azure.secretFile, `${selfSignedCertificate().cert}\n${key}`)
  const { tenantId, clientId } = server
  const identity = { kind: 'clientCertificate', tenantId, clientId, certificateFile: azure.secretFile } as const
  const asked = server.calls.length
  await expect(azure.open({ identity })).rejects.toThrow(KeyUnavailable)
  expect(server.calls.slice(asked)).toContain(`POST /${tenantId}/oauth2/v2.0/token`)
})

test('the identity of the machine is asked of the machine', async () => {
  const { azure } = await freshAzure()
  const asked: string[] = []
  const machine = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(400).end('{}')
  })
  await new Promise<void>((resolve) => machine.listen(0, '127.0.0.1', resolve))
  const { IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: header } = process.env
  onTestFinished(() => {
    machine.close()
    restore('IDENTITY_ENDPOINT', endpoint)
    restore('IDENTITY_HEADER', header)
  })
  process.env['IDENTITY_ENDPOINT'] = `http://127.0.0.1:${(machine.address() as AddressInfo).port}/token`
  process.env['IDENTITY_HEADER'] = 'x'
  await expect(azure.open({ identity: { kind: 'managedIdentity', clientId: 'c-1' } })).rejects.toThrow(KeyUnavailable)
  expect(new URL(asked[0] ?? '/', 'http://machine').searchParams.get('client_id')).toBe('c-1')
})

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name]
  else process.env[name] = value
}

test('what is told of a refusal names neither the vault nor the caller', async () => {
  const { server, unwrap } = await freshAzure()
  server.faults.push('forbidden')
  const { message } = await unwrap().then(
    () => new Error('it was unwrapped'),
    (error: Error) => error,
  )
  expect(message).not.toMatch(/127\.0\.0\.1|[0-9a-f]{8}/)
})
