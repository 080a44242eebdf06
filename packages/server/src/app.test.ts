import { expect, test } from 'vitest'
import { createTestApi } from './testing/api.ts'

test('what is told of an answer names the pattern of the address, and nothing that stood in it', async () => {
  const api = await createTestApi()
  await api.send('GET', '/v1/recipients/8800123456789?search=8800123456789')
  await api.send('GET', '/nowhere/8800123456789')
  expect(api.answers).toEqual([
    { requestId: 'req_1', method: 'GET', route: '/v1/recipients/:id', status: 401, durationMs: expect.any(Number) },
    { requestId: 'req_2', method: 'GET', route: '*', status: 404, durationMs: expect.any(Number) },
  ])
  await api.close()
})
