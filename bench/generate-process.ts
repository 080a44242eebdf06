import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AchFile, Id, IdPrefix } from '@fistworks/contract'
import { approveAchFile, requestApproval } from '../packages/server/src/ach-files/approval.ts'
import { addEntries } from '../packages/server/src/ach-files/entries.ts'
import { submitAchFile } from '../packages/server/src/ach-files/submit.ts'
import { sealAccount } from '../packages/server/src/bank-accounts/sealed-account.ts'
import type { WriteContext } from '../packages/server/src/context.ts'
import { newId } from '../packages/server/src/new-id.ts'
import { recipientStore, recipientWriter } from '../packages/server/src/recipients/store.ts'
import { giveBackMemory } from '../packages/server/src/storage/collect-garbage.ts'
import { ownedBy } from '../packages/server/src/storage/owned-by.ts'
import { openHome } from '../packages/server/src/storage/testing/home.ts'
import { ANNA, BEN, type Caller, MONDAY, type TestOrganization } from '../packages/server/src/testing/context.ts'
import { addBankAccount, addDraft, batchOf } from '../packages/server/src/testing/payments.ts'
import { openLocalKeyFile } from '../packages/server/src/vault/local-key-file.ts'
import { createVault } from '../packages/server/src/vault/vault.ts'

const [verb = '', folder = '', count = '0'] = process.argv.slice(2)
const ENTRIES_AT_ONCE = 5_000
const EFFECTIVE_DATE = '2026-11-24'

/** What one process tells that has generated a file. */
export interface Generated {
  ms: number
  cpuMs: number
  /** The event loop stood still so long at most. */
  longestMs: number
  readP99Ms: number
  /** Peak of the resident set while it was generated, and how much of it came on top. */
  mebibytes: number
  moreMebibytes: number
}

interface World {
  organizationId: Id<'org'>
  file: { id: Id<'ach'>; version: number }
}
const worldFile = join(folder, 'world.json')

async function open(organizationId: Id<'org'>, seals: number) {
  const databases = await openHome(folder)
  const { control } = databases
  const vault = createVault({ control, keyProvider: openLocalKeyFile(folder), now: () => MONDAY })
  const [shared] = databases.tenants()
  if (shared === undefined) throw new Error('There is no tenant database.')
  const storage = ownedBy(organizationId, shared)
  const base = {
    requestId: 'req_bench',
    now: MONDAY,
    newId: (prefix: IdPrefix) => newId(prefix, MONDAY),
    organizationId,
    vault: await vault.forOrganization(organizationId, { seals }),
  }
  const write = <T>(caller: Caller, work: (ctx: WriteContext) => Promise<T>) =>
    storage.write((tx) => work({ ...base, ...caller, db: tx, audit: async () => {} } as unknown as WriteContext))
  async function close() {
    await vault.close()
    await databases.close()
  }
  return { storage, write, close }
}

async function addRecipients(write: Awaited<ReturnType<typeof open>>['write'], n: number): Promise<Id<'rcp'>[]> {
  const ids: Id<'rcp'>[] = []
  for (let from = 0; from < n; from += ENTRIES_AT_ONCE) {
    await write(ANNA, async (ctx) => {
      for (let index = from; index < Math.min(n, from + ENTRIES_AT_ONCE); index += 1) {
        const id = ctx.newId('rcp')
        const account = { routingNumber: '091000019', accountNumber: String(4_000_000_000 + index) }
        ids.push(id)
        await recipientWriter(ctx.db, ctx.organizationId).add({
          id,
          name: `Person ${index}`,
          holderType: 'individual',
          accountType: 'checking',
          ...sealAccount(ctx.vault, { table: 'recipients', row: id }, account),
          identification: ctx.vault.seal({ table: 'recipients', column: 'identification', row: id }, `E${index}`, {
            padTo: 16,
          }),
          externalId: null,
          version: 1,
          createdAt: MONDAY.toISOString(),
          updatedAt: MONDAY.toISOString(),
          archivedAt: null,
        })
      }
    })
  }
  return ids
}

/** An approved file of so many entries, each to somebody else. */
async function seed(n: number): Promise<void> {
  const organizationId = newId('org', MONDAY)
  const { write, close } = await open(organizationId, n * 4)
  const organization = { write } as unknown as TestOrganization
  const account = await addBankAccount(organization)
  const entries = (await addRecipients(write, n)).map((recipientId) => ({ recipientId, amountCents: 1_234 }))
  const first = entries.slice(0, ENTRIES_AT_ONCE)
  const of = { secCode: 'PPD', companyEntryDescription: 'PAYROLL', effectiveDate: EFFECTIVE_DATE } as const
  let file: AchFile = await addDraft(organization, [
    batchOf(account.id, first[0]?.recipientId ?? 'rcp_', { ...of, entries: first }),
  ])
  for (let from = ENTRIES_AT_ONCE; from < n; from += ENTRIES_AT_ONCE) {
    const { version, batches } = file
    const [batch] = batches
    if (batch === undefined) throw new Error('The file has no batch.')
    const some = entries.slice(from, from + ENTRIES_AT_ONCE)
    const more = some.map((entry) => ({ ...entry, direction: 'credit' as const, addenda: [] }))
    file = await write(ANNA, (ctx) => addEntries(ctx, file.id, { version, batchId: batch.id, entries: more }))
  }
  file = await write(ANNA, (ctx) => requestApproval(ctx, file.id, file))
  file = await write(BEN, (ctx) => approveAchFile(ctx, file.id, file))
  const world: World = { organizationId, file: { id: file.id, version: file.version } }
  writeFileSync(worldFile, JSON.stringify(world))
  await close()
}

/** What the process took while it started is not what the file took. */
const forgetPeak = () => writeFileSync('/proc/self/clear_refs', '5')
function mebibytesOf(name: 'VmHWM' | 'VmRSS'): number {
  return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'latin1'))?.[1]) / 1_024
}

/** Generates the file once, while somebody else reads all the time. */
async function submit(): Promise<void> {
  const { organizationId, file }: World = JSON.parse(readFileSync(worldFile, 'utf8'))
  const { storage, write, close } = await open(organizationId, 10)
  const reads: number[] = []
  let isOver = false
  const reading = (async () => {
    while (!isOver) {
      await sleep(5)
      const began = performance.now()
      await recipientStore(storage.read, organizationId).list({ isArchived: false }, null, 25)
      reads.push(performance.now() - began)
    }
  })()
  const delay = monitorEventLoopDelay({ resolution: 1 })
  await sleep(200)
  giveBackMemory()
  forgetPeak()
  const before = mebibytesOf('VmRSS')
  delay.enable()
  const began = performance.now()
  const cpuBefore = process.cpuUsage()
  await write(BEN, (ctx) => submitAchFile(ctx, file.id, file))
  const ms = performance.now() - began
  const { user, system } = process.cpuUsage(cpuBefore)
  await sleep(50)
  delay.disable()
  isOver = true
  await reading
  const mebibytes = mebibytesOf('VmHWM')
  await close()
  const p99 = reads.toSorted((a, b) => a - b)[Math.floor(reads.length * 0.99)] ?? 0
  const told: Generated = {
    ms,
    cpuMs: (user + system) / 1_000,
    longestMs: delay.max / 1e6,
    readP99Ms: p99,
    mebibytes,
    moreMebibytes: mebibytes - before,
  }
  console.log(JSON.stringify(told))
}

if (verb === 'seed') await seed(Number(count))
else await submit()
