import { expect, test } from 'vitest'
import { LIMITS } from '../limits.ts'
import { ProblemError } from '../problem-error.ts'
import type { ApiKeyPrincipal, EmbedSessionPrincipal, UserPrincipal } from './principal.ts'
import { isFresh, requireStepUp, steppedUpUntil } from './step-up.ts'

const PROVED = new Date('2026-11-21T10:00:00.000Z')
const MINUTES = LIMITS.stepUpMinutes * 60_000
const after = (ms: number) => new Date(PROVED.getTime() + ms)

const person = (steppedUpAt: string | null) => ({ type: 'user', steppedUpAt }) as UserPrincipal
const key = { type: 'apiKey' } as ApiKeyPrincipal
const session = { type: 'embedSession' } as EmbedSessionPrincipal
const at = PROVED.toISOString()

/** The code of the problem, or null when nothing is refused. */
function refusal(ask: () => void): string | null {
  try {
    ask()
    return null
  } catch (error) {
    return error instanceof ProblemError ? error.code : String(error)
  }
}

test('a proof counts for five minutes to the millisecond, and one from the future for no longer', () => {
  expect(LIMITS.stepUpMinutes).toBe(5)
  for (const [ms, counts] of [
    [0, true],
    [MINUTES - 1, true],
    [MINUTES, false],
    [-MINUTES + 1, true],
    [-MINUTES, false],
  ] as const) {
    expect(isFresh(at, after(ms)), `${ms} ms`).toBe(counts)
    expect(steppedUpUntil(person(at), after(ms))).toBe(counts ? after(MINUTES).toISOString() : null)
    expect(refusal(() => requireStepUp(person(at), after(ms)))).toBe(counts ? null : 'step-up-required')
  }
})

test('who never proved anything is asked to, and told how long it counts', () => {
  expect(steppedUpUntil(person(null), PROVED)).toBeNull()
  for (const kind of ['person', 'people'] as const) {
    expect(() => requireStepUp(person(null), PROVED, kind)).toThrow('that counts for 5 minutes')
  }
})

test('what only a person may do is refused to keys and embed sessions; what people must prove is not', () => {
  for (const machine of [key, session]) {
    expect(refusal(() => requireStepUp(machine, PROVED))).toBe('person-required')
    expect(refusal(() => requireStepUp(machine, PROVED, 'person'))).toBe('person-required')
    expect(refusal(() => requireStepUp(machine, PROVED, 'people'))).toBeNull()
  }
})
