/** Members that say nothing about the file: what they hold is in other members, or in no NACHA file at all. */
const IDLE: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'id',
  'linenumber',
  'category',
  'typecode',
  'formatcode',
  'reserved',
  'masked',
])

/**
 * The members of an object of moov's form. Names count whatever their case, as they do for the reader of moov-io/ach. What
 * the object inherits is not looked at.
 */
export class MoovMembers {
  readonly #members = new Map<string, { readonly name: string; value: unknown; isAsked: boolean }>()
  /** Names that stand there twice, in another case. */
  readonly repeated: string[] = []

  constructor(given: object) {
    for (const [name, value] of Object.entries(given)) {
      const key = name.toLowerCase()
      if (this.#members.has(key)) this.repeated.push(name)
      else this.#members.set(key, { name, value, isAsked: IDLE.has(key) })
    }
  }

  /** The value of a member; undefined when it is left out. */
  get(name: string): unknown {
    const member = this.#members.get(name.toLowerCase())
    if (member) member.isAsked = true
    return member?.value
  }

  /** Puts another value where one was given. */
  put(name: string, value: unknown): void {
    const member = this.#members.get(name.toLowerCase())
    if (member) member.value = value
  }

  /** The names that nobody asked for. */
  get unused(): string[] {
    return Array.from(this.#members.values())
      .filter(({ isAsked }) => !isAsked)
      .map(({ name }) => name)
  }
}
