/**
 * One key for one intended change, kept while the person presses the button again after a failure, so that an answer
 * that got lost does not make the change twice. A new key once it succeeded or what is asked for is something else.
 */
export class Attempt {
  #key: string | null = null

  get key(): string {
    this.#key ??= crypto.randomUUID()
    return this.#key
  }

  forget(): void {
    this.#key = null
  }
}
