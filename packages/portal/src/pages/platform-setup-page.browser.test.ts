import { expect, it } from 'vitest'
import {
  allElements,
  appears,
  click,
  expectAccessible,
  find,
  focused,
  openPortal,
  type,
  useFakeApi,
} from '../testing/portal.ts'

const fake = useFakeApi()

const headersOf = (path: string) =>
  fake.api.state.requests
    .filter((one) => one.method === 'POST' && one.path === path)
    .map(({ headers }) => [headers.get('FISTWorks-Organization'), headers.get('FISTWorks-Platform')])

const currentSteps = () =>
  [...allElements(document)].filter((one) => one.matches('ol [aria-current]')).map(({ textContent }) => textContent)

it('sets up a platform, its first key and its first company on one page', async () => {
  fake.signedIn()
  await openPortal(fake.api, '/set-up-platform')
  await type('#name', 'Ledgerly')
  expect(currentSteps()).toEqual(['Your platform'])
  await expectAccessible()
  await click('button', 'Create the platform')
  await appears('h2', 'Its first key')
  await expect.poll(() => focused()?.textContent).toBe('Its first key')
  await expectAccessible()
  await type('#name', 'Back end')
  ;(await appears<HTMLInputElement>('input[value="organizations:write"]')).click()
  await click('button', 'Make the key')
  await appears('code', 'fw_test_sk_shown_once')
  ;(
    await appears<HTMLInputElement>('portal-secret-once').then(() => find<HTMLInputElement>('input[type=checkbox]'))
  )?.click()
  await click('button', 'Done')
  await appears('h2', 'Its first company')
  expect(currentSteps()).toEqual(['Its first company'])
  await type('#name', 'Mill')
  await click('button', 'Add the company')
  await appears('h2', 'Ledgerly is set up')
  await appears('pre', 'platforms.create')
  await expectAccessible()
  const [platform] = fake.api.platforms.platforms
  expect(headersOf('/v1/platforms')).toEqual([[null, null]])
  expect(headersOf('/v1/api-keys')).toEqual([[null, platform?.id]])
  expect(headersOf('/v1/organizations')).toEqual([[null, platform?.id]])
  await click('button', 'Go to the platform')
  await appears('h2', 'Who looks after it')
  await appears('small', 'The only administrator stays')
  expect(find('button', 'Take away')).toBeUndefined()
  await expectAccessible()
})

it('is open to somebody who belongs nowhere yet', async () => {
  fake.signedIn([])
  await openPortal(fake.api, '/set-up-platform')
  await appears('h1', 'Set up your platform')
  await click('button', 'Create the platform')
  await appears('.wrong', 'must not be empty')
  await expectAccessible()
})

it('leads whoever stops half-way to the platform they have', async () => {
  fake.signedIn([])
  await openPortal(fake.api, '/set-up-platform')
  await type('#name', 'Ledgerly')
  await click('button', 'Create the platform')
  await appears('h2', 'Its first key')
  await click('a', 'Not now')
  await appears('h2', 'Who looks after it')
})

it('lets a person switch between a company and a platform', async () => {
  fake.signedIn(['Bakery'])
  fake.api.platforms.add({ name: 'Ledgerly', allowedOrigins: [] })
  await openPortal(fake.api, '/payments')
  const choice = await appears<HTMLSelectElement>('select#organization')
  choice.value = fake.api.platforms.platforms[0]?.id ?? ''
  choice.dispatchEvent(new Event('change'))
  await appears('h2', 'Who looks after it')
  expect(find('nav a', 'Payments')).toBeUndefined()
  await click('nav a', 'API keys')
  await appears('h2', 'No API key yet')
  const request = fake.api.state.requests.findLast(({ path }) => path === '/v1/api-keys')
  expect(request?.headers.get('FISTWorks-Platform')).toBe(fake.api.platforms.platforms[0]?.id)
  expect(request?.headers.get('FISTWorks-Organization')).toBeNull()
})

it('takes an invitation, and founds a company, while a platform is worked for', async () => {
  fake.signedIn([])
  fake.api.platforms.add({ name: 'Ledgerly', allowedOrigins: [] })
  fake.api.people.offer = { secret: 'fw_inv_secretwords', organizationName: 'Mill' }
  await openPortal(fake.api, '/')
  await appears('h1', 'Platform')
  await click('a', 'Create an organization')
  await appears('h1', 'New organization')
  await appears('a[href="/platform"]', 'Back to Ledgerly')
  await openPortal(fake.api, '/payments')
  await click('a', 'Go to the platform')
  await appears('h2', 'Who looks after it')
  await openPortal(fake.api, '/invitation#fw_inv_secretwords')
  await click('button', 'Accept the invitation')
  await appears('strong', 'Mill')
  await appears('h1', 'Organization')
})
