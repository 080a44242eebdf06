import { PROBLEMS } from '@fistworks/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apiError } from './api-error.ts'
import { ClientTokenError } from './client-token-error.ts'
import * as errors from './error.ts'
import { WebhookError } from './webhooks.ts'

const NAMES: Record<number, string> = {
  400: 'ValidationError',
  401: 'AuthenticationError',
  403: 'PermissionError',
  404: 'NotFoundError',
  405: 'ApiError',
  409: 'ConflictError',
  412: 'ConflictError',
  413: 'ValidationError',
  415: 'ValidationError',
  422: 'ValidationError',
  429: 'RateLimitError',
  500: 'ServerError',
  502: 'ServerError',
  503: 'ServerError',
}
const plain = { requestId: null, retryAfterMs: null }

describe('every problem of the contract', () => {
  test.each(Object.entries(PROBLEMS))('%s has its class', (code, { status, title }) => {
    const error = apiError('recipients.create', { ...plain, status, body: { code, status, title, detail: 'Say why.' } })
    expect(error.name).toBe(NAMES[status])
    expect(error).toBeInstanceOf(errors.ApiError)
    expect(error).toBeInstanceOf(errors.FISTWorksError)
    expect(error).toMatchObject({ code, status, detail: 'Say why.', operation: 'recipients.create' })
    expect(error.message).toBe(`recipients.create: Say why. [${status} ${code}]`)
  })
})

test('wrong places and the request id are on the error', () => {
  const places = [{ pointer: '/name', code: 'too_big', message: 'is too long' }]
  const body = {
    code: 'validation-failed',
    detail: 'No.',
    requestId: 'req_1',
    errors: [...places, 'x', { pointer: 1 }],
  }
  const error = apiError('recipients.create', { ...plain, status: 422, body })
  expect(error.errors).toEqual(places)
  expect(error.requestId).toBe('req_1')
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({
    name: 'ValidationError',
    message: error.message,
    errors: places,
  })
})

test('a code of a newer server is passed on', () => {
  const error = apiError('recipients.create', { ...plain, status: 418, body: { code: 'bank-on-fire', detail: 'Run.' } })
  expect(error).toMatchObject({ name: 'ApiError', code: 'bank-on-fire', retryable: false })
})

test('whatever the body is, there is a whole error with the status and only the fields it should have', () => {
  const problemLike = fc.record(
    {
      code: fc.anything(),
      detail: fc.anything(),
      errors: fc.anything(),
      requestId: fc.anything(),
      retryable: fc.anything(),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.integer({ min: 300, max: 999 }), fc.oneof(fc.anything(), problemLike), (status, body) => {
      const error = apiError('x.y', { ...plain, status, body })
      expect(error.status).toBe(status)
      expect([typeof error.code, typeof error.detail, typeof error.retryable]).toEqual(['string', 'string', 'boolean'])
      expect(Array.isArray(error.errors)).toBe(true)
      expect(Object.keys(error).sort()).toEqual(
        ['code', 'detail', 'errors', 'operation', 'requestId', 'retryAfterSeconds', 'retryable', 'status'].sort(),
      )
    }),
  )
})

test('every error class keeps its name where code is minified', () => {
  const classes = Object.entries({ ...errors, ClientTokenError, WebhookError })
  expect(classes.length).toBeGreaterThan(10)
  for (const [name, type] of classes) expect(type.prototype.name).toBe(name)
})
