import { expect, test } from 'vitest'
import { type AccessToken, AccessTokens } from './access-tokens.ts'

/** A token endpoint and a clock that tests move. */
function fresh(seconds = 3600) {
  const clock = { ms: 0 }
  const asked: ((given: AccessToken | Error) => void)[] = []
  const tokens = new AccessTokens(
    () =>
      new Promise((resolve, reject) =>
        asked.push((given) => (given instanceof Error ? reject(given) : resolve(given))),
      ),
    () => clock.ms,
  )
  const answer = (token: string) => asked.at(-1)?.({ token, seconds })
  return { clock, asked, tokens, answer }
}

test('one token is asked for, however many need it', async () => {
  const { asked, tokens, answer } = fresh()
  const all = [tokens.current(), tokens.current(), tokens.current()]
  answer('one')
  expect(await Promise.all(all)).toEqual(['one', 'one', 'one'])
  expect(await tokens.current()).toBe('one')
  expect(asked.length).toBe(1)
})

test('it is renewed a minute before its end, once for all', async () => {
  const { clock, asked, tokens, answer } = fresh()
  const first = tokens.current()
  answer('one')
  await first
  clock.ms = 3_540_000 - 1
  expect(await tokens.current()).toBe('one')
  clock.ms = 3_540_000
  const all = Promise.all([tokens.current(), tokens.current()])
  await expect.poll(() => asked.length).toBe(2)
  answer('two')
  expect(await all).toEqual(['two', 'two'])
  expect(asked.length).toBe(2)
})

test('a short one is renewed after three quarters of its life', async () => {
  const { clock, asked, tokens, answer } = fresh(40)
  const first = tokens.current()
  answer('one')
  await first
  clock.ms = 29_999
  expect(await tokens.current()).toBe('one')
  clock.ms = 30_000
  void tokens.current()
  await expect.poll(() => asked.length).toBe(2)
})

test('of calls that were refused with the same token one asks for the next', async () => {
  const { asked, tokens, answer } = fresh()
  const first = tokens.current()
  answer('one')
  await first
  const all = Promise.all([tokens.after('one'), tokens.after('one')])
  await expect.poll(() => asked.length).toBe(2)
  answer('two')
  expect(await all).toEqual(['two', 'two'])
  expect(await tokens.after('one')).toBe('two')
  expect(asked.length).toBe(2)
})

test('a failure is told to all that wait, and the next call asks again', async () => {
  const { asked, tokens, answer } = fresh()
  const all = [tokens.current(), tokens.current()]
  asked[0]?.(new Error('away'))
  const settled = await Promise.allSettled(all)
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const next = tokens.current()
  answer('two')
  expect(await next).toBe('two')
})

test.each([
  ['no token', { token: '', seconds: 3600 }],
  ['no header value', { token: 'a b', seconds: 3600 }],
  ['no life', { token: 'one', seconds: Number.NaN }],
])('%s is no answer', async (_, given) => {
  const tokens = new AccessTokens(
    async () => given,
    () => 0,
  )
  await expect(tokens.current()).rejects.toMatchObject({ code: 'access-token-unavailable' })
})
