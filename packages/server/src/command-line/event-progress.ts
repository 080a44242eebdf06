import type { Output } from './terminal.ts'

/** Counts events on a terminal's stderr; nothing anywhere else. */
export class EventProgress {
  readonly #total: number
  readonly #stream: Output
  #isShown = false

  constructor(total: number, stream: Output = process.stderr) {
    this.#total = total
    this.#stream = stream
  }

  at(events: number): void {
    if (this.#stream.isTTY !== true) return
    this.#isShown = true
    const percent = Math.min(100, Math.floor((events / Math.max(1, this.#total)) * 100))
    this.#stream.write(`\r${percent} % of ${this.#total.toLocaleString('en-US')} events\u001b[K`)
  }

  end(): void {
    if (this.#isShown) this.#stream.write('\r\u001b[K')
  }
}
