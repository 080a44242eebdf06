import {
  civilDateAt,
  decodeFile,
  encodeFile,
  makeNotifications,
  makeReturns,
  NETWORK_TIME_ZONE,
} from '@fistworks/nacha'

const NO_ACCOUNT = 'R03'
/** What is right instead of the account number that a bank was given. */
const CORRECTION = { changeCode: 'C01', accountNumber: '771234567' } as const

/** What a bank answers about entries: they come back, or their account has another number by now. */
export type BankAnswer = 'returned' | 'corrected'

/** What a bank puts down about entries of a file; `null` for what is no file. */
export function answerFileOf(
  bytes: Uint8Array,
  traceNumbers: readonly string[],
  now: Date,
  answer: BankAnswer,
): Uint8Array | null {
  const { file } = decodeFile(bytes)
  if (file === null) return null
  const places = file.batches.flatMap(({ entries }, batch) =>
    Array.from({ length: entries.length }, (_, entry) => ({ batch, entry })).filter(({ entry }) =>
      traceNumbers.includes(String(entries.at(entry)?.traceNumber)),
    ),
  )
  const stamp = { fileCreationDate: civilDateAt(now.toISOString(), NETWORK_TIME_ZONE), fileIdModifier: 'A' }
  const made =
    answer === 'returned'
      ? makeReturns(
          file,
          places.map((place) => ({ ...place, code: NO_ACCOUNT })),
          stamp,
        ).file
      : makeNotifications(
          file,
          places.map((place) => ({ ...place, correction: CORRECTION })),
          stamp,
        ).file
  return made === null ? null : encodeFile(made)
}
