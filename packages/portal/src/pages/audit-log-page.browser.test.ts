import { describe, it } from 'vitest'
import { newId } from '../testing/fake-api.ts'
import { appears, click, expectAccessible, openPortal, useFakeApi } from '../testing/portal.ts'

const fake = useFakeApi()

describe('the audit log', () => {
  it('says who did what and how it ended', async () => {
    fake.signedIn()
    fake.api.state.events = [
      {
        type: 'auditEvent',
        id: newId('aud'),
        sequence: 1,
        at: '2026-11-20T10:00:00Z',
        action: 'achFile.approved',
        actor: { type: 'user', id: newId('usr'), name: 'Ada Admin' },
        targetType: 'achFile',
        targetId: newId('ach'),
        outcome: 'denied',
        requestId: null,
        data: {},
        hash: 'h',
      },
    ]
    await openPortal(fake.api, '/audit-log')
    await appears('td', 'ACH file approved')
    await appears('.badge', 'Denied')
    await expectAccessible()
  })

  it('can be asked for again after a failure', async () => {
    fake.signedIn()
    fake.api.refuse('/v1/audit-events', { code: 'unavailable', detail: 'Not available right now.' })
    await openPortal(fake.api, '/audit-log')
    await appears('[role=alert]', 'Not available right now')
    await click('button', 'Try again')
    await appears('h2', 'Nothing has happened yet')
  })
})
