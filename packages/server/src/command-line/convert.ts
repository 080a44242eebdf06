import {
  type AchFile,
  decodeFile,
  encodeFile,
  fromJson,
  isAcceptable,
  maskFile,
  toJson,
  type Violation,
  validateFile,
} from '@fistworks/nacha'
import { type Arguments, OUTPUT, PROFILE, type Shape, UNMASKED } from './arguments.ts'
import { CommandError } from './command-error.ts'
import { nameOf, wholeInput } from './input.ts'
import { writeFiles } from './output.ts'
import { print, printLines, shown, violationLine } from './terminal.ts'

export const convertShape: Shape = {
  options: {
    profile: PROFILE.profile,
    ...UNMASKED,
    ...OUTPUT,
    to: { type: 'string' },
    'line-ending': { type: 'string' },
  },
  files: [1, 1],
}

const ENDINGS = { lf: '\n', crlf: '\r\n', none: '' } as const
const BLANKS: readonly number[] = [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]

/** A NACHA file begins with a digit, JSON of one with a brace. */
function isJson(bytes: Uint8Array): boolean {
  return bytes[bytes.findIndex((byte) => !BLANKS.includes(byte))] === 0x7b
}

interface Read {
  readonly file: AchFile | null
  readonly violations: readonly Violation[]
  /** What is wrong with JSON, and where. */
  readonly faults: readonly string[]
}

function readJson(bytes: Uint8Array, given: Arguments): Read {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder().decode(bytes))
  } catch (error) {
    // What JSON.parse says of a bad text repeats it.
    throw new CommandError(`${nameOf(given.file)} begins like JSON but is none`, { cause: error })
  }
  const { file, problems, violations } = fromJson(json, { profile: given.profile })
  return { file, violations, faults: problems.map(({ path, message }) => `${path || '/'}: ${message}`) }
}

function readAch(bytes: Uint8Array, given: Arguments): Read {
  const { file, violations } = decodeFile(bytes, { profile: given.profile })
  return { file, violations: file ? validateFile(bytes, { profile: given.profile }) : violations, faults: [] }
}

function written(file: AchFile, to: 'json' | 'ach', given: Arguments): Uint8Array {
  const masked = !given.has('unmasked')
  if (to === 'json') return Buffer.from(`${JSON.stringify(toJson(file, { masked }), null, 2)}\n`)
  const lineEnding = ENDINGS[given.oneOf('line-ending', ['lf', 'crlf', 'none']) ?? 'lf']
  const bytes = encodeFile(file, { lineEnding })
  return masked ? maskFile(bytes) : bytes
}

/**
 * A NACHA file to JSON and back, or to other line ends; always masked unless told otherwise, in files too, and what is
 * masked cannot be sent. What is wrong with the file is said on stderr. @returns 1 when something is, else 0
 */
export async function convert(given: Arguments): Promise<number> {
  const wanted = given.oneOf('to', ['json', 'ach'])
  const bytes = await wholeInput(given.file)
  const fromJsonText = isJson(bytes)
  const to = wanted ?? (fromJsonText ? 'ach' : 'json')
  if (to === 'json' && given.text('line-ending') !== undefined) {
    throw new CommandError('--line-ending is for --to ach')
  }
  const { file, violations, faults } = fromJsonText ? readJson(bytes, given) : readAch(bytes, given)
  const name = nameOf(given.file)
  await printLines(
    [
      ...faults.map((fault) => shown(`${name}: ${fault}`)),
      ...violations.map((each) => violationLine(name, each, process.stderr)),
    ],
    process.stderr,
  )
  if (!file) return 1
  const result = written(file, to, given)
  const output = given.text('output') ?? '-'
  if (output === '-') await print(result)
  else await writeFiles([{ path: output, bytes: result }], given.has('force'))
  if (output !== '-' && !given.has('unmasked')) {
    await printLines(['Masked, so it cannot be sent: --unmasked keeps the numbers'], process.stderr)
  }
  return isAcceptable(violations) ? 0 : 1
}
