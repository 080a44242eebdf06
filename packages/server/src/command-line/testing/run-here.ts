import { vi } from 'vitest'
import { nachaCommand } from '../nacha-command.ts'

/** Runs `fistworks nacha …`, or another command, in this process. @returns the exit code and all that it said */
export async function runHere(
  words: readonly string[],
  command: (words: readonly string[]) => Promise<number> = nachaCommand,
): Promise<{ readonly code: number; readonly text: string }> {
  let text = ''
  const take = (piece: unknown, ...others: unknown[]) => {
    text += typeof piece === 'string' ? piece : Buffer.from(piece as Uint8Array).toString('latin1')
    const done = others.find((each) => typeof each === 'function')
    if (done) done()
    return true
  }
  const spies = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockImplementation(take))
  try {
    return { code: await command(words), text }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}
