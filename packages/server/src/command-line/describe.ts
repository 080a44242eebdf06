import { annotations, decodeFile, describeFile, descriptionLines, type Violation } from '@fistworks/nacha'
import { LIMITS } from '../limits.ts'
import { annotatedLines } from './annotated.ts'
import { type Arguments, PROFILE, type Shape, UNMASKED } from './arguments.ts'
import { nameOf, wholeInput } from './input.ts'
import { printJson, printLines, shown, violationLine } from './terminal.ts'

export const describeShape: Shape = {
  options: { ...PROFILE, ...UNMASKED, annotated: { type: 'boolean' } },
  files: [1, 1],
}

function* safe(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield shown(line)
}

function printViolations(name: string, violations: readonly Violation[]): Promise<void> {
  return printLines(
    violations.map((each) => violationLine(name, each, process.stderr)),
    process.stderr,
  )
}

/**
 * Says in words what a file does; with `--annotated` every record with its fields, also of a file that is damaged.
 * @returns 1 when it cannot be read as a NACHA file
 */
export async function describe(given: Arguments): Promise<number> {
  const bytes = await wholeInput(given.file, LIMITS.commandLineBytes.shown)
  const { file, violations } = decodeFile(bytes, { profile: given.profile })
  const masked = !given.has('unmasked')
  const isJson = given.has('json')
  if (given.has('annotated')) {
    const records = annotations(bytes, { masked })
    await (isJson ? printJson({ records, violations }) : printLines(safe(annotatedLines(records))))
  } else if (file) {
    if (isJson) await printJson({ description: describeFile(file, { masked }), violations })
    else await printLines(safe(descriptionLines(file, { masked })))
  } else if (isJson) await printJson({ description: null, violations })
  if (!file && !isJson) await printViolations(nameOf(given.file), violations)
  return file ? 0 : 1
}
