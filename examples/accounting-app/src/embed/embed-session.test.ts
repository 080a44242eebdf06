import { describe, expect, it } from 'vitest'
import { ORIGIN, openApp } from '../testing/open-app.ts'

describe('POST /fistworks/session', () => {
  it('asks for what the signed-in person may do, from our pages only', async () => {
    const { post, fistworks } = await openApp('maya')
    const response = await post('/fistworks/session')
    expect(await response.json()).toEqual({ token: 'fw_ems_secret', expiresAt: '2026-11-21T10:15:00Z' })
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(fistworks.requests.map(({ body }) => body)).toEqual([
      {
        endUser: { externalId: 'maya', name: 'Maya Lindqvist' },
        components: { recipients: { features: ['write'] }, achFiles: { features: ['write', 'submit'] } },
        allowedOrigins: [ORIGIN],
      },
    ])
  })

  it('ignores anything the browser sends', async () => {
    const plain = await openApp('maya')
    await plain.post('/fistworks/session')
    const pushy = await openApp('maya')
    const wish = JSON.stringify({ endUser: { externalId: 'ray' }, components: { achFiles: { features: ['approve'] } } })
    await pushy.post('/fistworks/session?user=ray&organization=org_other', wish, { 'Content-Type': 'application/json' })
    expect(pushy.fistworks.requests).toEqual(plain.fistworks.requests)
  })

  it('lets the controller approve but not prepare', async () => {
    const { post, fistworks } = await openApp('ray')
    await post('/fistworks/session')
    expect(fistworks.requests[0]?.body).toMatchObject({
      endUser: { externalId: 'ray' },
      components: { recipients: {}, achFiles: { features: ['approve', 'submit', 'resolve'] } },
    })
  })

  it('gives nothing to somebody who is not signed in, or comes from another site', async () => {
    const nobody = await openApp(null)
    expect((await nobody.post('/fistworks/session')).status).toBe(401)
    const { app, cookie, fistworks } = await openApp('maya')
    for (const headers of [{ Cookie: cookie }, { Cookie: cookie, Origin: 'https://elsewhere.example' }]) {
      const response = await app.request(`${ORIGIN}/fistworks/session`, { method: 'POST', headers })
      expect(response.status).toBe(403)
    }
    expect(fistworks.requests).toEqual([])
  })
})
