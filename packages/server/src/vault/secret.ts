import { inspect } from 'node:util'

const SHOWN = '[secret]'

/** Text that does not end up anywhere by accident: it prints, serializes and inspects as `[secret]`. */
export class Secret {
  readonly #text: string

  private constructor(text: string) {
    this.#text = text
  }

  static of(text: string): Secret {
    return new Secret(text)
  }

  /** The text itself. The only way to it. */
  reveal(): string {
    return this.#text
  }

  toString(): string {
    return SHOWN
  }

  toJSON(): string {
    return SHOWN
  }

  [inspect.custom](): string {
    return SHOWN
  }
}
