import { readArguments } from './arguments.ts'
import { auditPublicKeys } from './audit-public-key.ts'
import { auditRestart, auditRestartShape } from './audit-restart.ts'
import { auditVerify, auditVerifyShape } from './audit-verify.ts'
import { CommandError } from './command-error.ts'
import { print, shown, surviveBrokenPipes } from './terminal.ts'

const USAGE = `fistworks audit verify [--database FILE | --export FILE] [--checkpoints FILE] [--public-key TEXT]
                                     checks the whole log, offline; without a file all databases of FISTWORKS_DATA
fistworks audit public-key           what verifies its checkpoints, one line for each database
fistworks audit restart --reason TEXT
                                     goes on from a database that was restored from an older copy

Exit code 0: whole. 1: something was changed; the first bad event is named. 2: wrong use, unreadable.`

const VERBS = new Map([
  ['verify', { shape: auditVerifyShape, run: auditVerify }],
  ['public-key', { shape: { options: {}, files: [0, 0] } as const, run: auditPublicKeys }],
  ['restart', { shape: auditRestartShape, run: auditRestart }],
])

/** Runs `fistworks audit …`. @returns the exit code: 0 whole, 1 changed, 2 wrong use or unreadable */
export async function auditCommand(words: readonly string[]): Promise<number> {
  surviveBrokenPipes()
  const [name = '', ...others] = words
  const verb = VERBS.get(name)
  if (name === 'help' || words.includes('--help') || verb === undefined) {
    const isAsked = verb !== undefined || name === 'help' || name === '--help'
    await print(`${USAGE}\n`, isAsked ? process.stdout : process.stderr)
    return isAsked ? 0 : 2
  }
  try {
    return await verb.run(readArguments(others, verb.shape))
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    await print(`${shown(error.message)}\n`, process.stderr)
    return 2
  }
}
