import { expect, test } from 'vitest'
import { createKeyCache } from './key-cache.ts'

function freshCache(size = 3) {
  let time = 1_000
  const loads: string[] = []
  const waiting = new Map<string, PromiseWithResolvers<string>>()
  const state = { isSlow: false, failure: null as Error | null }
  const cache = createKeyCache({
    async load(id: string) {
      loads.push(id)
      const value = `${id} ${loads.length}`
      if (state.failure) throw state.failure
      if (!state.isSlow) return value
      const gate = Promise.withResolvers<string>()
      waiting.set(id, gate)
      await gate.promise
      return value
    },
    now: () => new Date(time),
    keptMs: 100,
    size,
  })
  const release = (id: string) => waiting.get(id)?.resolve('')
  const gateOf = (id: string) => waiting.get(id)
  return { cache, loads, state, release, gateOf, pass: (ms: number) => (time += ms) }
}

test('what was loaded is kept until its time is over, to the millisecond', async () => {
  const { cache, loads, pass } = freshCache()
  expect(await cache.get('a')).toBe('a 1')
  pass(99)
  expect(await cache.get('a')).toBe('a 1')
  pass(1)
  expect(await cache.get('a')).toBe('a 2')
  expect(loads).toEqual(['a', 'a'])
})

test('a use does not make it live longer', async () => {
  const { cache, pass } = freshCache()
  await cache.get('a')
  pass(60)
  await cache.get('a')
  pass(60)
  expect(await cache.get('a')).toBe('a 2')
})

test('who was not asked for longest goes first when there is no room', async () => {
  const { cache, loads } = freshCache(2)
  for (const id of ['a', 'b', 'a', 'c']) await cache.get(id)
  expect(loads).toEqual(['a', 'b', 'c'])
  expect(await cache.get('a')).toBe('a 1')
  expect(await cache.get('c')).toBe('c 3')
  expect(await cache.get('b')).toBe('b 4')
})

test('callers that come together share one load, those of another id do not wait', async () => {
  const { cache, loads, state, release } = freshCache()
  state.isSlow = true
  const together = [cache.get('a'), cache.get('a'), cache.get('b'), cache.get('a')]
  release('b')
  expect(await together[2]).toBe('b 2')
  release('a')
  expect(await Promise.all(together)).toEqual(['a 1', 'a 1', 'b 2', 'a 1'])
  expect(loads).toEqual(['a', 'b'])
})

test('a failure is told to all who wait and not kept', async () => {
  const { cache, loads, state } = freshCache()
  state.failure = new Error('away')
  const together = await Promise.allSettled([cache.get('a'), cache.get('a')])
  expect(together.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(loads).toHaveLength(1)
  state.failure = null
  expect(await cache.get('a')).toBe('a 2')
  expect(await cache.get('a')).toBe('a 2')
})

test('what is old is not given out when it cannot be loaded anew', async () => {
  const { cache, state, pass } = freshCache()
  await cache.get('a')
  state.failure = new Error('away')
  expect(await cache.get('a')).toBe('a 1')
  pass(100)
  await expect(cache.get('a')).rejects.toThrow('away')
  await expect(cache.get('a')).rejects.toThrow('away')
})

test('what is forgotten is loaded anew', async () => {
  const { cache } = freshCache()
  await cache.get('a')
  cache.forget('a')
  expect(await cache.get('a')).toBe('a 2')
})

test('what is forgotten while it is loaded reaches those who wait and nobody after', async () => {
  const { cache, state, release } = freshCache()
  state.isSlow = true
  const before = cache.get('a')
  const releaseFirst = () => release('a')
  cache.forget('a')
  releaseFirst()
  expect(await before).toBe('a 1')
  state.isSlow = false
  expect(await cache.get('a')).toBe('a 2')
  expect(await cache.get('a')).toBe('a 2')
})

test('what was forgotten does not end the load that came after it', async () => {
  const { cache, state, gateOf, loads } = freshCache()
  state.isSlow = true
  const first = cache.get('a')
  const gate = gateOf('a')
  cache.forget('a')
  const second = cache.get('a')
  gate?.resolve('')
  expect(await first).toBe('a 1')
  const third = cache.get('a')
  gateOf('a')?.resolve('')
  expect(await Promise.all([second, third])).toEqual(['a 2', 'a 2'])
  expect(loads).toHaveLength(2)
})
