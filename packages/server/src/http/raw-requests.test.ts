import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { closeHttp, listen } from './listen.ts'

let api: TestApi
let http: Awaited<ReturnType<typeof listen>>
let port: number
let key: string

beforeAll(async () => {
  api = await createTestApi()
  key = (await api.addPlatform('Tidewater')).apiKey
  const limits = { requestSeconds: 1.2, headerSeconds: 0.6, headerBytes: 16 * 1024 }
  http = await listen(api, { host: '127.0.0.1', port: 0 }, limits)
  port = (http.address() as AddressInfo).port
})
afterAll(async () => {
  http.closeAllConnections()
  await closeHttp(http)
  await api.close()
})

/** Sends exactly these characters on a connection of their own, and gives all that comes back until it is closed. */
async function raw(request: string, isOpen = false): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  if (isOpen) socket.write(request)
  else socket.end(request)
  return text(socket)
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0)
const head = (method: string, path: string, ...lines: string[]) =>
  [`${method} ${path} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...lines, '', ''].join('\r\n')
const post = (...lines: string[]) => head('POST', '/v1/organizations', `Authorization: Bearer ${key}`, ...lines)
const JSON_TYPE = 'Content-Type: application/json'

test.each([
  ['both a length and chunks', post(JSON_TYPE, 'Content-Length: 4', 'Transfer-Encoding: chunked') + '0\r\n\r\n'],
  ['chunks and then a length', post(JSON_TYPE, 'Transfer-Encoding: chunked', 'Content-Length: 4') + '0\r\n\r\n'],
  ['two lengths', post(JSON_TYPE, 'Content-Length: 2', 'Content-Length: 4') + '{}  '],
  ['a list of lengths', post(JSON_TYPE, 'Content-Length: 2, 4') + '{}  '],
  ['a signed length', post(JSON_TYPE, 'Content-Length: +2') + '{}'],
  ['a length in hex', post(JSON_TYPE, 'Content-Length: 0x2') + '{}'],
  ['an unknown coding', post(JSON_TYPE, 'Transfer-Encoding: chunked, identity') + '0\r\n\r\n'],
  ['a coding twice', post(JSON_TYPE, 'Transfer-Encoding: chunked', 'Transfer-Encoding: x') + '0\r\n\r\n'],
  ['a space before the colon', post(JSON_TYPE, 'Transfer-Encoding : chunked') + '0\r\n\r\n'],
  ['a folded header', post(JSON_TYPE, 'Transfer-Encoding:\r\n chunked') + '0\r\n\r\n'],
  ['a chunk size that is none', post(JSON_TYPE, 'Transfer-Encoding: chunked') + 'zz\r\n{}\r\n0\r\n\r\n'],
  ['a chunk longer than it says', post(JSON_TYPE, 'Transfer-Encoding: chunked') + '1\r\n{}\r\n0\r\n\r\n'],
  ['a bare line feed in a header', post(`${JSON_TYPE}\nX-A: b`, 'Content-Length: 2') + '{}'],
  ['a NUL in a header', post(JSON_TYPE, 'X-A: a\u0000b', 'Content-Length: 2') + '{}'],
  ['no host', 'GET /v1/organizations HTTP/1.1\r\nConnection: close\r\n\r\n'],
])('a request with %s is refused, and nothing behind it is read as a second one', async (_, request) => {
  const smuggled = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'
  const answer = await raw(request + smuggled)
  expect(statusOf(answer)).toBe(400)
  expect(answer.match(/^HTTP\/1\.1 /gm)).toHaveLength(1)
})

test('headers beyond sixteen kilobytes are refused', async () => {
  expect(statusOf(await raw(post(`X-Long: ${'a'.repeat(17 * 1024)}`)))).toBe(431)
  const many = Array.from({ length: 3_000 }, (_, n) => `X-${n}: 1`)
  expect(statusOf(await raw(post(...many)))).toBe(431)
})

test('who sends headers or a body drop by drop is cut off', async () => {
  const begunAt = performance.now()
  const [inHeaders, inBody, silent] = await Promise.all([
    raw('POST /v1/organizations HTTP/1.1\r\nHost: localhost\r\nX-A:', true),
    raw(`${post(JSON_TYPE, 'Content-Length: 1000')}{`, true),
    raw('', true),
  ])
  expect([statusOf(inHeaders), statusOf(inBody)]).toEqual([408, 408])
  expect(statusOf(silent)).not.toBe(200)
  expect(performance.now() - begunAt).toBeLessThan(15_000)
})

test('a body without a length is counted while it comes', async () => {
  const piece = 'x'.repeat(64 * 1024)
  const chunk = `${piece.length.toString(16)}\r\n${piece}\r\n`
  const answer = await raw(`${post(JSON_TYPE, 'Transfer-Encoding: chunked')}${chunk.repeat(70)}0\r\n\r\n`)
  expect(statusOf(answer)).toBe(413)
})

test.each([
  'GET /%',
  'GET /%00',
  'GET //evil.example/',
  'GET /..%2f..%2fetc/passwd',
  'GET /embed/v1/..%2f..%2f..%2fpackage.json',
  'GET /v1/recipients/%E0%A4%A',
  'GET /v1/recipients/' + 'a'.repeat(8_000),
  'GET /v1/organizations?' + 'a=b&'.repeat(2_000),
  'GET http://evil.example/v1/organizations',
  'TRACE /v1/organizations',
  'PURGE /v1/organizations',
  'OPTIONS *',
  'DELETE /v1/organizations',
  'FOO /',
])('%s is answered, not with a fault of ours and not with anything of this machine', async (line) => {
  const answer = await raw(
    [`${line.slice(0, 9_000)} HTTP/1.1`, 'Host: localhost', 'Connection: close', '', ''].join('\r\n'),
  )
  expect(statusOf(answer)).toBeGreaterThanOrEqual(200)
  expect(statusOf(answer)).toBeLessThan(500)
  expect(answer).not.toMatch(/root:x:|"dependencies"|node_modules|\n\s+at /)
})

test('no answer says what it comes from, and the host that a client names is not repeated', async () => {
  const answers = [
    await raw(head('GET', '/v1/organizations').replace('Host: localhost', 'Host: evil.example')),
    await raw('nonsense\r\n\r\n'),
    await raw(head('GET', '/healthz')),
  ]
  for (const answer of answers) {
    expect(answer).not.toMatch(/^(server|x-powered-by|via):/im)
    expect(answer).not.toContain('evil.example')
  }
  expect(api.errors).toEqual([])
})
