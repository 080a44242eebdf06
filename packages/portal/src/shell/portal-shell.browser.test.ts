import { expect, it } from 'vitest'
import { appears, openPortal, useFakeApi } from '../testing/portal.ts'

const fake = useFakeApi()

it('has no horizontal scrolling at 320 pixels', async () => {
  fake.signedIn(['A company with quite a long name, Incorporated', 'Other'])
  await fake.connection()
  for (const path of ['/bank-connections', '/bank-connections/new', '/bank-accounts', '/audit-log']) {
    const portal = await openPortal(fake.api, path)
    portal.style.display = 'block'
    portal.style.width = '320px'
    await appears('h1')
    expect(portal.scrollWidth).toBeLessThanOrEqual(320)
  }
})
