import { type AchFile, mergeFiles, segmentFile } from '@fistworks/nacha'
import { LIMITS } from '../limits.ts'
import { type Arguments, OUTPUT, PROFILE, type Shape, UNMASKED } from './arguments.ts'
import { CommandError } from './command-error.ts'
import { deliver, filesToChange, type Made, outputOf } from './made-files.ts'
import { FILE_LIMITS, limitsOf, numberedPaths } from './merge.ts'
import { pathWith } from './output.ts'

export const splitShape: Shape = {
  options: { ...PROFILE, ...UNMASKED, ...OUTPUT, ...FILE_LIMITS, 'debit-file-id-modifier': { type: 'string' } },
  files: [1, 1],
}

function bySide(file: AchFile, output: string, given: Arguments): Made {
  const { credits, debits, problems, violations } = segmentFile(file, {
    debitFileIdModifier: given.text('debit-file-id-modifier'),
    validation: { profile: given.profile },
  })
  const files = [
    { path: pathWith(output, 'credits'), file: credits },
    { path: pathWith(output, 'debits'), file: debits },
  ].flatMap(({ path, file: side }) => (side ? [{ path, file: side }] : []))
  return { files, problems, violations }
}

/** Makes a file for the credits and one for the debits; with a limit as many files as it takes to keep it. */
export async function split(given: Arguments): Promise<number> {
  const output = outputOf(given)
  const limits = limitsOf(given)
  const hasLimit = Object.values(limits).some((limit) => limit !== undefined)
  if (hasLimit && given.text('debit-file-id-modifier') !== undefined) {
    throw new CommandError('--debit-file-id-modifier is for splitting into credits and debits, without a limit')
  }
  const [file] = (await filesToChange(given, LIMITS.commandLineBytes.merged)) ?? []
  if (!file) return 1
  if (!hasLimit) return await deliver(bySide(file, output, given), given)
  const { files, problems, violations } = mergeFiles([file], { ...limits, validation: { profile: given.profile } })
  const parts = numberedPaths(files, output).map(({ path, item }) => ({ path, file: item.file }))
  const remarks = files.flatMap((each) => each.violations)
  return await deliver({ files: parts, problems, violations: [...violations, ...remarks] }, given)
}
