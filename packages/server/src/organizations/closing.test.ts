import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { enqueueJob } from '../jobs/jobs.ts'
import { DevelopmentMailbox } from '../mail/mailbox.ts'
import { createParts } from '../parts.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { placesOf, processLayout, startHome } from '../storage/testing/home.ts'
import { testConfig } from '../testing/api.ts'
import { CLOSING_JOB } from './closing.ts'
import { addOrganization } from './store.ts'

const packageFolder = fileURLToPath(new URL('../../', import.meta.url))
const ORGANIZATION = 'org_01m7yrd1hcechv6nb2ne0f5e90'
const BEGAN = new Date('2026-11-23T15:00:00Z')
const CELL = { table: 'recipients', column: 'account_number', row: 'rcp_1' }

/** Closes as the server does, and stands still for ever where it is told to. */
const dying = `
  import { createParts } from './src/parts.ts'
  import { createClosingHandlers } from './src/organizations/closing.ts'
  import { createWorker } from './src/jobs/jobs.ts'
  import { DevelopmentMailbox } from './src/mail/mailbox.ts'
  import { placesOf } from './src/storage/testing/home.ts'
  import { testConfig } from './src/testing/api.ts'
  const [, folder, place] = process.argv
  const now = () => new Date('2026-11-23T15:01:00Z')
  const parts = await createParts(testConfig(folder, placesOf(folder)), new DevelopmentMailbox(), now)
  const stand = async (here) => {
    if (here !== place) return
    console.log('standing')
    await new Promise(() => {})
  }
  const handlers = createClosingHandlers({
    databases: {
      control: parts.databases.control,
      async tenantOf(id) {
        await stand('at the beginning')
        return parts.databases.tenantOf(id)
      },
    },
    now,
    onHeld: () => { throw new Error('Nothing holds it.') },
    onFileProgress: async () => { throw new Error('There is no file.') },
    keys: {
      async destroy(id, name) {
        await stand('before the keys')
        const count = await parts.keys.destroy(id, name)
        await stand('after the keys')
        return count
      },
    },
    checkpoint: () => stand('before the checkpoint'),
  })
  createWorker({ storage: parts.databases.control, owner: 'first', now, random: () => 0, handlers, onError: console.error }).start()
  setInterval(() => {}, 1000)`

test.each(['at the beginning', 'before the keys', 'after the keys', 'before the checkpoint'])(
  'a closing that was killed %s is carried to its end by the next process',
  async (place) => {
    const home = await startHome({ layout: processLayout() })
    onTestFinished(() => home.close())
    const { folder } = home
    const sealed = await begin(folder)
    await killedAt(place, folder)

    const later = { now: new Date('2026-11-23T15:10:00Z') }
    const parts = await createParts(testConfig(folder, placesOf(folder)), new DevelopmentMailbox(), () => later.now)
    onTestFinished(() => parts.close())
    for (const worker of parts.workers) while (await worker.runOnce());
    const control = byHand(parts.databases.control)
    const [organization] = await control.read.all<{ closed: string | null }>(
      sql`SELECT closed_at AS closed FROM organizations WHERE id = ${ORGANIZATION}`,
    )
    expect(organization?.closed).not.toBeNull()
    const events = await control.read.all<{ action: string }>(
      sql`SELECT action FROM control_audit_events WHERE owner_id = ${ORGANIZATION} ORDER BY org_seq`,
    )
    expect(events.map(({ action }) => action)).toEqual(['key.destroyed', 'organization.closed'])
    await expect(async () => (await parts.vault.forOrganization(ORGANIZATION)).open(CELL, sealed)).rejects.toThrow(
      'destroyed',
    )
  },
)

async function begin(folder: string): Promise<Uint8Array> {
  const parts = await createParts(testConfig(folder, placesOf(folder)), new DevelopmentMailbox(), () => BEGAN)
  const { control } = parts.databases
  const createdAt = BEGAN.toISOString()
  await control.write((tx) =>
    addOrganization(tx, { id: ORGANIZATION, name: 'Bakery', createdAt, closingAt: createdAt }),
  )
  const sealed = (await parts.vault.forOrganization(ORGANIZATION)).seal(CELL, '8800123456789')
  await onBehalfOf(ORGANIZATION, () =>
    control.write((tx) =>
      enqueueJob(tx, {
        id: 'job_1',
        organizationId: ORGANIZATION,
        kind: CLOSING_JOB,
        payload: {},
        dedupeKey: CLOSING_JOB,
        runAt: BEGAN,
        maxAttempts: 100,
      }),
    ),
  )
  await parts.denials.close()
  await parts.close()
  return sealed
}

async function killedAt(place: string, folder: string): Promise<void> {
  const args = ['--conditions=@fistworks/source', '--input-type=module', '-e', dying, folder, place]
  const child = spawn(process.execPath, args, { cwd: packageFolder, stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data).trim())))
  expect(said).toBe('standing')
  const gone = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGKILL')
  await gone
}
