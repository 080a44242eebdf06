import type { CivilDate } from '../civil-date.ts'
import { fileHeader } from '../records/file-header.ts'
import type { Problems } from './problem.ts'
import { type Changes, edited } from './record-edit.ts'

/** Which file of which day it is: passed in, because nothing here reads a clock. */
export interface FileStamp {
  readonly fileCreationDate: CivilDate
  /** HHMM; blank when left out. */
  readonly fileCreationTime?: string | undefined
  readonly fileIdModifier: string
}

/** Parties of a file that differ from those of the file it is made from. */
export interface FileParties {
  /** 10 characters: a blank and 9 digits, or as agreed with the bank; 9 digits get the blank. */
  readonly immediateDestination?: string | undefined
  readonly immediateOrigin?: string | undefined
  readonly immediateDestinationName?: string | undefined
  readonly immediateOriginName?: string | undefined
  readonly referenceCode?: string | undefined
}

const { field } = fileHeader
const justified = (party: string) => (/^\d{9}$/.test(party) ? ` ${party}` : party)

export function stamped(header: Uint8Array, stamp: FileStamp, problems: Problems, parties: FileParties = {}) {
  const { immediateDestination, immediateOrigin } = parties
  const given: Readonly<Record<string, string | undefined>> = {
    ...parties,
    immediateDestination: immediateDestination && justified(immediateDestination),
    immediateOrigin: immediateOrigin && justified(immediateOrigin),
    fileCreationDate: stamp.fileCreationDate,
    fileCreationTime: stamp.fileCreationTime ?? '',
    fileIdModifier: stamp.fileIdModifier,
  }
  const changes: Changes = fileHeader.fields.flatMap((each) => {
    const value = given[each.name]
    return value === undefined ? [] : [[each, value] as const]
  })
  return edited(header, changes, problems)
}

/** The parties the other way round: who got the file answers it. Texts keep their 10 characters. */
export function swappedParties(header: Uint8Array): Uint8Array {
  const copy = header.slice()
  for (const [one, other] of [
    [field.immediateDestination, field.immediateOrigin],
    [field.immediateDestinationName, field.immediateOriginName],
  ] as const) {
    copy.set(header.subarray(other.start, other.start + other.length), one.start)
    copy.set(header.subarray(one.start, one.start + one.length), other.start)
  }
  return copy
}

const MODIFIERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** The next modifier of the day that is not taken: A to Z, then 0 to 9; null after the 36th. */
export function nextFileIdModifier(taken: Iterable<string>): string | null {
  const used = new Set(taken)
  return [...MODIFIERS].find((each) => !used.has(each)) ?? null
}
