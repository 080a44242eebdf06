/** Members that say nothing about the file: what they hold is in other members, or in no NACHA file at all. */
const IDLE = ['id', 'linenumber', 'category', 'typecode', 'formatcode', 'reserved', 'masked']

/**
 * The members of an object of moov's form. Names count whatever their case, as they do for the reader of moov-io/ach. What
 * the object inherits is not looked at.
 */
export class MoovMembers {
  readonly #members = new Map<string, { readonly name: string; readonly value: unknown }>()
  readonly #used = new Set(IDLE)
  /** Names that stand there twice, in another case. */
  readonly repeated: string[] = []

  constructor(given: object) {
    for (const [name, value] of Object.entries(given)) {
      const key = name.toLowerCase()
      if (this.#members.has(key)) this.repeated.push(name)
      else this.#members.set(key, { name, value })
    }
  }

  /** The value of a member; undefined when it is left out. */
  get(name: string): unknown {
    const key = name.toLowerCase()
    this.#used.add(key)
    return this.#members.get(key)?.value
  }

  /** Puts another value where one was given, or none was. */
  put(name: string, value: unknown): void {
    this.#members.set(name.toLowerCase(), { name, value })
  }

  /** The names that nobody asked for. */
  get unused(): string[] {
    return [...this.#members].filter(([key]) => !this.#used.has(key)).map(([, { name }]) => name)
  }
}
