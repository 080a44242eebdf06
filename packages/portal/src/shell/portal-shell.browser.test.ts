import { beforeEach, expect, it } from 'vitest'
import { CONNECTION, FakeApi, sessionOf } from '../testing/fake-api.ts'
import { appears, openPortal } from '../testing/portal.ts'

let api: FakeApi
beforeEach(() => {
  api = new FakeApi()
  localStorage.clear()
})

const signedIn = (names?: string[]) => {
  api.state.session = sessionOf(names)
  return api.state.session
}
const connection = () => api.fetch('/v1/bank-connections', { method: 'POST', body: JSON.stringify(CONNECTION) })

it('has no horizontal scrolling at 320 pixels', async () => {
  signedIn(['A company with quite a long name, Incorporated', 'Other'])
  await connection()
  for (const path of ['/bank-connections', '/bank-connections/new', '/bank-accounts', '/audit-log']) {
    const portal = await openPortal(api, path)
    portal.style.display = 'block'
    portal.style.width = '320px'
    await appears('h1')
    expect(portal.scrollWidth).toBeLessThanOrEqual(320)
  }
})
