import { createServer as createHttp } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { selfSignedCertificate } from '../vault/testing/certificate.ts'
import { urlProblem } from './endpoint-url.ts'
import { createWebhookSender, type SenderOptions } from './webhook-sender.ts'

const NAME = 'hooks.books.example'
const certificate = selfSignedCertificate(NAME)

interface Seen {
  url: string
  host: string | undefined
  serverName: string | false | null | undefined
  body: string
  headers: Record<string, unknown>
}

/** A real server in this process. `answer` gets the request after it was read. */
async function receiver(
  answer: (respond: (status: number, headers?: object, body?: string) => void) => void,
  isTls = true,
) {
  const seen: Seen[] = []
  const listener: Parameters<typeof createHttp>[1] = (request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const serverName = (request.socket as TLSSocket).servername
      seen.push({ url: request.url ?? '', host: request.headers.host, serverName, body, headers: request.headers })
      answer((status, headers, text) => response.writeHead(status, { ...headers }).end(text))
    })
  }
  const server = isTls ? createHttps(certificate, listener) : createHttp(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    return new Promise((done) => server.close(() => done()))
  })
  return { seen, port: (server.address() as AddressInfo).port }
}

const here = async () => ['127.0.0.1']
const message = (url: string, body = '{"a":"ä"}') => ({
  url,
  headers: { 'webhook-id': 'evt_1', 'Content-Type': 'application/json' },
  body,
  signal: new AbortController().signal,
})
const sender = (options: Partial<SenderOptions> = {}) =>
  createWebhookSender({ isLoopbackAllowed: true, resolve: here, ca: certificate.cert, ...options })

test('a message arrives whole at the address that was checked, under the name it was sent to', async () => {
  const { seen, port } = await receiver((respond) => respond(204))
  const looked: string[] = []
  const send = sender({
    resolve: async (host) => {
      looked.push(host)
      return looked.length === 1 ? ['127.0.0.1'] : ['10.0.0.1']
    },
  })
  expect(await send(message(`https://${NAME}:${port}/in?x=1`))).toEqual({ status: 204, retryAfter: undefined })
  expect(seen).toMatchObject([
    {
      url: '/in?x=1',
      host: `${NAME}:${port}`,
      serverName: NAME,
      body: '{"a":"ä"}',
      headers: { 'webhook-id': 'evt_1' },
    },
  ])
  expect(looked, 'one look-up for the check and the connection').toEqual([NAME])
  expect(await send(message(`https://${NAME}:${port}/in`)), 'the name means another place by now').toEqual({
    fault: 'addressRefused',
  })
  expect(seen).toHaveLength(1)
})

test('a certificate for another name, or signed by nobody known, ends it before anything is sent', async () => {
  const { seen, port } = await receiver((respond) => respond(204))
  expect(await sender()(message(`https://other.example:${port}/`))).toEqual({ fault: 'certificate' })
  const strict = createWebhookSender({ isLoopbackAllowed: true, resolve: here })
  expect(await strict(message(`https://${NAME}:${port}/`))).toEqual({ fault: 'certificate' })
  expect(seen).toEqual([])
})

test('a redirect is an answer, and nobody follows it', async () => {
  const target = await receiver((respond) => respond(200))
  const { port } = await receiver((respond) => respond(307, { Location: `https://${NAME}:${target.port}/` }))
  expect(await sender()(message(`https://${NAME}:${port}/`))).toMatchObject({ status: 307 })
  expect(target.seen).toEqual([])
})

test('an endpoint that says nothing, or has a name server that says nothing, is given up in time', async () => {
  const { port } = await receiver(() => {})
  const send = sender({ timeoutMs: 100 })
  expect(await send(message(`https://${NAME}:${port}/`))).toEqual({ fault: 'timedOut' })
  const silent = sender({ timeoutMs: 100, resolve: () => new Promise(() => {}) })
  expect(await silent(message(`https://${NAME}:${port}/`))).toEqual({ fault: 'timedOut' })
})

