import { type Arguments, readArguments, type Shape } from './arguments.ts'
import { balance, balanceShape } from './balance.ts'
import { CommandError } from './command-error.ts'
import { convert, convertShape } from './convert.ts'
import { describe, describeShape } from './describe.ts'
import { diff, diffShape } from './diff.ts'
import { merge, mergeShape } from './merge.ts'
import { reverse, reverseShape } from './reverse.ts'
import { split, splitShape } from './split.ts'
import { print, shown, surviveBrokenPipes } from './terminal.ts'
import { validate, validateShape } from './validate.ts'

const USAGE = `fistworks nacha validate FILE...             checks every rule
fistworks nacha describe FILE                says what a file does
fistworks nacha convert FILE                 to JSON and back, to other line ends
fistworks nacha diff BEFORE AFTER            what differs
fistworks nacha merge FILE... --output OUT   into as few files as there can be
fistworks nacha split FILE --output OUT      into credits and debits, or by a limit
fistworks nacha reverse FILE --output OUT --effective-date DAY
fistworks nacha balance FILE --output OUT --account JSON

FILE is - for standard input. --json, --profile originate|standard|lenient, --unmasked, --force.
Exit code 0: valid, done. 1: violations, differences, refused. 2: wrong use, unreadable.`

interface Verb {
  readonly shape: Shape
  readonly run: (given: Arguments) => Promise<number>
}

const VERBS: ReadonlyMap<string, Verb> = new Map([
  ['validate', { shape: validateShape, run: validate }],
  ['describe', { shape: describeShape, run: describe }],
  ['convert', { shape: convertShape, run: convert }],
  ['diff', { shape: diffShape, run: diff }],
  ['merge', { shape: mergeShape, run: merge }],
  ['split', { shape: splitShape, run: split }],
  ['reverse', { shape: reverseShape, run: reverse }],
  ['balance', { shape: balanceShape, run: balance }],
])

/** Runs `fistworks nacha …`. @returns the exit code: 0 done, 1 violations or differences, 2 wrong use or unreadable */
export async function nachaCommand(words: readonly string[]): Promise<number> {
  surviveBrokenPipes()
  const [name = '', ...others] = words
  if (name === 'help' || words.includes('--help')) {
    await print(`${USAGE}\n`)
    return 0
  }
  const verb = VERBS.get(name)
  if (!verb) {
    await print(`${USAGE}\n`, process.stderr)
    return 2
  }
  try {
    return await verb.run(readArguments(others, verb.shape))
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    await print(`${shown(error.message)}\n`, process.stderr)
    return 2
  }
}
