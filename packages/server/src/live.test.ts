import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, request as httpRequest, type Server as HttpServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessWriter } from './access/access-store.ts'
import { readConfig } from './config.ts'
import { startSmtpDouble, type SmtpDouble } from './mail/testing/smtp-double.ts'
import { newId } from './new-id.ts'
import { createParts } from './parts.ts'
import { type Server, startServer } from './server.ts'

const ORIGIN = 'https://ach.example.com'
const OURS = { Origin: ORIGIN, 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/json' }
const CLIENT = '203.0.113.7'

let folder: string
let smtp: SmtpDouble
let server: Server
let proxy: HttpServer
let ports: { server: number; proxy: number }

/** What stands in front in operation: adds whom it was asked by, as every proxy does, to what the client sent. */
function startProxy(target: number): Promise<HttpServer> {
  const made = createServer((incoming, outgoing) => {
    const { 'x-test-client': client = CLIENT, 'x-forwarded-for': before, ...headers } = incoming.headers
    const forwarded = [before, client].filter((part) => part !== undefined).join(', ')
    const options = { port: target, method: incoming.method, path: incoming.url }
    const onward = httpRequest({ ...options, headers: { ...headers, 'x-forwarded-for': forwarded } }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  return new Promise((resolve) => made.listen(0, '127.0.0.1', () => resolve(made)))
}

function portOf(listening: HttpServer): number {
  const address = listening.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const port = portOf(probe)
  await new Promise((resolve) => probe.close(resolve))
  return port
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fistworks-live-'))
  smtp = await startSmtpDouble()
  const [caFile, mailFile] = [join(folder, 'ca.pem'), join(folder, 'mail.json')]
  await writeFile(caFile, smtp.ca)
  const mail = {
    host: '127.0.0.1',
    port: smtp.port,
    tls: 'required',
    user: 'ach',
    password: 'right',
    from: 'ach@example.com',
  }
  await writeFile(mailFile, JSON.stringify({ ...mail, caFile }), { mode: 0o600 })
  const port = await freePort()
  const config = readConfig('live', {
    FISTWORKS_DATA: join(folder, 'data'),
    FISTWORKS_PORT: String(port),
    FISTWORKS_PUBLIC_ORIGIN: ORIGIN,
    FISTWORKS_ALLOW_LOCAL_KEY_FILE: 'yes',
    FISTWORKS_TRUSTED_PROXIES: '127.0.0.1',
    FISTWORKS_MAIL: mailFile,
    FISTWORKS_LOG_LEVEL: 'error',
  })
  const parts = await createParts(config, null)
  const createdAt = new Date().toISOString()
  await parts.databases.control.write((tx) =>
    accessWriter(tx).addUser({ id: newId('usr', new Date()), email: 'ada@bluebird.example', name: 'Ada', createdAt }),
  )
  await parts.close()
  server = await startServer(config)
  proxy = await startProxy(port)
  ports = { server: port, proxy: portOf(proxy) }
})
afterAll(async () => {
  await server.stop()
  proxy.closeAllConnections()
  await new Promise((resolve) => proxy.close(resolve))
  await smtp.close()
  await rm(folder, { recursive: true, force: true })
})

function ask(method: string, path: string, headers: Record<string, string> = {}, body?: object) {
  return fetch(`http://127.0.0.1:${ports.proxy}${path}`, {
    method,
    headers: { ...OURS, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')

test('a person signs in to the live server behind a proxy with a code that came by encrypted mail', async () => {
  const asked = await ask('POST', '/v1/sign-in/codes', {}, { email: 'ada@bluebird.example' })
  expect([asked.status, await asked.text()]).toEqual([202, ''])
  await expect.poll(() => smtp.received.length).toBe(1)
  expect(smtp.received).toMatchObject([{ to: ['ada@bluebird.example'], isEncrypted: true }])
  const code = /Your code is (\d{8})/.exec(smtp.received[0]?.text ?? '')?.[1] ?? ''
  const body = { email: 'ada@bluebird.example', code }
  const opened = await ask('POST', '/v1/sign-in/sessions', { Cookie: cookieOf(asked) }, body)
  expect(opened.status).toBe(201)
  const me = await ask('GET', '/v1/session', { Cookie: cookieOf(opened) })
  expect(await me.json()).toMatchObject({ user: { email: 'ada@bluebird.example' } })
  expect((await ask('GET', '/dev/mailbox')).status).not.toBe(200)
})

test('there is no sandbox in live mode: no clock to move and no bank', async () => {
  for (const path of ['/dev/clock', '/dev/clock.json', '/dev/bank', '/dev/bank/connection.json?organization=org_1']) {
    for (const method of ['GET', 'POST']) expect([path, (await ask(method, path)).status]).toEqual([path, 404])
  }
  expect((await readdir(join(folder, 'data'))).filter((name) => name.startsWith('sandbox'))).toEqual([])
})

test('what the client says of its address is not believed: each real one has its own budget', async () => {
  const guess = (client: string, invented: string) =>
    ask(
      'POST',
      '/v1/sign-in/sessions',
      { 'x-test-client': client, 'X-Forwarded-For': invented },
      {
        email: 'ada@bluebird.example',
        code: '00000000',
      },
    )
  const statuses: number[] = []
  for (let n = 0; n < 12; n++) statuses.push((await guess('203.0.113.50', `198.51.100.${n}`)).status)
  expect(statuses.filter((status) => status === 429)).toHaveLength(2)
  expect((await guess('203.0.113.51', '203.0.113.50')).status).toBe(401)
})

test('no answer tells what program or version it comes from', async () => {
  for (const path of ['/', '/v1/session', '/openapi.json', '/nothing.js', '/healthz', '/problems']) {
    const answer = await ask('GET', path)
    expect([...answer.headers.keys()].filter((name) => /^(server|x-powered-by|via|x-aspnet.*)$/.test(name))).toEqual([])
    expect(await answer.text()).not.toMatch(/\bnode_modules\b|\bat .*\.ts:\d+/)
  }
})
