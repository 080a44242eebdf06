import {
  type AchFile,
  civilDateAt,
  NETWORK_TIME_ZONE,
  nextFileIdModifier,
  type ReversalLink,
  type ReversalOptions,
  reverseFile,
} from '@fistworks/nacha'
import { LIMITS } from '../limits.ts'
import { type Arguments, OUTPUT, PROFILE, type Shape, UNMASKED } from './arguments.ts'
import { CommandError } from './command-error.ts'
import { deliver, filesToChange, outputOf } from './made-files.ts'
import { counted } from './terminal.ts'

export const reverseShape: Shape = {
  options: {
    ...PROFILE,
    ...UNMASKED,
    ...OUTPUT,
    'effective-date': { type: 'string' },
    'file-id-modifier': { type: 'string' },
    at: { type: 'string' },
    'settled-on': { type: 'string' },
    'discovered-at': { type: 'string' },
    'even-if-late': { type: 'boolean' },
    batch: { type: 'string', multiple: true },
    entry: { type: 'string', multiple: true },
  },
  files: [1, 1],
}

function selectionOf(given: Arguments): ReversalOptions['select'] {
  const batches = given.texts('batch').map((text) => {
    if (!/^\d{1,7}$/.test(text)) throw new CommandError('--batch is the place of a batch, counted from 0')
    return Number(text)
  })
  const entries = given.texts('entry').map((text) => {
    const [, batch, entry] = /^(\d{1,7}):(\d{1,8})$/.exec(text) ?? []
    if (batch === undefined || entry === undefined) {
      throw new CommandError('--entry is BATCH:ENTRY, both counted from 0, such as 0:3')
    }
    return { batch: Number(batch), entry: Number(entry) }
  })
  return batches.length + entries.length === 0 ? undefined : { batches, entries }
}

function instantOf(given: Arguments, name: string): string | undefined {
  const text = given.text(name)
  if (text === undefined) return undefined
  try {
    civilDateAt(text, NETWORK_TIME_ZONE)
    return text
  } catch (error) {
    throw new CommandError(`--${name} is a moment such as 2026-11-20T14:30:00Z`, { cause: error })
  }
}

function optionsFor(file: AchFile, given: Arguments): ReversalOptions {
  const at = instantOf(given, 'at') ?? Date.now()
  return {
    at,
    effectiveEntryDate: given.date('effective-date') ?? '',
    fileCreationDate: civilDateAt(at, NETWORK_TIME_ZONE),
    // Never that of the original: the bank would take a reversal of the same day for the same file.
    fileIdModifier: given.text('file-id-modifier') ?? nextFileIdModifier([file.header.fileIdModifier]) ?? '',
    settledOn: given.date('settled-on'),
    discoveredAt: instantOf(given, 'discovered-at'),
    evenIfLate: given.has('even-if-late'),
    select: selectionOf(given),
    validation: { profile: given.profile },
  }
}

/** A trace number begins with the number of a bank. */
function maskedLink({ original, reversal }: ReversalLink): ReversalLink {
  const masked = <Place extends { traceNumber: string }>(place: Place) => ({
    ...place,
    traceNumber: place.traceNumber.replace(/^.{1,5}/, (digits) => 'X'.repeat(digits.length)),
  })
  return { original: masked(original), reversal: masked(reversal) }
}

/** Takes a file back, or some of its batches and entries. */
export async function reverse(given: Arguments): Promise<number> {
  const output = outputOf(given)
  given.needed('effective-date', 'the day on which the reversal takes effect')
  const [file] = (await filesToChange(given, LIMITS.commandLineBytes.rewritten)) ?? []
  if (!file) return 1
  const { file: reversal, problems, violations, links: found, leftOut } = reverseFile(file, optionsFor(file, given))
  const files = reversal ? [{ path: output, file: reversal }] : []
  const links = given.has('unmasked') ? found : found.map(maskedLink)
  const notes = links.map(
    ({ original, reversal: made }) => `entry ${made.traceNumber} takes back entry ${original.traceNumber}`,
  )
  if (leftOut.length > 0) notes.push(`${counted(leftOut.length, 'entry', 'entries')} without money left out`)
  return await deliver({ files, problems, violations, notes, more: { links, leftOut } }, given)
}
