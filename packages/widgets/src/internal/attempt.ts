/** `randomUUID` is there on secure pages only; this is everywhere. */
const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/**
 * One key for one intended change, kept while the person presses the button again after silence, so that an answer
 * that got lost does not make the change twice. Something else asked for, or an answer, is another attempt.
 */
export class Attempt {
  #key = ''
  #what: string | null = null

  /** The key for this change; `what` tells it from others and is nothing that must stay secret. */
  keyFor(what: string): string {
    if (this.#what !== what) this.#key = newKey()
    this.#what = what
    return this.#key
  }

  /** The server has answered, or what is asked for has changed. */
  end(): void {
    this.#what = null
  }
}
