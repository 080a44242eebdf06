import type { Output } from './terminal.ts'

const SMALL = 16 * 1024 * 1024
const STEP = 4 * 1024 * 1024
const WIDTH = 30

/**
 * A bar on a terminal's stderr for inputs of 16 MiB and more; nothing anywhere else. Without a size (standard input, and
 * what is written) it counts.
 */
export class Progress {
  readonly #size: number | null
  readonly #stream: Output
  readonly #word: string
  #done = 0
  #next = SMALL
  #isShown = false

  constructor(size: number | null, stream: Output = process.stderr, word: 'read' | 'written' = 'read') {
    this.#size = size
    this.#word = word
    this.#stream = stream
    if (size !== null && size >= SMALL) this.#next = STEP
  }

  add(count: number): void {
    this.#done += count
    if (this.#stream.isTTY !== true || this.#done < this.#next) return
    this.#next = this.#done + STEP
    this.#isShown = true
    this.#stream.write(`\r${this.#text()}\u001b[K`)
  }

  #text(): string {
    const mebibytes = `${Math.round(this.#done / 1024 / 1024)} MiB`
    if (this.#size === null || this.#size < this.#done) return `${this.#word} ${mebibytes}`
    const full = Math.round((this.#done / this.#size) * WIDTH)
    return `[${'#'.repeat(full)}${' '.repeat(WIDTH - full)}] ${mebibytes}`
  }

  end(): void {
    if (this.#isShown) this.#stream.write('\r\u001b[K')
    this.#isShown = false
  }
}

/** The same pieces, counted on a terminal while they are written; not where they are seen themselves. */
export function* counting(pieces: Iterable<string>, isSeen: boolean): Generator<string> {
  const progress = isSeen ? null : new Progress(null, process.stderr, 'written')
  try {
    for (const piece of pieces) {
      yield piece
      progress?.add(piece.length)
    }
  } finally {
    progress?.end()
  }
}
