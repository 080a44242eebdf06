import { MACHINE_SCOPES, NETWORK_BOUND_SCOPES } from '@fistworks/contract'
import { expect, test } from 'vitest'
import { ProblemError } from '../problem-error.ts'
import { networksOf } from './rules.ts'

test.each([...NETWORK_BOUND_SCOPES])('in live mode %s is for keys with networks only', (scope) => {
  expect(() => networksOf('live', ['recipients:read', scope], [])).toThrow(ProblemError)
  expect(networksOf('live', ['recipients:read', scope], ['203.0.113.7'])).toEqual(['203.0.113.7/32'])
  expect(networksOf('test', ['recipients:read', scope], [])).toEqual([])
})

test('no other permission needs a network', () => {
  const others = MACHINE_SCOPES.filter((scope) => !(NETWORK_BOUND_SCOPES as readonly string[]).includes(scope))
  expect(networksOf('live', others, [])).toEqual([])
})
