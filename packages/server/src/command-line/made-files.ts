import { type AchFile, encodeFile, fileTotals, type MergeResult, maskFile, type Violation } from '@fistworks/nacha'
import type { Arguments } from './arguments.ts'
import { CommandError } from './command-error.ts'
import { readFiles } from './input.ts'
import { writeFiles } from './output.ts'
import { coloured, counted, type Output, print, printJson, printLines, shown, violationLine } from './terminal.ts'

type Problem = MergeResult['problems'][number]

/** What an operation made: files with the paths they get, or what stands in the way. */
export interface Made {
  readonly files: readonly { readonly path: string; readonly file: AchFile }[]
  readonly problems: readonly Problem[]
  readonly violations: readonly Violation[]
  /** Sentences about the result. */
  readonly notes?: readonly string[]
  /** More for --json. */
  readonly more?: Readonly<Record<string, unknown>>
}

/** Where results go: a path, or '-' for standard output. */
export function outputOf(given: Arguments): string {
  return given.needed('output', 'the file to write, or - to show it on standard output')
}

/** The files an operation works on; null when one of them cannot be read as a NACHA file, which is then said. */
export async function filesToChange(given: Arguments, maximum: number): Promise<AchFile[] | null> {
  const read = await readFiles(given.files, given.profile, maximum)
  const files = read.flatMap(({ file }) => (file ? [file] : []))
  if (files.length === read.length) return files
  const broken = read.filter(({ file }) => file === null)
  if (given.has('json')) {
    const refused = broken.map(({ name, violations }) => ({ file: name, violations }))
    await printJson({ files: [], refused }, summaryStream(given))
  } else {
    await printLines(
      broken.flatMap(({ name, violations }) => violations.map((each) => violationLine(name, each, process.stderr))),
      process.stderr,
    )
  }
  return null
}

function summaryStream(given: Arguments): Output {
  return given.text('output') === '-' ? process.stderr : process.stdout
}

function placeWords({ file, batch, entry }: Problem, names: readonly string[]): string {
  const name = names[file ?? (names.length === 1 ? 0 : -1)] ?? 'all files'
  return [name, batch === null ? '' : `batch ${batch}`, entry === null ? '' : `entry ${entry}`]
    .filter(Boolean)
    .join(', ')
}

function summaryOf({ path, file }: Made['files'][number]) {
  const { batchCount, entryCount, debitCents, creditCents } = fileTotals(file)
  return { path, batchCount, entryCount, debitCents, creditCents }
}

const dollars = (cents: number) => (cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })

function* summaryLines(made: Made, given: Arguments): Generator<string> {
  for (const problem of made.problems) {
    const place = shown(placeWords(problem, given.files))
    yield `${place}: ${coloured('error', 'error', process.stderr)}: ${shown(problem.message)} [${problem.code}]`
  }
  for (const each of made.violations) yield violationLine('result', each)
  for (const each of made.files) {
    const { path, batchCount, entryCount, debitCents, creditCents } = summaryOf(each)
    const counts = `${counted(batchCount, 'batch', 'batches')}, ${counted(entryCount, 'entry', 'entries')}`
    yield `${shown(path)}: ${counts}, credits ${dollars(creditCents)} USD, debits ${dollars(debitCents)} USD`
  }
  for (const note of made.notes ?? []) yield shown(note)
}

/**
 * Writes what was made, whole and readable by this user only; or shows it on standard output, masked unless told
 * otherwise, with the summary on stderr. @returns 0 when done, 1 when it was refused
 */
export async function deliver(made: Made, given: Arguments): Promise<number> {
  if (made.files.length > 0) {
    if (outputOf(given) === '-') {
      const [only, ...others] = made.files
      if (!only || others.length > 0) {
        throw new CommandError(`There are ${made.files.length} files: give --output a path, not -`)
      }
      const bytes = encodeFile(only.file)
      await print(given.has('unmasked') ? bytes : maskFile(bytes))
    } else {
      const files = made.files.map(({ path, file }) => ({ path, bytes: encodeFile(file) }))
      await writeFiles(files, given.has('force'))
    }
  }
  const stream = made.files.length === 0 && !given.has('json') ? process.stderr : summaryStream(given)
  if (given.has('json')) {
    const { problems, violations, more } = made
    await printJson({ files: made.files.map(summaryOf), problems, violations, ...more }, stream)
  } else await printLines(summaryLines(made, given), stream)
  return made.files.length > 0 ? 0 : 1
}
