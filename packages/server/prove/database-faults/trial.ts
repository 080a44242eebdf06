/** One change that is tried while its database servers fail. */
export interface Trial {
  name: string
  /** Makes what the change needs. Nothing fails yet. */
  prepare(): Promise<Prepared>
}

export interface Answer {
  status: number
  /** The problem, where it is one. */
  code?: string
  detail?: string
}

export interface Prepared {
  /** The same request each time. */
  call(): Promise<Answer>
  /** How often it is stored. */
  stored(): Promise<number>
  /**
   * What the same request does when it is sent once more after it was stored: gives the first answer, happens again (each
   * is a thing of its own), or is refused, because what it brings works once; `is used up`: it answers a question that is
   * taken back when it is answered, so it may be refused although nothing was stored. `reads`: nothing is ever stored.
   */
  again: 'replays' | 'repeats' | 'is refused' | 'is used up' | 'reads'
}

/** What a server answered, and nothing else of it. */
export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  if (response.ok || !response.headers.get('content-type')?.includes('json')) return { status: response.status }
  const { code, detail } = JSON.parse(text) as { code?: string; detail?: string }
  return { status: response.status, ...(code && detail ? { code, detail } : {}) }
}
