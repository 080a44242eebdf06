import type { Id } from '@fistworks/contract'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { loosens } from './loosens.ts'
import { isMet, progressOf } from './rules.ts'
import type { ApprovalTerms } from './table.ts'

const person = fc.constantFrom('a', 'b', 'c')
const rule = fc.record({
  fromCents: fc.nat({ max: 3 }),
  approvals: fc.integer({ min: 1, max: 3 }),
  people: fc.option(
    fc
      .uniqueArray(person, { minLength: 1 })
      .map((ids) => ids.map((id) => ({ id: `usr_${id}` as Id<'usr'>, name: '' }))),
  ),
})
const terms = fc.record<ApprovalTerms>({
  rules: fc.array(rule, { maxLength: 2 }).map((rules) => [{ fromCents: 0, approvals: 1, people: null }, ...rules]),
  expiresAfterDays: fc.integer({ min: 1, max: 3 }),
})

it('a change that needs no confirmation lets nothing through that the terms before would not', () => {
  let strictCount = 0
  fc.assert(
    fc.property(terms, terms, fc.nat({ max: 4 }), fc.uniqueArray(person), (before, after, amount, approved) => {
      if (loosens(before, after)) return
      strictCount++
      const names = approved.map((id) => [`user:usr_${id}`])
      expect(after.expiresAfterDays).toBeLessThanOrEqual(before.expiresAfterDays)
      if (isMet(progressOf([after], amount, names, [])))
        expect(isMet(progressOf([before], amount, names, []))).toBe(true)
    }),
    { numRuns: 5_000 },
  )
  expect(strictCount).toBeGreaterThan(100)
})
