import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { HttpEnv } from '../http/env.ts'
import { DevelopmentMailbox } from '../mail/mailbox.ts'
import { mountDevelopmentPages } from './pages.ts'

const bank = { inbox: async () => [] } as unknown as Parameters<typeof mountDevelopmentPages>[1]['bank']

async function opened(url: string, name = 'Ada'): Promise<Response> {
  const mailbox = new DevelopmentMailbox()
  await mailbox.send({ to: name, subject: name, text: 'Your code is 12345678.', at: new Date(0) })
  const app = new Hono<HttpEnv>()
  mountDevelopmentPages(app, { mailbox, bank, publicOrigin: 'http://books.localhost:4400' })
  return app.request(url)
}

test.each(['localhost:4400', '127.0.0.1:4400', '[::1]:4400', 'books.localhost:4400'])(
  'the mailbox is shown under %s',
  async (host) => {
    expect(await (await opened(`http://${host}/dev/mailbox`)).text()).toContain('12345678')
  },
)

test('a name of somebody else that was made to lead here shows nothing', async () => {
  const response = await opened('http://evil.example:4400/dev/mailbox')
  expect(response.status).toBe(404)
  expect(await response.text()).not.toContain('12345678')
})

test('what people write is shown as text', async () => {
  const page = await (await opened('http://localhost/dev/mailbox', '<script>alert(1)</script>')).text()
  expect(page).not.toContain('<script>')
  expect(page).toContain('&lt;script&gt;')
})
