import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { makeKeyPair } from '../banks/key-pair.ts'

/** The keys a bank has presented, the last of them now. */
export interface BankHostKey {
  /** Never changes: what passwords come from. */
  first: string
  current(): string
  /** Presents a new one from now on. */
  change(): Promise<void>
}

/** Keys in files that only this user can read: `file`, then `file-2` and so on. The first is made when it is missing. */
export async function openBankHostKey(file: string): Promise<BankHostKey> {
  const nameOf = (generation: number) => (generation === 1 ? file : `${file}-${generation}`)
  await make(file)
  const first = await readFile(file, 'utf8')
  let generation = 1
  let key = first
  for (let next = read(nameOf(2)); next !== null; next = read(nameOf(generation + 1))) {
    generation += 1
    key = next
  }
  return {
    first,
    current: () => key,
    async change() {
      await make(nameOf(generation + 1))
      key = await readFile(nameOf(generation + 1), 'utf8')
      generation += 1
    },
  }
}

async function make(file: string): Promise<void> {
  try {
    await writeFile(file, makeKeyPair().private, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
