import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BankConnectionCreate, type Id, RecipientCreate } from '@fistworks/contract'
import * as z from 'zod/mini'
import { accessStore, accessWriter } from '../access/access-store.ts'
import { appendAuditEvent } from '../audit/audit.ts'
import { createBankAccount } from '../bank-accounts/service.ts'
import { createBankConnection } from '../bank-connections/service.ts'
import type { Config } from '../config.ts'
import type { WriteContext } from '../context.ts'
import type { Parts } from '../parts.ts'
import { addPlatform } from '../platforms/create-platform.ts'
import { createRecipient } from '../recipients/service.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import type { SandboxBank } from '../sandbox/sandbox-bank.ts'
import { addOrganization } from '../organizations/store.ts'
import { sandboxConnection } from './sandbox-connection.ts'

const PEOPLE = [
  { name: 'Ada Quill', email: 'ada@bluebird.example', role: 'owner' },
  { name: 'Grace Hollis', email: 'grace@bluebird.example', role: 'approver' },
] as const
/** What the sandbox bank says of them a banking day after they were paid: no such account, and another account number. */
const RECIPIENTS = [
  { name: 'Nora Nowhere', accountNumber: '11111103' },
  { name: 'Carla Changed', accountNumber: '22222201' },
].map((one) => ({ ...one, holderType: 'individual', routingNumber: '231380104', accountType: 'checking' }))
const SEEDER = { type: 'system', id: 'sample-data', name: 'Sample data' } as const

/**
 * Sample data for the first start: an accounting product with its key, a paying company with two members, and its
 * account at the sandbox bank. The key goes into `example.json`, readable by this user only.
 */
export async function seed(config: Config, parts: Parts, bank: SandboxBank): Promise<void> {
  const file = join(config.dataFolder, 'example.json')
  if (existsSync(file)) return
  const now = parts.peopleNow()
  const { apiKey, organizationId } = await parts.databases.control.write(async (tx) => {
    const { platformId, apiKey } = await addPlatform(tx, config.mode, 'Tidewater Books', now)
    const organizationId = parts.newId('org', now)
    const createdAt = now.toISOString()
    const organization = {
      id: organizationId,
      platformId,
      name: 'Bluebird Bakery',
      externalId: null,
      database: 'main',
      createdAt,
    }
    await addOrganization(tx, organization)
    for (const { name, email, role } of PEOPLE) {
      const known = await accessStore(tx).userByEmail(email)
      const id = known?.id ?? parts.newId('usr', now)
      if (known === undefined) await accessWriter(tx).addUser({ id, email, name, createdAt })
      const member = { organizationId, userId: id, role, createdAt }
      await onBehalfOf(organizationId, () => accessWriter(tx).addMember(member))
    }
    return { apiKey, organizationId }
  })
  await openAccount(parts, organizationId, bank, parts.now())
  const content = JSON.stringify({ apiUrl: config.publicOrigin, apiKey, organizationId }, null, 2)
  await writeFile(file, `${content}\n`, { mode: 0o600, flag: 'wx' })
}

async function openAccount(parts: Parts, organizationId: Id<'org'>, bank: SandboxBank, now: Date): Promise<void> {
  const vault = await parts.vault.forOrganization(organizationId)
  const storage = await parts.databases.tenantOf(organizationId)
  await storage.write(async (tx) => {
    const ctx: WriteContext = {
      organizationId,
      actor: SEEDER,
      isPerson: false,
      requestId: 'sample-data',
      now,
      newId: (prefix) => parts.newId(prefix, now),
      vault,
      db: tx,
      audit: (entry) =>
        appendAuditEvent(tx, organizationId, now, { ...entry, actor: SEEDER, outcome: 'succeeded', requestId: null }),
    }
    const connection = await createBankConnection(
      ctx,
      z.parse(BankConnectionCreate, sandboxConnection(bank.loginOf(organizationId), 'Bluebird Bakery')),
    )
    await createBankAccount(ctx, {
      name: 'Operating account',
      bankConnectionId: connection.id,
      routingNumber: '091000019',
      accountNumber: '4400112233',
      accountType: 'checking',
      companyName: 'BLUEBIRD BAKERY',
      companyId: '1234567890',
    })
    for (const recipient of RECIPIENTS) await createRecipient(ctx, z.parse(RecipientCreate, recipient))
  })
}
