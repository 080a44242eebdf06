import {
  addSealedRows,
  type Cell,
  openCell,
  openSealedWorld,
  SEALED_VALUES,
  textOf,
  versionOf,
} from '../src/keys/testing/sealed-world.ts'
import { startHome } from '../src/storage/testing/home.ts'
import { EnvelopeRefused, type OrganizationVault } from '../src/vault/vault.ts'

/** Rows of every table in each of two organizations. */
export const defaults = { rounds: 4 }

const ORGANIZATIONS = ['org_1', 'org_2']
/** Format, kind, key version and commitment stand before the nonce. */
const HEAD_BYTES = 22

/**
 * Moves sealed values of every kind, of two key versions, to every other row, column and organization, and puts heads of
 * one key version on values of the other; then flips every bit of a value of every kind. A breach is a value that opens
 * anywhere but in its own place, or as it was not sealed.
 */
export async function prove({ rounds }: { rounds: number; seed: number; log(line: string): void }) {
  const home = await startHome()
  // No time passes, so the keys are as new as any: nothing can be sealed with a newer one.
  const world = await openSealedWorld({ dataFolder: home.folder, now: () => new Date(), elapsedMs: () => 0 })
  try {
    const old: Cell[] = []
    for (const id of ORGANIZATIONS) await fill(world, id, rounds)
    old.push(...(await world.cells()))
    for (const id of ORGANIZATIONS) await world.office.rotateData(id)
    while (await world.worker.runOnce());
    const cells = await world.cells()
    const vaults = new Map<string, OrganizationVault>()
    for (const id of ORGANIZATIONS) vaults.set(id, await world.vault.forOrganization(id))
    const keysOf = ({ organizationId }: Cell): OrganizationVault => {
      const keys = vaults.get(organizationId)
      if (keys === undefined) throw new Error(`There are no keys of ${organizationId}.`)
      return keys
    }
    return judge([...old, ...cells], cells, keysOf)
  } finally {
    await world.close()
    await home.close()
  }
}

async function fill(world: Awaited<ReturnType<typeof openSealedWorld>>, id: string, rows: number): Promise<void> {
  await world.addOrganization(id)
  const keys = await world.vault.forOrganization(id, { seals: rows * SEALED_VALUES })
  const storage = await world.databases.tenantOf(id)
  await storage.write(async (tx) => {
    for (let row = 0; row < rows; row++) await addSealedRows(tx, keys, `${row}`)
  })
}

const placeOf = ({ organizationId, table, column, row }: Cell) => `${organizationId} ${table}.${column} ${row}`

function judge(values: readonly Cell[], places: readonly Cell[], keysOf: (cell: Cell) => OrganizationVault) {
  const breaches: string[] = []
  const figures = { values: values.length, atHome: 0, transplants: 0, heads: 0, bits: 0, opened: 0 }

  function isOpen(at: Cell, bytes: Uint8Array): boolean {
    try {
      openCell(keysOf(at), { ...at, bytes })
      return true
    } catch (error) {
      if (!(error instanceof EnvelopeRefused)) breaches.push(`${placeOf(at)}: ${String(error)}`)
      return false
    }
  }

  function refuse(at: Cell, bytes: Uint8Array, what: string): void {
    if (!isOpen(at, bytes)) return
    figures.opened++
    breaches.push(`${what} opens in ${placeOf(at)}`)
  }

  for (const value of values) {
    for (const place of places) {
      const isHome = placeOf(place) === placeOf(value)
      if (!isHome) figures.transplants++
      if (!isHome) refuse(place, value.bytes, placeOf(value))
      else if (openCell(keysOf(place), value) === textOf(value.table, value.column, value.row)) figures.atHome++
      else breaches.push(`${placeOf(value)} does not open at home`)
    }
    for (const other of values) {
      if (other.organizationId !== value.organizationId || versionOf(other) === versionOf(value)) continue
      figures.heads++
      const mixed = Buffer.concat([other.bytes.subarray(0, HEAD_BYTES), value.bytes.subarray(HEAD_BYTES)])
      refuse(value, mixed, `${placeOf(value)} with another head`)
    }
  }
  for (const value of oneOfEachKind(values)) {
    for (let bit = 0; bit < value.bytes.length * 8; bit++) {
      figures.bits++
      const changed = Uint8Array.from(value.bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      refuse(value, changed, `bit ${bit}`)
    }
  }
  return { figures, breaches }
}

function oneOfEachKind(values: readonly Cell[]): Cell[] {
  return [...new Map(values.map((value) => [`${value.table}.${value.column} ${versionOf(value)}`, value])).values()]
}
