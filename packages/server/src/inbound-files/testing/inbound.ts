import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AchFile, Id } from '@fistworks/contract'
import { decodeFile, encodeFile, type AchFile as NachaFile } from '@fistworks/nacha'
import { generatedFile } from '../../ach-files/delivery.ts'
import { submitAchFile } from '../../ach-files/submit.ts'
import { updateBankAccount } from '../../bank-accounts/service.ts'
import { sealAuthentication } from '../../bank-connections/authentication.ts'
import type { BankConnectionRow } from '../../bank-connections/table.ts'
import { clearAuthentication } from '../../banks/testing/clear-authentication.ts'
import { type FaultySftpServer, startFaultySftpServer } from '../../banks/testing/faulty-sftp-server.ts'
import { createWorker, type Worker } from '../../jobs/jobs.ts'
import { newId } from '../../new-id.ts'
import type { Storage } from '../../storage/transaction.ts'
import { connectToTestBank } from '../../submissions/testing/delivery.ts'
import { BEN, createTestTenants, machine, type TestOrganization, type TestTenants } from '../../testing/context.ts'
import { addApproved, addBankAccount, addBankConnection, addRecipient, batchOf } from '../../testing/payments.ts'
import { openLocalKeyFile } from '../../vault/local-key-file.ts'
import { createVault } from '../../vault/vault.ts'
import { fetchFromBank } from '../at-bank.ts'
import { createInboundHandlers } from '../handlers.ts'

/** One entry that a test sends. */
export interface Payment {
  amountCents: number
  direction?: 'credit' | 'debit'
  recipientId?: Id<'rcp'>
}

/** A file that people submitted, and what the bank got of it. */
export interface SubmittedFile {
  file: AchFile
  nacha: NachaFile
}

/** An organization with a bank that puts files down, and a worker that fetches them. */
export interface InboundWorld {
  tenants: TestTenants
  server: FaultySftpServer
  organization: TestOrganization
  connectionId: Id<'bcn'>
  errors: unknown[]
  submit(payments: readonly Payment[]): Promise<SubmittedFile>
  /** Moves the payer's account to another bank connection. */
  payThrough(bankConnectionId: Id<'bcn'>): Promise<void>
  put(name: string, content: NachaFile | Uint8Array | string | null): Promise<void>
  atBank(): Promise<string[]>
  bytesOf(name: string): Promise<Uint8Array>
  /** Asks for all files and works until nothing is due any more. */
  poll(names?: string[], worker?: Worker): Promise<void>
  work(worker?: Worker): Promise<void>
  worker(hooks?: InboundHooks): Worker
  pass(ms: number): void
  close(): Promise<void>
}

/** Around a worker and what it works with. */
interface InboundHooks {
  checkpoint?(what: string): void
  connect?: typeof connectToTestBank
  storage?(storage: Storage): Storage
}

const SETTLED_MS = 3_000
const TURNS_MAX = 200
let workers = 0

export async function createInboundWorld(over: Partial<BankConnectionRow> = {}): Promise<InboundWorld> {
  const tenants = await createTestTenants()
  const server = await startFaultySftpServer()
  const organization = await tenants.organization()
  const { settings } = server
  const connectionId = newId('bcn', tenants.clock.now)
  const sealed = await organization.read(async ({ vault }) =>
    sealAuthentication(vault, connectionId, clearAuthentication(settings.authentication)),
  )
  const { host, port, username, hostKeyFingerprints } = settings
  await addBankConnection(organization, {
    id: connectionId,
    host,
    port,
    username,
    hostKeyFingerprints: [...hostKeyFingerprints],
    ...sealed,
    returnDirectory: '/outbox',
    processedDirectory: '/taken',
    ...over,
  })
  await mkdir(server.outbox, { recursive: true })
  const account = await addBankAccount(organization, connectionId)
  const errors: unknown[] = []
  const now = () => tenants.clock.now
  const vault = createVault({ control: tenants.databases.control, keyProvider: openLocalKeyFile(tenants.folder), now })

  function worker({ checkpoint, connect = connectToTestBank, storage: around }: InboundHooks = {}): Worker {
    const own = around?.(tenants.shared) ?? tenants.shared
    const handlers = createInboundHandlers({
      databases: { tenantOf: async () => own },
      vaultFor: (organizationId, options) => vault.forOrganization(organizationId, options),
      connect,
      now,
      newId: (prefix) => newId(prefix, now()),
      ...(checkpoint === undefined ? {} : { checkpoint }),
    })
    const owner = `worker-${++workers}`
    // Files are on their way and people are told by workers of other rooms.
    const onError = (error: unknown) => {
      if (!String(error).startsWith('Error: There is no handler')) errors.push(error)
    }
    return createWorker({
      storage: own,
      owner,
      now,
      random: () => 0,
      handlers,
      onError,
    })
  }

  async function work(one = worker()): Promise<void> {
    let idle = 0
    for (let turn = 0; turn < TURNS_MAX && idle < 3; turn++) {
      if (await one.runOnce()) idle = 0
      else {
        idle += 1
        tenants.clock.now = new Date(tenants.clock.now.getTime() + SETTLED_MS)
      }
    }
  }

  return {
    tenants,
    server,
    organization,
    connectionId,
    errors,
    worker,
    work,
    async submit(payments) {
      const entries = []
      for (const { recipientId, amountCents, direction = 'credit' } of payments) {
        const id = recipientId ?? (await addRecipient(organization)).id
        entries.push({ recipientId: id, amountCents, direction })
      }
      const first = entries[0]?.recipientId
      if (first === undefined) throw new Error('A file needs a payment.')
      const approved = await addApproved(organization, [batchOf(account.id, first, { entries })])
      const file = await organization.write(BEN, (ctx) => submitAchFile(ctx, approved.id, approved))
      const bytes = await organization.read((ctx) => generatedFile(ctx.db, ctx.vault, organization.id, file.id))
      const nacha = decodeFile(bytes).file
      if (nacha === null) throw new Error('The generated file cannot be read.')
      return { file, nacha }
    },
    async payThrough(bankConnectionId) {
      await organization.write(BEN, (ctx) => updateBankAccount(ctx, account.id, { bankConnectionId }))
    },
    async put(name, content) {
      if (content === null) throw new Error('The codec made no file.')
      const bytes = typeof content === 'string' || content instanceof Uint8Array ? content : encodeFile(content)
      await writeFile(join(server.outbox, name), bytes)
    },
    atBank: async () => (await readdir(server.outbox)).sort(),
    bytesOf: (name) => readFile(join(server.outbox, name)),
    async poll(names, one) {
      await organization.write(machine, (ctx) => fetchFromBank(ctx, connectionId, { names }))
      await work(one)
    },
    pass(ms) {
      tenants.clock.now = new Date(tenants.clock.now.getTime() + ms)
    },
    async close() {
      await vault.close()
      await tenants.close()
      await server.stop()
    },
  }
}

/** How a bank dates and numbers what it answers. */
export const stamp = (firstTraceSequence = 1) => ({
  fileCreationDate: '2026-11-25',
  fileIdModifier: 'A',
  firstTraceSequence,
})
