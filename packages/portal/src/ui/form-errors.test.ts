import { BankConnectionCreate } from '@fistworks/contract'
import { expect, it } from 'vitest'
import { errorsOfIssues, errorsOfProblems } from './form-errors.ts'

const issuesOf = (value: unknown) => BankConnectionCreate.safeParse(value).error?.issues ?? []

it('names the field that is wrong, also inside a part', () => {
  const texts = { privateKey: '', host: 'not a host' }
  const errors = errorsOfIssues(
    issuesOf({ host: texts.host, authentication: { method: 'privateKey', privateKey: '' } }),
    texts,
  )
  expect(errors['authentication.privateKey']).toBe('must not be empty')
  expect(errors['host']).toBe('must be a host name or an IP address')
})

it('says that a secret is too long instead of what it is', () => {
  const issues = issuesOf({ authentication: { method: 'password', password: 'x'.repeat(1001) } })
  expect(errorsOfIssues(issues)['authentication.password']).toBe('is too long')
})

it('finds the same fields in what the server says', () => {
  const problem = { code: 'invalid', message: 'must not be empty' }
  expect(
    errorsOfProblems([
      { ...problem, pointer: '/hostKeyFingerprints/0' },
      { ...problem, pointer: '/authentication/password' },
    ]),
  ).toEqual({ hostKeyFingerprints: 'must not be empty', 'authentication.password': 'must not be empty' })
})
