import { type Arguments, readArguments, type Shape } from './arguments.ts'
import { balance, balanceShape } from './balance.ts'
import { CommandError, UsageError } from './command-error.ts'
import { convert, convertShape } from './convert.ts'
import { describe, describeShape } from './describe.ts'
import { diff, diffShape } from './diff.ts'
import { HELP, USAGE } from './help.ts'
import { merge, mergeShape } from './merge.ts'
import { reverse, reverseShape } from './reverse.ts'
import { split, splitShape } from './split.ts'
import { print, shown, surviveBrokenPipes } from './terminal.ts'
import { validate, validateShape } from './validate.ts'

interface Verb {
  readonly shape: Shape
  readonly run: (given: Arguments) => Promise<number>
  readonly help: string
}

const VERBS: ReadonlyMap<string, Verb> = new Map([
  ['validate', { shape: validateShape, run: validate, help: HELP.validate }],
  ['describe', { shape: describeShape, run: describe, help: HELP.describe }],
  ['convert', { shape: convertShape, run: convert, help: HELP.convert }],
  ['diff', { shape: diffShape, run: diff, help: HELP.diff }],
  ['merge', { shape: mergeShape, run: merge, help: HELP.merge }],
  ['split', { shape: splitShape, run: split, help: HELP.split }],
  ['reverse', { shape: reverseShape, run: reverse, help: HELP.reverse }],
  ['balance', { shape: balanceShape, run: balance, help: HELP.balance }],
])

/** Runs `fistworks nacha …`. @returns the exit code: 0 done, 1 violations or differences, 2 wrong use or unreadable */
export async function nachaCommand(words: readonly string[]): Promise<number> {
  surviveBrokenPipes()
  const [name = '', ...others] = words
  const isAsked = words.includes('--help') || words.includes('-h')
  const verb = VERBS.get(name === 'help' ? (others[0] ?? '') : name)
  if (name === 'help' || isAsked) {
    await print(`${verb?.help ?? USAGE}\n`)
    return 0
  }
  if (!verb) {
    await print(`${name === '' ? '' : `There is no verb '${shown(name)}'\n\n`}${USAGE}\n`, process.stderr)
    return 2
  }
  try {
    return await verb.run(readArguments(others, verb.shape))
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    const advice = error instanceof UsageError ? `\n'fistworks nacha ${name} --help' says what it takes` : ''
    await print(`${shown(error.message)}${advice}\n`, process.stderr)
    return 2
  }
}
