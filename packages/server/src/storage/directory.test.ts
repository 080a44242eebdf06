import { expect, onTestFinished, test } from 'vitest'
import { uniqueViolation } from './classify.ts'
import { type Databases, OrganizationNotFound } from './directory.ts'
import { findIdempotent, insertIdempotent } from './idempotency.ts'
import { ownedBy } from './owned-by.ts'
import { organizations } from './table.ts'
import { byHand } from './testing/by-hand.ts'
import { startHome } from './testing/home.ts'
import type { Storage } from './transaction.ts'

async function freshDatabases() {
  const home = await startHome()
  const databases = await home.open()
  onTestFinished(async () => {
    await databases.close()
    await home.close()
  })
  return { databases }
}

function main(databases: Databases): Storage {
  const [tenant] = databases.tenants()
  if (tenant === undefined) throw new Error('there is a tenant database')
  return tenant
}

const createdAt = '2026-11-21T10:00:00.000Z'

test('an organization is found in the database the directory names', async () => {
  const { databases } = await freshDatabases()
  await databases.control.write((tx) => tx.insert(organizations).values({ id: 'org_1', name: 'Acme', createdAt }))
  const mine = await databases.tenantOf('org_1')
  await mine.write((tx) => insertIdempotent(tx, scope, answer))
  expect(await findIdempotent(byHand(main(databases)).read, scope)).not.toBeNull()
})

test('an organization that never was is not found', async () => {
  const { databases } = await freshDatabases()
  await expect(databases.tenantOf('org_0')).rejects.toThrow(OrganizationNotFound)
})

test('an organization whose database is not configured gets a clear error, not another database', async () => {
  const { databases } = await freshDatabases()
  const row = { id: 'org_1', name: 'Acme', database: 'elsewhere', createdAt }
  await databases.control.write((tx) => tx.insert(organizations).values(row))
  await expect(databases.tenantOf('org_1')).rejects.toThrow('elsewhere, which is not configured')
})

const scope = { owner: 'org_1', principal: 'key_1', operation: 'recipients.create', key: 'k', bodyHash: 'aa' }
const answer = { status: 201, responseBody: '{}', createdAt: new Date(createdAt) }

test('an idempotency key finds its answer for the same caller and operation only', async () => {
  const { databases } = await freshDatabases()
  for (const storage of [databases.control, ...databases.tenants()]) {
    const mine = ownedBy('org_1', storage)
    await mine.write((tx) => insertIdempotent(tx, scope, answer))
    expect(await findIdempotent(mine.read, scope)).toEqual({ ...answer, bodyHash: 'aa' })
    for (const other of [
      { owner: 'org_2' },
      { principal: 'key_2' },
      { operation: 'recipients.update' },
      { key: 'l' },
    ]) {
      expect(await findIdempotent(byHand(storage).read, { ...scope, ...other })).toBeNull()
    }
  }
})

test('an idempotency key used twice undoes the second effect', async () => {
  const { databases } = await freshDatabases()
  const mine = ownedBy('org_1', databases.control)
  await mine.write((tx) => insertIdempotent(tx, scope, answer))
  const second = mine.write(async (tx) => {
    await tx.insert(organizations).values({ id: 'org_2', name: 'Twice', createdAt })
    await insertIdempotent(tx, scope, answer)
  })
  await expect(second).rejects.toSatisfy((error) => uniqueViolation(error)?.includes('idempotency_keys.key') === true)
  await expect(databases.tenantOf('org_2')).rejects.toThrow(OrganizationNotFound)
})
