import { afterEach, expect, it, vi } from 'vitest'
import { appears, click, expectAccessible, find, openPortal, useFakeApi } from '../testing/portal.ts'

const fake = useFakeApi()
const CONNECTION = {
  name: 'Sandbox bank',
  host: '127.0.0.1',
  port: 4422,
  username: 'org_1',
  authentication: { method: 'password', password: 'sandbox' },
  hostKeyFingerprints: [`SHA256:${'a'.repeat(43)}`],
  uploadDirectory: '/inbox',
  immediateDestination: '091000019',
  immediateDestinationName: 'SANDBOX BANK',
  immediateOrigin: '1234567890',
  immediateOriginName: 'BLUEBIRD BAKERY',
}

afterEach(() => {
  document.head.querySelector('meta[name="fistworks-sandbox"]')?.remove()
  vi.restoreAllMocks()
})

function inSandbox(): void {
  const mark = document.createElement('meta')
  mark.name = 'fistworks-sandbox'
  document.head.append(mark)
  vi.spyOn(window, 'fetch').mockImplementation(async (input) => {
    const path = new URL(new Request(input).url).pathname
    return Response.json(path === '/dev/clock.json' ? { now: '2030-11-27T14:00:00.000Z' } : CONNECTION)
  })
}

it('says on its pages that it is a sandbox, and what time it is there', async () => {
  inSandbox()
  fake.signedIn()
  await openPortal(fake.api, '/account')
  await appears('[role=note]', 'no money moves')
  await appears('[role=note]', 'Wed, Nov 27, 2030, 9:00 AM in New York')
  await expectAccessible()
})

it('connects the sandbox bank with one button', async () => {
  inSandbox()
  fake.signedIn()
  await openPortal(fake.api, '/bank-connections/new')
  await click('button', 'Use the sandbox bank')
  await expect.poll(() => fake.api.sent('POST', '/v1/bank-connections')).toMatchObject([CONNECTION])
  await expect.poll(() => location.pathname).toMatch(/^\/bank-connections\/bcn_/)
})

it('shows nothing of it elsewhere, and asks for nothing', async () => {
  const asked = vi.spyOn(window, 'fetch')
  fake.signedIn()
  await openPortal(fake.api, '/bank-connections/new')
  await appears('h2', 'Where the bank is')
  expect(find('[role=note]')).toBeUndefined()
  expect(find('button', 'Use the sandbox bank')).toBeUndefined()
  expect(asked).not.toHaveBeenCalled()
})
