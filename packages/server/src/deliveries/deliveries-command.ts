import { parseArgs } from 'node:util'
import { done, type Environment } from '../keys/operator-command.ts'
import type { DeliveriesRequest } from './operator-request.ts'

const USAGE = `fistworks deliveries status                 whether files go to the banks
fistworks deliveries stop --reason TEXT     nothing of any organization goes to a bank any more, at once
fistworks deliveries resume                 files go to the banks again
Add --dev for the folder of \`fistworks dev\`. Works while the server runs, and without it.`

const OPTIONS = { reason: { type: 'string' }, dev: { type: 'boolean' } } as const

/** `fistworks deliveries …`. @returns the exit code */
export async function deliveriesCommand(words: readonly string[], env: Environment): Promise<number> {
  const read = requestOf(words)
  if (read === null) {
    console.error(USAGE)
    return 2
  }
  for (const line of await done(read.request, read.isDevelopment, env)) console.log(line)
  return 0
}

/** What the words ask for; null when they make no sense. */
export function requestOf(words: readonly string[]): { request: DeliveriesRequest; isDevelopment: boolean } | null {
  const parsed = parsedWords(words)
  if (parsed === null || parsed.positionals.length !== 1) return null
  const { reason, dev: isDevelopment = false } = parsed.values
  const [verb] = parsed.positionals
  if (verb === 'status' && reason === undefined) return { request: { do: 'deliveries.status' }, isDevelopment }
  if (verb === 'resume' && reason === undefined) return { request: { do: 'deliveries.resume' }, isDevelopment }
  if (verb === 'stop' && reason !== undefined && reason.trim() !== '') {
    return { request: { do: 'deliveries.stop', reason: reason.trim() }, isDevelopment }
  }
  return null
}

function parsedWords(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true })
  } catch {
    return null
  }
}
