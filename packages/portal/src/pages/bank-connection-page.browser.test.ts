import { beforeEach, describe, expect, it } from 'vitest'
import { CONNECTION, FakeApi, FINGERPRINT, sessionOf } from '../testing/fake-api.ts'
import { appears, click, everythingShown, expectAccessible, find, openPortal, type } from '../testing/portal.ts'

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

describe('a bank connection', () => {
  it('is saved only with a host key that a person has compared', async () => {
    signedIn()
    await openPortal(api, '/bank-connections/new')
    await appears('form')
    await expectAccessible()
    for (const name of [
      'name',
      'host',
      'username',
      'uploadDirectory',
      'immediateDestination',
      'immediateOrigin',
    ] as const) {
      await type(`#${name}`, CONNECTION[name])
    }
    await type('#password', 'correct horse')
    await click('button.primary', 'Save')
    await appears('.wrong', 'needs at least one fingerprint')
    expect(api.sent('POST', '/v1/bank-connections')).toEqual([])

    await click('button', 'Get the host key')
    await appears('.notice', FINGERPRINT)
    await expectAccessible()
    expect(api.sent('POST', '/v1/bank-connections/scan-host-key')).toEqual([{ host: 'sftp.bank.example', port: 22 }])
    await click('button', 'It is the same')
    await click('button.primary', 'Save')
    await appears('h1', 'Bank connection')
    expect(api.state.connections).toMatchObject([{ host: 'sftp.bank.example', hostKeyFingerprints: [FINGERPRINT] }])
    expect(everythingShown()).not.toContain('correct horse')
  })

  it('takes a fingerprint from the letter, and says what one looks like', async () => {
    signedIn()
    await openPortal(api, '/bank-connections/new')
    await type('#fingerprint', 'ssh-ed25519 AAAA')
    await click('.typed button', 'Add')
    await appears('.wrong', 'must look like SHA256')
    await expectAccessible()
    await type('#fingerprint', FINGERPRINT)
    await click('.typed button', 'Add')
    await appears('.code', FINGERPRINT)
    expect(find('.wrong')).toBeUndefined()
  })

  it('does not pin a key that differs from the letter', async () => {
    signedIn()
    await openPortal(api, '/bank-connections/new')
    await type('#host', 'sftp.bank.example')
    await click('button', 'Get the host key')
    await click('button', 'It differs')
    await expect.poll(() => everythingShown()).not.toContain(FINGERPRINT)
  })

  it('says why the host key could not be asked for', async () => {
    signedIn()
    await openPortal(api, '/bank-connections/new')
    await appears('form')
    api.refuse('/v1/bank-connections/scan-host-key', {
      code: 'bank-unreachable',
      detail: 'Nobody answers at that address.',
    })
    await click('button', 'Get the host key')
    await appears('[role=alert]', 'Nobody answers')
  })

  it('is tried step by step', async () => {
    signedIn()
    await connection()
    api.state.test = {
      type: 'connectionTest',
      passed: false,
      testedAt: '2026-11-20T10:00:00Z',
      steps: [
        { step: 'connect', outcome: 'passed', detail: 'Connected.' },
        { step: 'authenticate', outcome: 'failed', detail: 'The bank refused the password.' },
        { step: 'uploadDirectory', outcome: 'skipped', detail: '' },
      ],
    }
    await openPortal(api, `/bank-connections/${api.state.connections[0]?.id}`)
    await click('button', 'Test the connection')
    await appears('li.failed', 'The bank refused the password.')
    await appears('li.skipped', 'not tried')
    await expectAccessible()
  })
})
