import { PROBLEMS, Problem } from '@fistworks/contract'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { ProblemError } from '../problem-error.ts'
import type { HttpEnv } from './env.ts'
import { answerProblem } from './problem.ts'

async function answerTo(error: Error) {
  const told: unknown[] = []
  const app = new Hono<HttpEnv>()
  app.use(async (c, next) => {
    c.set('requestId', 'req_1')
    c.set('publicOrigin', 'https://ach.example.com')
    c.set('onError', (each) => told.push(each))
    await next()
  })
  app.onError((each, c) => answerProblem(c, each))
  app.get('/', () => {
    throw error
  })
  const response = await app.request('/')
  const text = await response.text()
  return { status: response.status, text, problem: Problem.parse(JSON.parse(text)), told }
}

test('what nobody foresaw is told in general words; what it was goes to the log alone', async () => {
  const cause = new Error('SELECT account_number FROM recipients at /srv/ach/main.db')
  const { status, text, problem, told } = await answerTo(new Error('boom 8800123456789', { cause }))
  expect([status, problem.code]).toEqual([500, 'internal'])
  expect(text).not.toMatch(/boom|8800|SELECT|\/srv|stack|\bat .*:\d+:\d+/)
  expect(told).toHaveLength(1)
})

test('the cause of a refusal stays here too', async () => {
  const { text, told } = await answerTo(
    new ProblemError('forbidden', 'Not yours.', { cause: new Error('secret reason') }),
  )
  expect(text).not.toContain('secret reason')
  expect(told).toEqual([])
})

test('there are no codes but those of the list', async () => {
  for (const code of Object.keys(PROBLEMS) as (keyof typeof PROBLEMS)[]) {
    const { status, problem } = await answerTo(new ProblemError(code, 'Words.'))
    expect([problem.code, status]).toEqual([code, PROBLEMS[code].status])
  }
})
