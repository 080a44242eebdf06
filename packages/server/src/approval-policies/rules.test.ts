import type { Id } from '@fistworks/contract'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { humansBehind } from './people.ts'
import { amountOf, approvalsNeeded, isMet, progressOf } from './rules.ts'
import type { ApprovalTerms } from './table.ts'

/** Five humans; the first three have raised an end user's session, each another's. */
const HUMANS = ['a', 'b', 'c', 'd', 'e'].map((id) => [`user:usr_${id}`, `endUser:${id}`])
const human = fc.nat({ max: HUMANS.length - 1 })
/** A decision under one name, or under both as from a raised session. */
const decision = fc.record({ human, under: fc.constantFrom('user', 'raised') }).map(({ human: who, under }) => ({
  human: who,
  names: under === 'user' ? (HUMANS[who] ?? []).slice(0, 1) : (HUMANS[who] ?? []),
}))
const rule = fc.record({
  fromCents: fc.nat({ max: 100 }),
  approvals: fc.integer({ min: 1, max: 4 }),
  people: fc.option(
    fc
      .uniqueArray(human, { minLength: 1 })
      .map((some) => some.map((index) => ({ id: (HUMANS[index]?.[0] ?? '').slice(5) as Id<'usr'>, name: '' }))),
  ),
})
const terms = fc.record<ApprovalTerms>({
  rules: fc.array(rule, { minLength: 1, maxLength: 4 }),
  expiresAfterDays: fc.constant(1),
})

describe('rules', () => {
  it('are met only by as many different people, none an author, as each of them that the file reaches asks for', () => {
    let metCount = 0
    fc.assert(
      fc.property(
        fc.array(terms, { minLength: 1, maxLength: 2 }),
        fc.nat({ max: 120 }),
        fc.array(decision, { maxLength: 8 }),
        fc.uniqueArray(human, { maxLength: 2 }),
        (policies, amount, given, authors) => {
          const authorNames = authors.flatMap((index) => HUMANS[index] ?? [])
          const names = given.map((each) => each.names)
          const progress = progressOf(policies, amount, names, authorNames)
          const counted = (people: { id: string }[] | null) =>
            new Set(
              given
                .map((each) => each.human)
                .filter((index) => !authors.includes(index))
                .filter((index) => people === null || people.some(({ id }) => HUMANS[index]?.[0] === `user:${id}`)),
            ).size
          const asked = policies.flatMap(({ rules }) => rules).filter(({ fromCents }) => fromCents <= amount)
          const isEnough = asked.length > 0 && asked.every((each) => counted(each.people) >= each.approvals)
          // A name that only a raised session gives away may make it fewer, never more.
          if (isMet(progress)) expect(isEnough).toBe(true)
          else if (given.every((each) => each.names.length === 1)) expect(isEnough).toBe(false)
          if (isMet(progress)) metCount++
          if (progress.length > 0) {
            const people = humansBehind(names).length
            const needed = approvalsNeeded(progress, people)
            expect(needed >= Math.max(...asked.map(({ approvals }) => approvals))).toBe(true)
            expect(needed > people || authors.length > 0 || isMet(progress)).toBe(true)
          }
        },
      ),
      { numRuns: 2_000 },
    )
    expect(metCount).toBeGreaterThan(100)
  })

  it('look at the larger of what is paid and what is collected', () => {
    expect(amountOf({ creditCents: 5, debitCents: 9 })).toBe(9)
    expect(amountOf({ creditCents: 9, debitCents: 5 })).toBe(9)
  })
})

describe('the humans behind decisions', () => {
  it('are one where a third decision tells that two names belong together', () => {
    expect(humansBehind([['user:1'], ['endUser:x'], ['user:2']])).toHaveLength(3)
    expect(humansBehind([['user:1'], ['endUser:x'], ['user:1', 'endUser:x'], ['user:2']])).toHaveLength(2)
  })
})
