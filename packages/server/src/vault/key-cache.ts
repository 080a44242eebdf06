/** Keeps what is costly to load, for a while, for as many as there is room for. */
export interface KeyCache<T> {
  /** Callers that come together share one load. What a load throws is not kept. */
  get(id: string): Promise<T>
  /** What is kept or being loaded is not given out to anybody new. */
  forget(id: string): void
}

export function createKeyCache<T>(options: {
  load(id: string): Promise<T>
  now(): Date
  /** How long something is kept. */
  keptMs: number
  /** How many are kept; the one not used for longest goes first. */
  size: number
}): KeyCache<T> {
  const { load, now, keptMs, size } = options
  const kept = new Map<string, { value: T; until: number }>()
  const loading = new Map<string, Promise<T>>()

  async function loadOnce(id: string): Promise<T> {
    const at = now().getTime()
    const mine: Promise<T> = load(id).then((value) => {
      // Forgotten while it was loaded: whoever waits gets it, nobody after.
      if (loading.get(id) === mine) keep(id, value, at + keptMs)
      return value
    })
    loading.set(id, mine)
    try {
      return await mine
    } finally {
      if (loading.get(id) === mine) loading.delete(id)
    }
  }

  function keep(id: string, value: T, until: number): void {
    kept.set(id, { value, until })
    for (const oldest of kept.keys()) {
      if (kept.size <= size) return
      kept.delete(oldest)
    }
  }

  return {
    async get(id) {
      const found = kept.get(id)
      kept.delete(id)
      if (found && found.until > now().getTime()) {
        kept.set(id, found)
        return found.value
      }
      return loading.get(id) ?? loadOnce(id)
    },
    forget(id) {
      kept.delete(id)
      loading.delete(id)
    },
  }
}
