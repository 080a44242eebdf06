import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readConfig } from './config.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'))
  file = join(folder, 'example.json')
  write({ apiUrl: 'http://localhost:4400/', apiKey: 'fw_test_sk_x', organizationId: 'org_x' })
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (content: unknown) => writeFileSync(file, JSON.stringify(content), { mode: 0o600 })

it('reads where FISTWorks is and the key for it', () => {
  expect(readConfig({ FISTWORKS_EXAMPLE_CONFIG: file, FISTWORKS_EXAMPLE_PORT: '4501' })).toMatchObject({
    origin: 'http://localhost:4501',
    fistworks: { apiUrl: 'http://localhost:4400', apiKey: 'fw_test_sk_x', organizationId: 'org_x' },
  })
})

it('refuses a key that others can read, and says how to mend it', () => {
  chmodSync(file, 0o644)
  expect(() => readConfig({ FISTWORKS_EXAMPLE_CONFIG: file })).toThrow(`chmod 600 ${file}`)
})

it('names what is missing', () => {
  expect(() => readConfig({})).toThrow('FISTWORKS_EXAMPLE_CONFIG')
  write({ apiUrl: 'http://localhost:4400' })
  expect(() => readConfig({ FISTWORKS_EXAMPLE_CONFIG: file })).toThrow('apiKey')
  expect(() => readConfig({ FISTWORKS_EXAMPLE_CONFIG: file, FISTWORKS_EXAMPLE_PORT: 'x' })).toThrow('a port')
})

it('keeps the books beside the file that names the organization, unless told otherwise', () => {
  expect(readConfig({ FISTWORKS_EXAMPLE_CONFIG: file }).dataFolder).toBe(join(folder, 'example'))
  const environment = { FISTWORKS_EXAMPLE_CONFIG: file, FISTWORKS_EXAMPLE_DATA: join(folder, 'elsewhere') }
  expect(readConfig(environment).dataFolder).toBe(join(folder, 'elsewhere'))
})
