import {
  type AchFile,
  decodeFile,
  encodeFile,
  fromJson,
  fromMoovJson,
  isAcceptable,
  type JsonProblem,
  maskFile,
  toJsonText,
  toMoovJsonText,
  type Violation,
  validateFile,
} from '@fistworks/nacha'
import { LIMITS } from '../limits.ts'
import { type Arguments, OUTPUT, PROFILE, type Shape, UNMASKED } from './arguments.ts'
import { CommandError } from './command-error.ts'
import { nameOf, tooLarge, wholeInput } from './input.ts'
import { writeFiles } from './output.ts'
import { print, printJson, printLines, printPieces, shown, violationLine } from './terminal.ts'

export const convertShape: Shape = {
  options: {
    ...PROFILE,
    ...UNMASKED,
    ...OUTPUT,
    from: { type: 'string' },
    to: { type: 'string' },
    'line-ending': { type: 'string' },
  },
  files: [1, 1],
}

type Form = 'json' | 'moov-json' | 'ach'

const FORMS: readonly Form[] = ['json', 'moov-json', 'ach']
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

const fault = ({ path, message }: JsonProblem) => `${path || '/'}: ${message}`

function readMoovJson(bytes: Uint8Array, given: Arguments): Read {
  const text = new TextDecoder().decode(bytes)
  const { file, problems, violations, ignored } = fromMoovJson(text, { profile: given.profile })
  return {
    file,
    violations,
    faults: [...problems.map(fault), ...ignored.map((path) => `${path}: is not known, so not read`)],
  }
}

function readJson(bytes: Uint8Array, given: Arguments): Read {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder().decode(bytes))
  } catch (error) {
    // What JSON.parse says of a bad text repeats it.
    throw new CommandError(`${nameOf(given.file)} is no JSON`, { cause: error })
  }
  const { file, problems, violations } = fromJson(json, { profile: given.profile })
  return { file, violations, faults: problems.map(fault) }
}

function readAch(bytes: Uint8Array, given: Arguments): Read {
  const { file, violations } = decodeFile(bytes, { profile: given.profile })
  return { file, violations: file ? validateFile(bytes, { profile: given.profile }) : violations, faults: [] }
}

function* jsonText(file: AchFile, to: Form, masked: boolean): Generator<string> {
  yield* to === 'json' ? toJsonText(file, { masked }) : toMoovJsonText(file, { masked })
  yield '\n'
}

function written(file: AchFile, to: Form, given: Arguments): Uint8Array | Iterable<string> {
  const masked = !given.has('unmasked')
  if (to !== 'ach') return jsonText(file, to, masked)
  const lineEnding = ENDINGS[given.oneOf('line-ending', ['lf', 'crlf', 'none']) ?? 'lf']
  const bytes = encodeFile(file, { lineEnding })
  return masked ? maskFile(bytes) : bytes
}

function read(bytes: Uint8Array, from: Form, given: Arguments): Read {
  if (from === 'ach') return readAch(bytes, given)
  const { json } = LIMITS.commandLineBytes
  if (bytes.length > json) throw tooLarge(given.file, json)
  return from === 'json' ? readJson(bytes, given) : readMoovJson(bytes, given)
}

/** What is wrong, on stderr; with --json what was done, where the result does not go. */
async function report({ file, violations, faults }: Read, from: Form, to: Form, given: Arguments): Promise<void> {
  const name = nameOf(given.file)
  const output = given.text('output') ?? '-'
  const masked = !given.has('unmasked')
  if (given.has('json')) {
    const made = file === null ? null : output
    const said = { file: name, from, to, output: made, masked, problems: faults, violations }
    await printJson(said, output === '-' ? process.stderr : process.stdout)
    return
  }
  await printLines(
    [
      ...faults.map((fault) => shown(`${name}: ${fault}`)),
      ...violations.map((each) => violationLine(name, each, process.stderr)),
      ...(file && masked && output !== '-' ? ['Masked, so it cannot be sent: --unmasked keeps the numbers'] : []),
    ],
    process.stderr,
  )
}

/**
 * A NACHA file to JSON, ours or moov-io/ach's, and back, or to other line ends; always masked unless told otherwise, in files too, and what is
 * masked cannot be sent. What is wrong with the file is said on stderr. @returns 1 when something is, else 0
 */
export async function convert(given: Arguments): Promise<number> {
  const [wantedFrom, wantedTo] = [given.oneOf('from', FORMS), given.oneOf('to', FORMS)]
  const bytes = await wholeInput(given.file, LIMITS.commandLineBytes.shown)
  const from = wantedFrom ?? (isJson(bytes) ? 'json' : 'ach')
  const to = wantedTo ?? (from === 'ach' ? 'json' : 'ach')
  if (to !== 'ach' && given.text('line-ending') !== undefined) {
    throw new CommandError('--line-ending is for --to ach')
  }
  const found = read(bytes, from, given)
  if (found.file) {
    const result = written(found.file, to, given)
    const output = given.text('output') ?? '-'
    if (output !== '-') await writeFiles([{ path: output, bytes: result }], given.has('force'))
    else await (result instanceof Uint8Array ? print(result) : printPieces(result))
  }
  await report(found, from, to, given)
  return found.file && isAcceptable(found.violations) ? 0 : 1
}
