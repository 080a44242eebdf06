import { expect, it } from 'vitest'
import { appears, click, expectAccessible, find, focused, openPortal, useFakeApi } from '../testing/portal.ts'

const fake = useFakeApi()

const accepting = (id: string) =>
  fake.api.state.requests
    .filter((one) => one.method === 'POST' && one.path === `/v1/platforms/${id}/accept`)
    .map(({ headers }) => [headers.get('FISTWorks-Organization'), headers.get('FISTWorks-Platform')])

it('takes on a platform that asked the person, who stays where they are', async () => {
  fake.signedIn(['Bakery'])
  const id = fake.api.platforms.invite('Ledgerly')
  await openPortal(fake.api, '/payments')
  await appears('portal-platform-invitations').then(() =>
    appears('.notice', 'You are asked to look after the platform'),
  )
  await expectAccessible()
  await click('button', 'Accept')
  const said = await appears('[role=status]', 'You look after Ledgerly now')
  await expect.poll(focused).toBe(said)
  expect(accepting(id)).toEqual([[null, null]])
  expect(find('button', 'Accept')).toBeUndefined()
  expect(location.pathname).toBe('/payments')
  await appears('select#organization option', 'Ledgerly')
  await expectAccessible()
  await click('nav a', 'Recipients')
  await appears('h1', 'Recipients')
  expect(find('[role=status]', 'You look after')).toBeUndefined()
})

it('leads somebody who works nowhere yet to the platform', async () => {
  fake.signedIn([])
  fake.api.platforms.invite('Ledgerly')
  await openPortal(fake.api, '/')
  await appears('h1', 'No organization')
  await expectAccessible()
  await click('button', 'Accept')
  await appears('h2', 'Who looks after it')
  expect(location.pathname).toBe('/platform')
})

it('says why it could not be accepted, and lets the person try again', async () => {
  fake.signedIn(['Bakery'])
  const id = fake.api.platforms.invite('Ledgerly')
  const detail = 'There is no such platform.'
  fake.api.refuse(`/v1/platforms/${id}/accept`, { code: 'not-found', detail })
  await openPortal(fake.api, '/payments')
  await click('button', 'Accept')
  await appears('[role=alert]', detail)
  await click('button', 'Accept')
  await appears('[role=status]', 'You look after Ledgerly now')
  expect(find('[role=alert]')).toBeUndefined()
})

it('asks for a proof where one is needed, and goes on', async () => {
  fake.signedIn(['Bakery'])
  const id = fake.api.platforms.invite('Ledgerly')
  fake.api.refuse(`/v1/platforms/${id}/accept`, { code: 'step-up-required', detail: 'Confirm that it is you.' })
  await openPortal(fake.api, '/payments')
  await click('button', 'Accept')
  await appears('dialog[open]')
})

it('shows nothing to whoever was not asked', async () => {
  fake.signedIn(['Bakery'])
  await openPortal(fake.api, '/payments')
  const notice = await appears('portal-platform-invitations')
  expect(notice.shadowRoot?.textContent?.trim()).toBe('')
})
