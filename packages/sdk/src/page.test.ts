import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FISTWorks } from './client.ts'
import { ConnectionError, NotFoundError } from './error.ts'
import { lastResponse } from './last-response.ts'
import { Page, PagePromise } from './page.ts'
import { type Answer, localServer, problem, type Received } from './testing/local-server.ts'

const ids = ['rcp_5', 'rcp_4', 'rcp_3', 'rcp_2', 'rcp_1']

/** Two recipients a page; the cursor is the last id given, as any stable cursor. */
function recipients({ url }: Received): Answer {
  const after = new URL(url, 'http://x.example').searchParams.get('after')
  const from = after === null ? 0 : ids.indexOf(after) + 1
  const data = ids.slice(from, from + 2).map((id) => ({ id }))
  const hasMore = from + 2 < ids.length
  return { body: { data, hasMore, nextCursor: hasMore ? data.at(-1)?.id : null } }
}

async function start(answers: Parameters<typeof localServer>[0] = recipients) {
  const server = await localServer(answers)
  const fist = new FISTWorks({ apiKey: 'fw_test_sk_1', baseUrl: server.baseUrl })
  return { server, fist }
}

describe('a list', () => {
  test('is iterated to its end, each thing once, the query kept on every page', async () => {
    const { server, fist } = await start()
    const seen: string[] = []
    for await (const recipient of fist.recipients.list({ search: 'a', limit: 2 })) seen.push(recipient.id)
    expect(seen).toEqual(ids)
    expect(server.received.map((one) => one.url)).toEqual([
      '/v1/recipients?search=a&limit=2',
      '/v1/recipients?search=a&limit=2&after=rcp_4',
      '/v1/recipients?search=a&limit=2&after=rcp_2',
    ])
  })

  test('asks for nothing before it is used, and once however often it is awaited', async () => {
    const { server, fist } = await start()
    const list = fist.recipients.list()
    expect(server.received).toHaveLength(0)
    const [one, two] = await Promise.all([list, list])
    expect(one).toBe(two)
    expect(server.received).toHaveLength(1)
  })

  test('asks for no page beyond the one where the caller stopped', async () => {
    const { server, fist } = await start()
    for await (const recipient of fist.recipients.list()) if (recipient.id === 'rcp_4') break
    expect(server.received).toHaveLength(1)
    expect(await fist.recipients.list().toArray({ limit: 3 })).toEqual([
      { id: 'rcp_5' },
      { id: 'rcp_4' },
      { id: 'rcp_3' },
    ])
    expect(server.received).toHaveLength(3)
    expect(await fist.recipients.list().toArray({ limit: 0 })).toEqual([])
  })

  test('gives page by page, and null after the last', async () => {
    const { fist } = await start()
    const first = await fist.recipients.list()
    expect({ ...first }).toEqual({ data: [{ id: 'rcp_5' }, { id: 'rcp_4' }], hasMore: true, nextCursor: 'rcp_4' })
    const second = await first.getNextPage()
    const third = await second?.getNextPage()
    expect(third?.data).toEqual([{ id: 'rcp_1' }])
    expect(await third?.getNextPage()).toBeNull()
    expect(lastResponse(first)).toMatchObject({ status: 200, requestId: 'req_1' })
  })

  test('throws what its request throws, whichever way it is used', async () => {
    const { fist } = await start([problem(404, 'not-found')])
    await expect(fist.recipients.list()).rejects.toThrow(NotFoundError)
    await expect(fist.recipients.list().toArray({ limit: 1 })).rejects.toThrow(NotFoundError)
    await expect(fist.recipients.list()[Symbol.asyncIterator]().next()).rejects.toThrow(NotFoundError)
    expect(await fist.recipients.list().catch((error: unknown) => error)).toBeInstanceOf(NotFoundError)
  })

  test('that leads to itself is refused instead of being asked for without end', async () => {
    const { server, fist } = await start([{ body: { data: [{ id: 'rcp_1' }], hasMore: true, nextCursor: 'same' } }])
    await expect(fist.recipients.list().toArray({ limit: 1000 })).rejects.toThrow(ConnectionError)
    expect(server.received).toHaveLength(2)
  })

  test('that is not one is refused', async () => {
    const { fist } = await start([{ body: { id: 'rcp_1' } }])
    await expect(fist.recipients.list()).rejects.toMatchObject({ code: 'unexpected-answer' })
  })
})

test('things added while paging are neither given twice nor push others out, for any page size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 7 }),
      fc.array(fc.nat(3), { maxLength: 20 }),
      async (size, additions) => {
        let rows = Array.from({ length: 15 }, (_, index) => 15 - index)
        const before = [...rows]
        let call = 0
        const list = new PagePromise<number>(async (after) => {
          for (let more = additions[call++] ?? 0; more > 0; more -= 1) rows = [(rows[0] ?? 0) + 1, ...rows]
          const rest = after === undefined ? rows : rows.filter((row) => row < Number(after))
          const data = rest.slice(0, size)
          const hasMore = rest.length > size
          return { data, hasMore, nextCursor: hasMore ? String(data.at(-1)) : null }
        })
        const seen = await list.toArray({ limit: 1000 })
        expect(new Set(seen).size).toBe(seen.length)
        expect(seen).toEqual(expect.arrayContaining(before))
      },
    ),
  )
})

test('a page prints as plain data', () => {
  const page = new Page({ data: [1], hasMore: false, nextCursor: null }, () => Promise.reject(new Error('not asked')))
  expect(JSON.stringify(page)).toBe('{"data":[1],"hasMore":false,"nextCursor":null}')
})
