import { createHash } from 'node:crypto'

/** What happened, line by line. Nothing in it is left to chance that the seed does not repeat. */
export class Trace {
  readonly #hash = createHash('sha256')
  readonly #print: ((line: string) => void) | undefined
  readonly #now: () => Date
  lines = 0

  constructor(now: () => Date, print?: (line: string) => void) {
    this.#now = now
    this.#print = print
  }

  add(who: string, what: string): void {
    const line = `${this.#now().toISOString()} ${who} ${what}`
    this.#hash.update(line).update('\n')
    this.lines++
    this.#print?.(line)
  }

  /** SHA-256 in hex of all lines so far. */
  hash(): string {
    return this.#hash.copy().digest('hex')
  }
}
