import { describeFile, descriptionLines } from '@fistworks/nacha'
import { type Arguments, PROFILE, type Shape, UNMASKED } from './arguments.ts'
import { readFile } from './input.ts'
import { printJson, printLines, shown, violationLine } from './terminal.ts'

export const describeShape: Shape = { options: { ...PROFILE, ...UNMASKED }, files: [1, 1] }

function* safe(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield shown(line)
}

/** Says in words what a file does. @returns 1 when it cannot be read as a NACHA file */
export async function describe(given: Arguments): Promise<number> {
  const { name, file, violations } = await readFile(given.file, given.profile)
  if (!file) {
    if (given.has('json')) await printJson({ description: null, violations })
    else
      await printLines(
        violations.map((each) => violationLine(name, each, process.stderr)),
        process.stderr,
      )
    return 1
  }
  const description = describeFile(file, { masked: !given.has('unmasked') })
  if (given.has('json')) await printJson({ description, violations })
  else await printLines(safe(descriptionLines(description)))
  return 0
}
