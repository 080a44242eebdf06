import { balanceFile, type OffsetAccount } from '@fistworks/nacha'
import { LIMITS } from '../limits.ts'
import { type Arguments, OUTPUT, PROFILE, type Shape, UNMASKED } from './arguments.ts'
import { CommandError } from './command-error.ts'
import { nameOf, wholeInput } from './input.ts'
import { deliver, filesToChange, outputOf } from './made-files.ts'

export const balanceShape: Shape = {
  options: { ...PROFILE, ...UNMASKED, ...OUTPUT, account: { type: 'string' }, 'own-batch': { type: 'boolean' } },
  files: [1, 1],
}

const WANTED = '{"routingNumber": "…", "accountNumber": "…", "accountType": "checking", "name": "…"}'

/** The account from a file: a number among the words of a command would stand in the history of the shell. */
async function offsetAccount(path: string): Promise<OffsetAccount> {
  const refused = new CommandError(`${nameOf(path)} is not the offset account: it must hold ${WANTED}`)
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder().decode(await wholeInput(path, LIMITS.commandLineBytes.json)))
  } catch (error) {
    // What JSON.parse says of a bad text repeats it.
    throw error instanceof CommandError ? error : refused
  }
  if (typeof json !== 'object' || json === null) throw refused
  const { routingNumber, accountNumber, accountType, name } = json as Readonly<Record<string, unknown>>
  const type = (['checking', 'savings', 'generalLedger'] as const).find((each) => each === accountType)
  if (typeof routingNumber !== 'string' || typeof accountNumber !== 'string' || typeof name !== 'string' || !type) {
    throw refused
  }
  return { routingNumber, accountNumber, accountType: type, name }
}

/** Books the other side of every batch in an account of the originator. */
export async function balance(given: Arguments): Promise<number> {
  outputOf(given)
  const path = given.needed('account', `a file that holds ${WANTED}`)
  if (path === '-' && given.file === '-') throw new CommandError('Standard input can be read only once')
  const account = await offsetAccount(path)
  const [file] = (await filesToChange(given, LIMITS.commandLineBytes.rewritten)) ?? []
  if (!file) return 1
  const place = given.has('own-batch') ? 'own' : 'batch'
  const {
    file: balanced,
    problems,
    violations,
  } = balanceFile(file, {
    account,
    place,
    validation: { profile: given.profile },
  })
  const files = balanced ? [{ path: outputOf(given), file: balanced }] : []
  return await deliver({ files, problems, violations }, given)
}
