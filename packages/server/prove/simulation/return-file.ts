import { civilDateAt, decodeFile, encodeFile, makeReturns, NETWORK_TIME_ZONE } from '@fistworks/nacha'

const NO_ACCOUNT = 'R03'

/** What a bank puts down when entries of a file come back; `null` for what is no file. */
export function returnFileOf(bytes: Uint8Array, traceNumbers: readonly string[], now: Date): Uint8Array | null {
  const { file } = decodeFile(bytes)
  if (file === null) return null
  const orders = file.batches.flatMap(({ entries }, batch) =>
    Array.from({ length: entries.length }, (_, entry) => ({ batch, entry, code: NO_ACCOUNT })).filter(({ entry }) =>
      traceNumbers.includes(String(entries.at(entry)?.traceNumber)),
    ),
  )
  const stamp = { fileCreationDate: civilDateAt(now.toISOString(), NETWORK_TIME_ZONE), fileIdModifier: 'A' }
  const made = makeReturns(file, orders, stamp).file
  return made === null ? null : encodeFile(made)
}
