import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { createTestApi } from '../testing/api.ts'
import { signIn } from '../testing/portal-person.ts'

const NEEDED = ['__Host-fw_session', '__Host-fw_sign_in']

test('there are two cookies, both needed to sign in, unread by pages, sent to nobody else', async () => {
  const api = await createTestApi()
  onTestFinished(() => api.close())
  const organization = await api.addOrganization((await api.addPlatform('Tidewater')).platformId, 'Bakery')
  await api.addMember(organization, 'ada@bluebird.example', 'administrator')
  const lines: string[] = []
  const { fetch } = api
  const ada = await signIn(
    {
      ...api,
      async send(method, path, sent) {
        const response = await api.send(method, path, sent)
        lines.push(...response.headers.getSetCookie())
        return response
      },
    },
    'ada@bluebird.example',
  )
  await ada.addPasskey()
  await ada.stepUp()
  await ada.send('GET', '/v1/recipients', { organization })
  await ada.send('POST', '/v1/session/end')
  for (const path of ['/', '/v1/organizations', '/openapi.json', '/problems', '/healthz']) {
    lines.push(...(await fetch(new Request(`http://localhost:4400${path}`))).headers.getSetCookie())
  }
  expect([...new Set(lines.map((line) => line.split('=')[0]))].sort()).toEqual(NEEDED)
  for (const line of lines) {
    const attributes = line.split('; ').slice(1)
    expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']))
    expect(line).not.toMatch(/domain=/i)
  }
})

test('no other place of the server or its pages sets one', () => {
  const roots = ['../', '../../../portal/src', '../../../widgets/src', '../../../sdk/src'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  )
  const setters = roots.flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|(^|\/)testing\//.test(file))
      .filter((file) =>
        /setCookie\(|document\.cookie|cookieStore|['"]set-cookie['"]/i.test(readFileSync(join(root, file), 'utf8')),
      ),
  )
  expect(setters).toEqual(['http/register.ts'])
})
