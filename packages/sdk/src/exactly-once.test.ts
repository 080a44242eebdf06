import { expect, test } from 'vitest'
import { FISTWorks } from './client.ts'
import { FISTWorksError } from './error.ts'
import { type Answer, localServer, problem, type Received } from './testing/local-server.ts'

/** What can go wrong with one attempt: before the server did it, or after. */
const FAULTS = ['lostBefore', 'lostAfter', 'cutAfter', 'unavailable', 'sessionEnded'] as const
type Fault = (typeof FAULTS)[number]

function sequences(length: number): Fault[][] {
  if (length === 0) return [[]]
  return sequences(length - 1).flatMap((rest) => FAULTS.map((fault) => [...rest, fault]))
}

/** A server that does a thing once for each key, and has the given faults on the way. */
function submissions(faultsOf: Map<string, Fault[]>) {
  const results = new Map<string, { id: string }>()
  const effects = new Map<string, number>()
  const answer = ({ url, headers }: Received): Answer => {
    const id = url.split('/')[3] ?? ''
    const submit = () => {
      const key = `${id} ${headers['idempotency-key']}`
      if (!results.has(key)) effects.set(id, (effects.get(id) ?? 0) + 1)
      results.set(key, { id })
    }
    const fault = faultsOf.get(id)?.shift()
    if (fault === 'lostBefore') return 'reset'
    if (fault === 'unavailable') return problem(503, 'unavailable', { 'Retry-After': '0' })
    if (fault === 'sessionEnded') return problem(401, 'session-expired')
    submit()
    if (fault === 'lostAfter') return 'reset'
    return fault === 'cutAfter' ? 'cutOff' : { body: { id } }
  }
  return { answer, effects }
}

test('however three attempts fail, a file is submitted at most once, and exactly once where the call succeeds', async () => {
  const all = [1, 2, 3].flatMap(sequences).map((faults, index) => ({ id: `ach_${index}`, faults }))
  expect(all).toHaveLength(5 + 25 + 125)
  const server = submissions(new Map(all.map(({ id, faults }) => [id, [...faults]])))
  const { baseUrl } = await localServer(server.answer)
  let tokens = 0
  const fist = new FISTWorks({ baseUrl, fetchSessionToken: async () => `token-${tokens++}`, maxRetries: 3 })

  await Promise.all(
    all.map(async ({ id, faults }) => {
      const result: unknown = await fist.achFiles.submit(id, { version: 1 }).catch((error: unknown) => error)
      const story = faults.join(', ')
      if (result instanceof FISTWorksError) {
        expect(faults.filter((fault) => fault === 'sessionEnded').length, story).toBeGreaterThan(1)
        expect(server.effects.get(id) ?? 0, story).toBeLessThanOrEqual(1)
      } else {
        expect(result, story).toEqual({ id })
        expect(server.effects.get(id), story).toBe(1)
      }
    }),
  )
}, 30_000)
