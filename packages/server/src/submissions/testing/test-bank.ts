import { beforeEach, expect } from 'vitest'
import { type FaultySftpServer, filesIn, startFaultySftpServer } from '../../banks/testing/faulty-sftp-server.ts'
import { type BankSetup, createDeliveries, type OnItsWay } from './delivery.ts'

type Deliveries = Awaited<ReturnType<typeof createDeliveries>>

/** A bank that does what a test plans, and deliveries to it. */
interface TestBank {
  readonly deliveries: Deliveries
  readonly server: FaultySftpServer
  setup(over?: Partial<BankSetup>): BankSetup
  /** How many whole copies of the file the bank has, taken up or not; one with other bytes fails the test. */
  copies(file: OnItsWay): Promise<number>
}

/** Gives each test of the file a bank of its own. */
export function useTestBank(): TestBank {
  let deliveries: Deliveries
  let server: FaultySftpServer

  beforeEach(async () => {
    deliveries = await createDeliveries()
    server = await startFaultySftpServer()
    return async () => {
      await deliveries.close()
      await server.stop()
    }
  })

  return {
    get deliveries() {
      return deliveries
    },
    get server() {
      return server
    },
    setup: (over = {}) => ({ settings: server.settings, uploadDirectory: '/inbox', ...over }),
    async copies({ fileName, bytes }) {
      const inbox = (await filesIn(server.inbox)).filter(({ name }) => name === fileName)
      const taken = (await filesIn(server.taken)).filter(({ name }) => name.startsWith(fileName))
      for (const file of [...inbox, ...taken]) expect(file.bytes.equals(bytes)).toBe(true)
      return inbox.length + taken.length
    },
  }
}
