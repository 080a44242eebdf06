import { afterAll, beforeAll, expect, it } from 'vitest'
import { BEN, createTestTenants, type TestTenants } from '../testing/context.ts'
import { openTextWith, sealWith } from './posted-keys.ts'
import { EnvelopeRefused, type OrganizationVault } from './vault.ts'

let tenants: TestTenants
beforeAll(async () => {
  tenants = await createTestTenants()
})
afterAll(() => tenants.close())

async function vaultOf(): Promise<OrganizationVault> {
  const organization = await tenants.organization()
  return organization.write(BEN, async (ctx) => ctx.vault)
}

const clear = Buffer.from('4000001234')
const at = { table: 'recipients', column: 'account_number', row: 'rcp_1' }

it('keys that are posted to a thread open the columns they are for, and nothing else', async () => {
  const [vault, other] = [await vaultOf(), await vaultOf()]
  const sealed = vault.seal(at, clear)
  const posted = structuredClone(vault.openingKeys('recipients', ['account_number']))
  expect(openTextWith(posted, 'account_number', 'rcp_1', sealed).reveal()).toBe('4000001234')
  const routing = vault.seal({ ...at, column: 'routing_number' }, clear)
  expect(() => openTextWith(posted, 'routing_number', 'rcp_1', routing)).toThrow(EnvelopeRefused)
  expect(() => openTextWith(posted, 'account_number', 'rcp_2', sealed)).toThrow(EnvelopeRefused)
  const theirs = other.openingKeys('recipients', ['account_number'])
  expect(() => openTextWith(theirs, 'account_number', 'rcp_1', sealed)).toThrow(EnvelopeRefused)
})

it('what a thread seals opens in its place only', async () => {
  const vault = await vaultOf()
  const sealed = sealWith(structuredClone(vault.sealingKey(at)), clear)
  expect(vault.open(at, sealed)).toEqual(clear)
  expect(() => vault.open({ ...at, row: 'rcp_2' }, sealed)).toThrow(EnvelopeRefused)
})
