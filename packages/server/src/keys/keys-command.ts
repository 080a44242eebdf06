import { parseArgs } from 'node:util'
import type { KeyRequest } from './key-request.ts'
import { done, type Environment } from './operator-command.ts'

const USAGE = `fistworks keys status                                        which keys there are and how far a rotation is
fistworks keys rotate --master                                all keys wrapped anew; no value is touched
fistworks keys rotate --data [--organization ID]              new data keys; the server seals every value anew
fistworks keys destroy --organization ID --confirm NAME       nothing of this organization ever opens again
Add --dev for the folder of \`fistworks dev\`. Works while the server runs, and without it.`

const OPTIONS = {
  master: { type: 'boolean' },
  data: { type: 'boolean' },
  dev: { type: 'boolean' },
  organization: { type: 'string' },
  confirm: { type: 'string' },
} as const

/** `fistworks keys …`. @returns the exit code */
export async function keysCommand(words: readonly string[], env: Environment): Promise<number> {
  const read = requestOf(words)
  if (read === null) {
    console.error(USAGE)
    return 2
  }
  const lines = await done(read.request, read.isDevelopment, env)
  for (const line of lines) console.log(line)
  return 0
}

/** What the words ask for; null when they make no sense. */
export function requestOf(words: readonly string[]): { request: KeyRequest; isDevelopment: boolean } | null {
  const parsed = parsedWords(words)
  if (parsed === null) return null
  const { values, positionals } = parsed
  const { organization, confirm, master = false, data = false, dev: isDevelopment = false } = values
  const verb = positionals.length === 1 ? positionals[0] : undefined
  const isBare = organization === undefined && confirm === undefined
  if (verb === 'status' && isBare && !master && !data) return { request: { do: 'status' }, isDevelopment }
  if (verb === 'rotate' && master && !data && isBare) return { request: { do: 'rotateMaster' }, isDevelopment }
  if (verb === 'rotate' && data && !master && confirm === undefined) {
    return { request: { do: 'rotateData', organizationId: organization ?? null }, isDevelopment }
  }
  if (verb === 'destroy' && !master && !data && organization !== undefined && confirm !== undefined) {
    return { request: { do: 'destroy', organizationId: organization, name: confirm }, isDevelopment }
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
