import { type FileLimits, mergeFiles } from '@fistworks/nacha'
import { LIMITS } from '../limits.ts'
import { type Arguments, OUTPUT, PROFILE, type Shape, UNMASKED } from './arguments.ts'
import { deliver, filesToChange, type Made, outputOf } from './made-files.ts'
import { pathWith } from './output.ts'

export const FILE_LIMITS = {
  'max-lines': { type: 'string' },
  'max-entries': { type: 'string' },
  'max-debit-cents': { type: 'string' },
  'max-credit-cents': { type: 'string' },
} as const

export const mergeShape: Shape = {
  options: {
    ...PROFILE,
    ...UNMASKED,
    ...OUTPUT,
    ...FILE_LIMITS,
    'creation-date': { type: 'string' },
    'creation-time': { type: 'string' },
  },
  files: [1, Number.POSITIVE_INFINITY],
}

export function limitsOf(given: Arguments): FileLimits {
  return {
    maxLines: given.count('max-lines'),
    maxEntries: given.count('max-entries'),
    maxDebitCents: given.count('max-debit-cents'),
    maxCreditCents: given.count('max-credit-cents'),
  }
}

/** 'out.ach' for one file; 'out-1.ach', 'out-2.ach' for more. */
export function numberedPaths<Item>(items: readonly Item[], output: string): { path: string; item: Item }[] {
  return items.map((item, index) => ({ path: items.length > 1 ? pathWith(output, String(index + 1)) : output, item }))
}

function stampOf(given: Arguments) {
  const fileCreationDate = given.date('creation-date')
  const fileCreationTime = given.text('creation-time')
  return fileCreationDate === undefined
    ? undefined
    : { fileCreationDate, ...(fileCreationTime === undefined ? {} : { fileCreationTime }) }
}

/** Puts files together into as few as there can be. */
export async function merge(given: Arguments): Promise<number> {
  const output = outputOf(given)
  const files = await filesToChange(given, LIMITS.commandLineBytes.merged)
  if (!files) return 1
  const options = { ...limitsOf(given), stamp: stampOf(given), validation: { profile: given.profile } }
  const result = mergeFiles(files, options)
  const made: Made = {
    files: numberedPaths(result.files, output).map(({ path, item }) => ({ path, file: item.file })),
    problems: result.problems,
    violations: [...result.violations, ...result.files.flatMap(({ violations }) => violations)],
  }
  return await deliver(made, given)
}
