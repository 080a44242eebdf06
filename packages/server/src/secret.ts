import { inspect } from 'node:util'

const SHOWN = '[secret]'

/**
 * An opened number, password or private key. It does not end up anywhere by accident: it prints, serializes and inspects
 * as `[secret]`. `secret.test.ts` lists the files that may look inside.
 */
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
