import type { Output } from './terminal.ts'

/** Counts events on a terminal's stderr; nothing anywhere else. */
export class EventProgress {
  readonly #total: number | null
  readonly #stream: Output
  #isShown = false

  constructor(total: number | null, stream: Output = process.stderr) {
    this.#total = total
    this.#stream = stream
  }

  at(events: number): void {
    if (this.#stream.isTTY !== true) return
    this.#isShown = true
    this.#stream.write(`\r${this.#text(events)}\u001b[K`)
  }

  #text(events: number): string {
    const done = events.toLocaleString('en-US')
    if (this.#total === null) return `${done} events`
    const percent = Math.min(100, Math.floor((events / Math.max(1, this.#total)) * 100))
    return `${percent} %: ${done} of ${this.#total.toLocaleString('en-US')} events`
  }

  end(): void {
    if (this.#isShown) this.#stream.write('\r\u001b[K')
  }
}
