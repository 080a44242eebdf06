/** Every name one decision was made under, each `${actor.type}:${actor.id}`. */
export type Names = readonly string[]

/** Whether these may be one human: a portal user, and the end user whose session this person raised. */
export function mayBeOne(some: Names, others: Names): boolean {
  return some.some((name) => others.includes(name))
}

/**
 * The humans behind decisions, each with every name of theirs. Who may be one counts as one, also where only a third
 * decision tells that two names belong together.
 */
export function humansBehind(decisions: readonly Names[]): Names[] {
  const humans: Set<string>[] = []
  for (const names of decisions) {
    const merged = new Set(names)
    for (let index = humans.length - 1; index >= 0; index--) {
      const known = humans[index]
      if (known === undefined || !mayBeOne([...known], [...merged])) continue
      for (const name of known) merged.add(name)
      humans.splice(index, 1)
    }
    humans.push(merged)
  }
  return humans.map((names) => [...names])
}
