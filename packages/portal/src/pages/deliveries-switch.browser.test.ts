import { describe, expect, it } from 'vitest'
import { appears, click, expectAccessible, find, focused, openPortal, type, useFakeApi } from '../testing/portal.ts'

const fake = useFakeApi()

describe('the switch of the deliveries', () => {
  it('stops everything with a reason, says so, and resumes it', async () => {
    fake.signedIn()
    await openPortal(fake.api, '/bank-connections')
    await click('button', 'Stop all deliveries')
    await expect.poll(() => focused()?.id).toBe('reason')
    await expectAccessible()
    await click('button.primary', 'Stop all deliveries now')
    await appears('.wrong', 'Why must not be empty')
    await type('#reason', 'A wrong payment')
    await click('button.primary', 'Stop all deliveries now')
    await appears('.notice.critical', 'A wrong payment')
    await expect.poll(() => focused()?.textContent).toContain('Resume deliveries')
    await expectAccessible()
    expect(fake.api.sent('POST', '/v1/deliveries/stop')).toEqual([{ reason: 'A wrong payment' }])
    await click('button', 'Resume deliveries')
    await type('#reason', 'It was canceled')
    await click('button.primary', 'Resume deliveries now')
    await appears('button', 'Stop all deliveries')
    expect(fake.api.deliveries.stops).toEqual([])
  })

  it('is told on the page of payments, and who ends it', async () => {
    fake.signedIn()
    fake.api.deliveries.stops = [{ by: 'operator', reason: 'maintenance', at: '2026-11-23T15:00:00.000Z', actor: null }]
    await openPortal(fake.api, '/payments')
    await appears('.notice.critical', 'The operator of this server')
    await expectAccessible()
    expect(find('button', 'Resume deliveries')).toBeUndefined()
  })
})
