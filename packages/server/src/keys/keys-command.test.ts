import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startHome } from '../storage/testing/home.ts'
import { answerKeyRequest, type KeyRequest } from './key-request.ts'
import { askServer, listenForKeyRequests } from './key-socket.ts'
import { requestOf } from './keys-command.ts'
import { addSealedRows, openSealedWorld, SEALED_VALUES } from './testing/sealed-world.ts'

async function freshWorld() {
  const home = await startHome()
  const dataFolder = home.folder
  const world = await openSealedWorld({ dataFolder, now: () => new Date('2026-11-21T10:00:00Z') })
  onTestFinished(async () => {
    await world.close()
    await home.close()
  })
  await world.addOrganization('org_1')
  const keys = await world.vault.forOrganization('org_1')
  await world.storage.write((tx) => addSealedRows(tx, keys, 'a'))
  return { ...world, dataFolder }
}

test.each([
  ['status', { do: 'status' }],
  ['rotate --master', { do: 'rotateMaster' }],
  ['rotate --data', { do: 'rotateData', organizationId: null }],
  ['rotate --data --organization org_1', { do: 'rotateData', organizationId: 'org_1' }],
  ['destroy --organization org_1 --confirm Name', { do: 'destroy', organizationId: 'org_1', name: 'Name' }],
])('keys %s is understood, also for the folder of dev', (words, request) => {
  expect(requestOf(words.split(' '))).toEqual({ request, isDevelopment: false })
  expect(requestOf([...words.split(' '), '--dev'])).toEqual({ request, isDevelopment: true })
})

test.each([
  '',
  'status x',
  'status --master',
  'status --organization org_1',
  'rotate',
  'rotate --master --data',
  'rotate --master --organization org_1',
  'rotate --data --confirm Name',
  'destroy',
  'destroy --organization org_1',
  'destroy --confirm Name',
  'destroy --organization org_1 --confirm Name --data',
  'rotate --datas',
])('keys %s is not guessed at', (words) => {
  expect(requestOf(words.split(' ').filter(Boolean))).toBe(null)
})

test('status tells of every key, how much it sealed and how far a rotation is', async () => {
  const { office, worker } = await freshWorld()
  expect(await answerKeyRequest(office, { do: 'rotateData', organizationId: null })).toContain(
    'org_1: data key 2 seals from now on.',
  )
  const before = (await answerKeyRequest(office, { do: 'status' })).join('\n')
  expect(before).toContain(
    '  data key 1: only opens, made 2026-11-21, at most 2000 values sealed\n  data key 2: active',
  )
  expect(before).toContain(`rotation: ${SEALED_VALUES} values left to seal anew`)
  expect(before).toContain('0 of 3 keys are wrapped by an older master key')
  await worker.runOnce()
  expect((await answerKeyRequest(office, { do: 'status' })).join('\n')).toContain('rotation: 0 values left')
})

test('a running server does it for the command line, through a socket that only its owner can open', async () => {
  const { dataFolder, office } = await freshWorld()
  expect(await askServer(dataFolder, { do: 'status' }), 'nobody listens yet').toBe(null)
  const first = await listenForKeyRequests(dataFolder, (request) => answerKeyRequest(office, request as KeyRequest))
  expect(statSync(join(dataFolder, 'keys.sock')).mode & 0o777).toBe(0o600)
  const lines = await askServer(dataFolder, { do: 'rotateMaster' })
  expect(lines?.[0]).toMatch(/^2 keys are wrapped by local-file:[0-9a-f]{16} now\.$/)
  const wrong = askServer(dataFolder, { do: 'destroy', organizationId: 'org_1', name: 'x' })
  await expect(wrong).rejects.toThrow('is not called that. Nothing was destroyed.')
  await first?.close()
  expect(await askServer(dataFolder, { do: 'status' })).toBe(null)
})

test('a socket that a killed server left is no hindrance; a path too long for one is told', async () => {
  const { dataFolder, office } = await freshWorld()
  const left = await listenForKeyRequests(dataFolder, (request) => answerKeyRequest(office, request as KeyRequest))
  const again = await listenForKeyRequests(dataFolder, (request) => answerKeyRequest(office, request as KeyRequest))
  expect((await askServer(dataFolder, { do: 'status' }))?.[0]).toContain('master key: local-file:')
  await again?.close()
  await left?.close()
  expect(await listenForKeyRequests(join(dataFolder, 'x'.repeat(100)), async () => [])).toBe(null)
})
