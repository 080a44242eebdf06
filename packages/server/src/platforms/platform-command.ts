import { parseArgs } from 'node:util'
import { Email } from '@fistworks/contract'
import { readConfig } from '../config.ts'
import { createPlatform } from './create-platform.ts'

const USAGE = `fistworks platforms create NAME [--administrator EMAIL] [--network CIDR]…

Stop the server first. Prints the first API key of the platform once. --administrator names who looks after it in the
portal. --network says where the key may be used from; without it a live key cannot approve, submit, change bank
connections or settle deliveries.`

/** `fistworks platforms create`. @returns the exit code */
export async function platformCommand(
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const asked = read(words)
  if (asked === null) {
    console.error(USAGE)
    return 2
  }
  const { name, administrator, networks } = asked
  console.log(await createPlatform(readConfig('live', env), name, { administrator, networks }))
  return 0
}

function read(words: readonly string[]) {
  try {
    const { positionals, values } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { administrator: { type: 'string' }, network: { type: 'string', multiple: true } },
    })
    const [verb, name = '', ...rest] = positionals
    const { administrator, network } = values
    const isAddress = administrator === undefined || Email.safeParse(administrator).success
    if (verb !== 'create' || name.trim() === '' || rest.length > 0 || !isAddress) return null
    return { name, administrator, networks: network }
  } catch {
    return null
  }
}
