import { appendAuditEvent } from '../../src/audit/audit.ts'
import { openAuditLogs } from '../../src/audit/audit-logs.ts'
import { filesIn, startFaultySftpServer } from '../../src/banks/testing/faulty-sftp-server.ts'
import { addSealedRows, openCell, openSealedWorld, SEALED_VALUES, textOf } from '../../src/keys/testing/sealed-world.ts'
import { mainByHand } from '../../src/storage/testing/by-hand.ts'
import { startHome } from '../../src/storage/testing/home.ts'
import type { LibsqlServer } from '../../src/storage/testing/libsql-server.ts'
import { startPlaces } from '../../src/storage/testing/start-places.ts'
import { createDeliveries } from '../../src/submissions/testing/delivery.ts'

/** What the server does by itself. */
export interface Work {
  name: string
  servers: Record<'control' | 'main', LibsqlServer>
  prepare(): Promise<{
    /** What fails. It may throw. */
    run(): Promise<unknown>
    /** Goes on without faults, and tells what is wrong in the end. */
    settle(): Promise<string[]>
  }>
  close(): Promise<void>
}

/** A worker takes a delivery, and the bank gets it. */
async function delivery(): Promise<Work> {
  const { servers, places, close } = await startPlaces('control', 'main')
  const bank = await startFaultySftpServer()
  const deliveries = await createDeliveries({ places })
  return {
    name: 'delivery by the worker',
    servers,
    async prepare() {
      const file = await deliveries.submit({ settings: bank.settings, uploadDirectory: '/inbox' })
      const worker = deliveries.worker()
      return {
        run: () => worker.runOnce(),
        async settle() {
          await deliveries.run()
          const { state } = await file.submission()
          const copies = (await filesIn(bank.inbox)).filter(({ name }) => name.includes(file.fileName))
          const isWhole = copies.every(({ name, bytes }) => name === file.fileName && bytes.equals(file.bytes))
          if (state === 'done' && copies.length === 1 && isWhole) return []
          return [`${state} with ${copies.map(({ name }) => name).join(', ') || 'nothing'} at the bank`]
        },
      }
    },
    async close() {
      await deliveries.close()
      await bank.stop()
      await close()
    },
  }
}

/** A new data key, and the job that seals everything anew. */
async function rotation(): Promise<Work> {
  const { servers, places, close } = await startPlaces('control', 'main')
  const home = await startHome({ places })
  const clock = { now: Date.parse('2026-11-21T10:00:00Z') }
  const world = await openSealedWorld({ dataFolder: home.folder, now: () => new Date(clock.now) })
  let organizations = 0
  const work = async () => {
    while (await world.worker.runOnce());
  }
  return {
    name: 'rotation of a data key',
    servers,
    async prepare() {
      const id = `org_${++organizations}`
      await world.addOrganization(id)
      const keys = await world.vault.forOrganization(id)
      await world.storage.write((tx) => addSealedRows(tx, keys, id))
      return {
        run: () => world.office.rotateData(id).then(() => world.worker.runOnce()),
        async settle() {
          const versions = (await dataKeysOf(id)).length
          if (versions === 1) await world.office.rotateData(id)
          await world.office.resume()
          clock.now += 61_000
          await work()
          clock.now += 21 * 60_000
          await work()
          const states = (await dataKeysOf(id)).map(({ state }) => state)
          const vault = await world.vault.forOrganization(id)
          const cells = (await world.cells()).filter(({ organizationId }) => organizationId === id)
          const lost = cells.filter((cell) => openCell(vault, cell) !== textOf(cell.table, cell.column, cell.row))
          if (states.join() === 'retired,active' && cells.length === SEALED_VALUES && lost.length === 0) return []
          return [`keys are ${states.join(', ')}, and ${lost.length} of ${cells.length} values do not open`]
        },
      }
    },
    async close() {
      await world.close()
      await home.close()
      await close()
    },
  }

  async function dataKeysOf(id: string) {
    const { keys } = await world.office.status()
    return keys.filter(({ organizationId, kind }) => organizationId === id && kind === 'data')
  }
}

/** Events, and the checkpoint over them. */
async function checkpoint(): Promise<Work> {
  const { servers, places, close } = await startPlaces('control', 'main')
  const home = await startHome({ places })
  const databases = await home.open()
  const at = new Date('2026-11-21T10:00:00Z')
  const errors: unknown[] = []
  const onError = (error: unknown) => errors.push(error)
  const open = () => openAuditLogs({ databases, dataFolder: home.folder, host: 'ach.example', now: () => at, onError })
  const logs = await open()
  const event = {
    action: 'recipient.created',
    actor: { type: 'apiKey', id: 'key_1' },
    targetType: 'recipient',
    targetId: 'rcp_1',
    outcome: 'succeeded',
    requestId: null,
  } as const
  return {
    name: 'checkpoint of the audit log',
    servers,
    async prepare() {
      await mainByHand(databases).write(async (tx) => {
        for (let n = 0; n < 3; n++) await appendAuditEvent(tx, `org_${n}`, at, event)
      })
      return {
        run: () => logs.checkpointAll(),
        async settle() {
          await logs.checkpointAll()
          errors.length = 0
          // A start holds the whole log against its checkpoints.
          await open()
          return errors.map(String)
        },
      }
    },
    async close() {
      await databases.close()
      await home.close()
      await close()
    },
  }
}

export const allWork: readonly (() => Promise<Work>)[] = [delivery, rotation, checkpoint]
