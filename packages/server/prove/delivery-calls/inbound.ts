import { decodeFile, encodeFile, makeReturns } from '@fistworks/nacha'
import { sql } from 'drizzle-orm'
import type { BankConnectionRow } from '../../src/bank-connections/table.ts'
import { createInboundWorld, type InboundWorld, stamp } from '../../src/inbound-files/testing/inbound.ts'
import { byHand } from '../../src/storage/testing/by-hand.ts'
import type { Line } from './line.ts'
import { patient, type UseCase } from './use-case.ts'

type After = BankConnectionRow['afterProcessing']

/** The bank puts down a return; a poll fetches it, lands it and clears it away as the connection says. */
export const INBOUND_CASES: Record<string, UseCase> = {
  'a return that is fetched and left': fetching('leave'),
  'a return that is fetched and moved': fetching('move'),
  'a return that is fetched and deleted': fetching('delete'),
}

/** A lease of a worker that never came back is over, and what failed is due again. */
const LEASE_MS = 120_000
/** What could not be had by one poll is had by the next; what stays there is read twice and lands once. */
const POLLS_MAX = 2
/** A bank takes 36 files a day. */
const RUNS_OF_A_WORLD = 30

function fetching(afterProcessing: After): UseCase {
  return {
    async open() {
      let world = await createInboundWorld({ afterProcessing })
      let runs = 0
      return {
        async run(line) {
          if (++runs % RUNS_OF_A_WORLD === 0) {
            await world.close()
            world = await createInboundWorld({ afterProcessing })
          }
          return fetchReturn(world, line, `${runs}.ach`, afterProcessing)
        },
        close: () => world.close(),
      }
    },
  }
}

async function fetchReturn(world: InboundWorld, line: Line, name: string, after: After): Promise<string[]> {
  const { file, nacha } = await world.submit([{ amountCents: 4_200 }])
  const { file: back } = makeReturns(nacha, [{ batch: 0, entry: 0, code: 'R03' }], stamp())
  await world.put(name, back)
  await world.poll(undefined, patient(world.worker({ connect: line.connect, storage: line.around })))
  const breaches: string[] = []
  for (let poll = 0; poll < POLLS_MAX && (poll === 0 || after === 'leave' || breaches.length > 0); poll++) {
    world.pass(LEASE_MS)
    await world.poll()
    breaches.splice(0, Infinity, ...(await judge(world, file.id, name)))
  }
  const isThere = (await world.atBank()).includes(name)
  if (isThere !== (after === 'leave')) breaches.push(isThere ? 'it was not cleared away' : 'it was taken away')
  if (isThere && !isWhole(await world.bytesOf(name), back)) breaches.push('its bytes at the bank were changed')
  return breaches
}

/** The return landed once on its entry, and its file was kept, processed and told of once. */
async function judge({ organization, tenants }: InboundWorld, achFileId: string, name: string): Promise<string[]> {
  const own = sql`organization_id = ${organization.id}`
  const [found] = await byHand(tenants.shared).read.all<Record<string, number>>(sql`SELECT
    (SELECT count(*) FROM returns WHERE ${own} AND entry_id IN
      (SELECT id FROM ach_entries WHERE ${own} AND ach_file_id = ${achFileId})) AS returns,
    (SELECT count(*) FROM inbound_files WHERE ${own} AND name = ${name}) AS kept,
    (SELECT count(*) FROM inbound_files WHERE ${own} AND name = ${name} AND state = 'processed') AS processed,
    (SELECT count(*) FROM audit_events WHERE ${own} AND action = 'inboundFile.processed'
      AND json_extract(data_json, '$.name') = ${name}) AS audited`)
  const wrong = Object.entries(found ?? { nothing: 0 }).filter(([, count]) => count !== 1)
  return wrong.map(([what, count]) => `${what}: ${count}`)
}

function isWhole(bytes: Uint8Array, made: ReturnType<typeof makeReturns>['file']): boolean {
  return made !== null && decodeFile(bytes).file !== null && Buffer.from(encodeFile(made)).equals(bytes)
}
