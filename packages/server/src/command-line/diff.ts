import { diffFiles, type FieldChange, type FileDiff, isSameFile } from '@fistworks/nacha'
import { LIMITS } from '../limits.ts'
import { type Arguments, PROFILE, type Shape, UNMASKED } from './arguments.ts'
import { readFiles } from './input.ts'
import { coloured, counted, printJson, printLines, shown, violationLine } from './terminal.ts'

export const diffShape: Shape = {
  options: { ...PROFILE, ...UNMASKED, ignore: { type: 'string', multiple: true } },
  files: [2, 2],
}

const SIGNS = { added: '+', removed: '-', changed: '~' } as const
const COLOUR = { added: 'good', removed: 'error', changed: 'warning' } as const
type Kind = keyof typeof SIGNS

const value = (text: string | null) => (text === null ? 'nothing' : `'${text}'`)

function* changes(fields: readonly FieldChange[], indent: string): Generator<string> {
  for (const { record, field, column, before, after } of fields) {
    yield shown(`${indent}${record}.${field} (column ${column}): ${value(before)} -> ${value(after)}`)
  }
}

const heading = (kind: Kind, text: string) => coloured(`${SIGNS[kind]} ${text}`, COLOUR[kind])

function* diffLines(diff: FileDiff): Generator<string> {
  for (const { message } of diff.problems) yield shown(message)
  yield* changes(diff.header, '')
  for (const batch of diff.batches) {
    yield heading(batch.kind, `batch ${batch.after ?? batch.before}`)
    yield* changes(batch.header, '    ')
    for (const entry of batch.entries) {
      yield `  ${heading(entry.kind, shown(`entry ${entry.after ?? entry.before}, trace ${entry.traceNumber}`))}`
      yield* changes(entry.fields, '      ')
    }
    yield* changes(batch.control, '    ')
  }
  yield* changes(diff.control, '')
  const entries = diff.batches.reduce((sum, batch) => sum + batch.entries.length, 0)
  const count = `${counted(diff.batches.length, 'batch', 'batches')} and ${counted(entries, 'entry', 'entries')} differ`
  yield isSameFile(diff) ? 'the files say the same' : count
}

/** Says what differs between two files. @returns 0 when nothing does, else 1 */
export async function diff(given: Arguments): Promise<number> {
  const read = await readFiles(given.files, given.profile, LIMITS.commandLineBytes.rewritten)
  const [one, other] = read
  if (!one?.file || !other?.file) {
    const broken = read.filter(({ file }) => file === null)
    if (given.has('json')) {
      await printJson({ refused: broken.map(({ name, violations }) => ({ file: name, violations })) })
    } else {
      const lines = broken.flatMap(({ name, violations }) =>
        violations.map((each) => violationLine(name, each, process.stderr)),
      )
      await printLines(lines, process.stderr)
    }
    return 1
  }
  const found = diffFiles(one.file, other.file, { masked: !given.has('unmasked'), ignore: given.texts('ignore') })
  if (given.has('json')) await printJson(found)
  else await printLines(diffLines(found))
  return isSameFile(found) ? 0 : 1
}
