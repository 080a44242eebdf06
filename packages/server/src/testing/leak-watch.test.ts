import { expect, test } from 'vitest'
import { LeakWatch } from './leak-watch.ts'

const secret = '8800123456789'
const watching = () => {
  const watch = new LeakWatch()
  watch.sent({ name: 'Roe', authentication: { password: 'correct horse' }, accountNumber: secret })
  return watch
}

test.each([
  ['in the body', new Response(`{"detail":"${secret} is taken"}`)],
  ['in a header', new Response(null, { headers: { Location: `/v1/x?n=${secret}` } })],
  ['as base64', new Response(Buffer.from(`{"n":"${secret}"}`).toString('base64'))],
  ['deep inside what was sent', new Response('correct horse')],
])('a sealed value %s fails the test', async (_, response) => {
  await expect(watching().answered('/v1/recipients', response)).rejects.toThrow('sealed value')
})

test('last digits pass, and the answer can still be read', async () => {
  const response = await watching().answered('/v1/recipients', new Response('••••6789'))
  expect(await response.text()).toBe('••••6789')
})
