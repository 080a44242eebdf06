import { isRoutingNumber, julianDay } from '@fistworks/nacha'

/** What a file name is made of: the values of one file. */
export interface FileNameValues {
  /** Civil date and time (HHMM or HHMMSS) of the file's creation, in Eastern time as in its header. */
  date: string
  time: string
  /** The immediate origin of the bank connection. */
  originId: string
  /** Counts the files of the organization, from 1. */
  sequence: number
  /** File ID Modifier: A–Z, 0–9. */
  modifier: string
  /** SHA-256 in hex of the bytes that are sent. */
  sha256: string
}

/** How files of a connection are named that has no template of its own. */
export function defaultFileNameTemplate(isEncrypted: boolean): string {
  return `ACH_{date:yyyymmdd}_{modifier}{sequence:6}_{hash8}.ach${isEncrypted ? '.pgp' : ''}`
}

/** Longest file name that is made, in characters. */
export const FILE_NAME_LENGTH_MAX = 100

const SEQUENCE_DIGITS_MAX = 9

type Write = (values: FileNameValues) => string

const DIGITS = Array.from({ length: SEQUENCE_DIGITS_MAX }, (_, index) => index + 1)

const PLACEHOLDERS: ReadonlyMap<string, { write: Write; length: number }> = new Map([
  ['date:yyyymmdd', { write: ({ date }) => date.replaceAll('-', ''), length: 8 }],
  ['date:yymmdd', { write: ({ date }) => date.replaceAll('-', '').slice(2), length: 6 }],
  ['date:mmddyyyy', { write: ({ date }) => date.slice(5).replace('-', '') + date.slice(0, 4), length: 8 }],
  ['date:mmddyy', { write: ({ date }) => date.slice(5).replace('-', '') + date.slice(2, 4), length: 6 }],
  ['date:julian', { write: ({ date }) => julianDay(date), length: 3 }],
  ['time', { write: ({ time }) => time.padEnd(6, '0'), length: 6 }],
  ['originId', { write: ({ originId }) => originId.replace(/[^A-Za-z0-9]/g, ''), length: 10 }],
  ['sequence', { write: ({ sequence }) => String(sequence), length: SEQUENCE_DIGITS_MAX }],
  ...DIGITS.map((digits): [string, { write: Write; length: number }] => [
    `sequence:${digits}`,
    { write: ({ sequence }) => String(sequence).padStart(digits, '0'), length: SEQUENCE_DIGITS_MAX },
  ]),
  ['modifier', { write: ({ modifier }) => modifier, length: 1 }],
  ['hash8', { write: ({ sha256 }) => sha256.slice(0, 8), length: 8 }],
])

/** Every placeholder a template may have, without its braces. */
export const FILE_NAME_PLACEHOLDERS: readonly string[] = [...PLACEHOLDERS.keys()]

const PIECE = /\{([^{}]*)\}|[^{]+|\{/g
const LITERAL = /^[A-Za-z0-9._-]*$/
const YEARLY = ['date:yyyymmdd', 'date:yymmdd', 'date:mmddyyyy', 'date:mmddyy']

/**
 * What is wrong with a template, as a sentence about it; `null` for nothing. Two files must never get the same name:
 * so it has the sequence, the hash, or a date with its year and the modifier.
 */
export function fileNameTemplateProblem(template: string): string | null {
  const names: string[] = []
  let length = 0
  for (const [piece, name] of template.matchAll(PIECE)) {
    if (name === undefined) {
      if (piece.includes('{') || !LITERAL.test(piece)) {
        return 'may have letters, digits, dots, hyphens, underscores and placeholders in braces'
      }
      length += piece.length
      continue
    }
    const placeholder = PLACEHOLDERS.get(name)
    if (placeholder === undefined) {
      return `has the placeholder {${name.slice(0, 40)}}, which is unknown: use ${FILE_NAME_PLACEHOLDERS.map((known) => `{${known}}`).join(', ')}`
    }
    names.push(name)
    length += placeholder.length
  }
  if (/^[.-]/.test(template)) return 'must not begin with a dot or a hyphen'
  if (template.endsWith('.')) return 'must not end with a dot'
  if (length > FILE_NAME_LENGTH_MAX) return `can become longer than ${FILE_NAME_LENGTH_MAX} characters`
  return isUnique(names) ? null : 'would give two files one name: add {sequence:6}, {hash8}, or a date and {modifier}'
}

function isUnique(names: readonly string[]): boolean {
  if (names.some((name) => name.startsWith('sequence') || name === 'hash8')) return true
  return names.includes('modifier') && names.some((name) => YEARLY.includes(name))
}

/** Why a template may not be used with this immediate origin: a routing number does not belong into names of files. */
export function originIdProblem(template: string, originId: string): string | null {
  if (!template.includes('{originId}') || !isRoutingNumber(originId.trim())) return null
  return 'must not have {originId}, because the immediate origin is a routing number'
}

/** Why a template may not be chosen: names of files are told to many, so none is written that looks like that of an account. */
export function writtenNumberProblem(template: string): string | null {
  const written = template.replaceAll(/\{[^{}]*\}/g, '{}')
  return /\d(?:-?\d){7,}/.test(written)
    ? 'must not have eight or more digits in a row: names of files are told to many'
    : null
}

/** The name of one file. @throws RangeError for a template that `fileNameTemplateProblem` refuses */
export function fileNameOf(template: string, values: FileNameValues): string {
  const problem = fileNameTemplateProblem(template) ?? originIdProblem(template, values.originId)
  if (problem !== null) throw new RangeError(`The template of file names ${problem}.`)
  return template.replace(/\{([^{}]*)\}/g, (_, name: string) => PLACEHOLDERS.get(name)?.write(values) ?? '')
}