test('the status counts as soon as it is there; an answer without end is cut off', async () => {
  let ended = false
  const server = createHttps(certificate, (request, response) => {
    request.resume()
    response.writeHead(200)
    const timer = setInterval(() => response.write('x'.repeat(16_384)), 1)
    response.on('close', () => {
      clearInterval(timer)
      ended = true
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => new Promise((done) => server.close(() => done())))
  const { port } = server.address() as AddressInfo
  expect(await sender()(message(`https://${NAME}:${port}/`))).toMatchObject({ status: 200 })
  await expect.poll(() => ended, { timeout: 5_000 }).toBe(true)
})

test('what nobody answers, or leaves without an answer, is told apart', async () => {
  const { port } = await receiver((respond) => respond(503, { 'Retry-After': '120' }))
  expect(await sender()(message(`https://${NAME}:${port}/`))).toEqual({ status: 503, retryAfter: '120' })
  const closed = createHttp((request) => request.socket.destroy())
  await new Promise<void>((done) => closed.listen(0, '127.0.0.1', done))
  const at = (closed.address() as AddressInfo).port
  expect(await sender()(message(`http://${NAME}:${at}/`))).toEqual({ fault: 'connectionLost' })
  await new Promise((done) => closed.close(done))
  expect(await sender()(message(`http://${NAME}:${at}/`))).toEqual({ fault: 'unreachable' })
  const unknown = sender({ resolve: () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' })) })
  expect(await unknown(message(`https://${NAME}/`))).toEqual({ fault: 'addressUnknown' })
})

test.each([
  ['127.0.0.1'],
  ['10.0.0.1'],
  ['192.168.1.1'],
  ['169.254.169.254'],
  ['100.64.0.1'],
  ['0.0.0.0'],
  ['::1'],
  ['fd00::1'],
  ['fe80::1'],
  ['::ffff:10.0.0.1'],
  ['64:ff9b::7f00:1'],
  ['8.8.8.8', '10.0.0.1'],
])('nothing is sent to a name that means %s', async (...addresses) => {
  const send = createWebhookSender({ isLoopbackAllowed: false, resolve: async () => addresses })
  expect(await send(message(`https://${NAME}/`))).toEqual({ fault: 'addressRefused' })
})

test('spellings of an address are that address: nothing of this machine is asked', async () => {
  const { seen, port } = await receiver((respond) => respond(204), false)
  const send = createWebhookSender({ isLoopbackAllowed: false })
  for (const host of [
    '127.0.0.1',
    '127.1',
    '0x7f.1',
    '2130706433',
    '017700000001',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0',
    'localhost',
  ]) {
    expect(await send(message(`http://${host}:${port}/`)), host).toEqual({ fault: 'addressRefused' })
  }
  expect(seen).toEqual([])
})

test('without TLS nothing leaves this machine, and on the internet no port but 443 is asked', async () => {
  const open = createWebhookSender({ isLoopbackAllowed: true, resolve: async () => ['8.8.8.8'], timeoutMs: 500 })
  for (const url of [`http://${NAME}/`, `http://${NAME}:443/`, `https://${NAME}:8443/`]) {
    expect(await open(message(url)), url).toEqual({ fault: 'addressRefused' })
  }
})

test.each([
  ['https://books.example.com/webhooks?key=1', true, true],
  ['http://books.example.com/', false, false],
  ['https://books.example.com:8443/', false, false],
  ['https://user:pass@books.example.com/', false, false],
  ['https://10.0.0.1/', false, false],
  ['https://[fd00::1]/', false, false],
  ['https://169.254.169.254/latest', false, false],
  ['https://localhost/', false, true],
  ['http://localhost:3000/in', false, true],
  ['http://127.0.0.1:3000/in', false, true],
  ['http://0x7f.1:3000/in', false, true],
  ['ftp://books.example.com/', false, false],
])('%s as an address: live %s, with loopback allowed %s', (url, live, development) => {
  expect(urlProblem(url, { isLoopbackAllowed: false }) === null).toBe(live)
  expect(urlProblem(url, { isLoopbackAllowed: true }) === null).toBe(development)
})
