import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type Delivered, type Numbers, payTwoBills } from './journey.ts'
import { filesBelow, type Hit, scan } from './leak-scan.ts'
import { type Revealed, revealNumbers } from './reveal.ts'
import { type Seen, startWitness, type Witness } from './witness.ts'
import { startWorld, type World } from './world.ts'

export interface Evidence {
  delivered: Delivered
  revealed: Revealed
  /** Everything that was shown, sent to a browser, printed, or written to disk. */
  artefacts: Seen[]
  hits: Hit[]
  /** What the one answer holds that was asked for with a passkey. */
  shownOnPurpose: Hit[]
}

/** Walks the whole way of a payment in a real Chromium, to a real OpenSSH server, and keeps all that could leak. */
export async function gatherEvidence(numbers: Numbers): Promise<Evidence> {
  const world = await startWorld()
  const witness = await startWitness()
  try {
    const { delivered, revealed } = await walk(world, witness, numbers).catch(async (error: unknown) => {
      const shown = await witness.describe()
      const printed = world.printed.join('\n')
      throw new Error(`The journey ended early.\n${shown}\n\nThe processes printed:\n${printed}`, { cause: error })
    })
    await witness.close()
    const leftByCrash = await world.crash().then(() => filesBelow(world.folder, []))
    backUp(join(world.folder, 'server'))
    const printed = { what: 'what the processes printed', bytes: Buffer.from(world.printed.join('\n')) }
    const files = await filesBelow(world.folder, [])
    const artefacts = [...witness.seen, printed, ...leftByCrash, ...files]
    const { own, person, company } = numbers
    const keyBody = world.bank.privateKey.split('\n').slice(2, 4).join('\n')
    const secrets = [own.account, person.account, person.routing, company.account, company.routing, keyBody]
    const found = Object.groupBy(scan(artefacts, secrets), ({ what }) => (isReveal(what) ? 'shownOnPurpose' : 'hits'))
    return { delivered, revealed, artefacts, hits: [], shownOnPurpose: [], ...found }
  } finally {
    await witness.close()
    await world.stop()
  }
}

/** Copies each database as a backup would: whole, from what the crash has left. */
function backUp(folder: string): void {
  for (const name of ['control', 'main']) {
    const database = new DatabaseSync(join(folder, `${name}.db`))
    database.exec(`VACUUM INTO '${join(folder, `${name}-backup.db`)}'`)
    database.close()
  }
}

const isReveal = (what: string) => /^answer to POST .*\/reveal$/.test(what)

async function walk(world: World, witness: Witness, numbers: Numbers) {
  const { delivered, ada } = await payTwoBills(world, witness, numbers)
  return { delivered, revealed: await revealNumbers(ada, witness, 'Marisol Vega') }
}

/** Numbers that no sample and no calendar has: valid routing numbers, and account numbers from `seed`. */
export function numbersOf(seed: number): Numbers {
  const account = (salt: number, end: string) => {
    const digits = (((seed + 1) * 7_919_317 + salt * 104_729) % 900_000_000) + 100_000_000
    return `${digits}${end}`
  }
  return {
    own: { routing: '091000019', account: account(1, '7766') },
    person: { routing: '122105155', account: account(2, '4455') },
    company: { routing: '026009593', account: account(3, '8899') },
  }
}

export const storedIn = (artefacts: readonly Seen[], name: string): boolean =>
  artefacts.some(({ what, bytes }) => what.endsWith(join('server', name)) && bytes.length > 0)
