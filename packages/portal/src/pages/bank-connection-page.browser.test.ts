import { page } from 'vitest/browser'
import { describe, expect, it } from 'vitest'
import { CONNECTION, FINGERPRINT } from '../testing/samples.ts'
import {
  appears,
  click,
  everythingShown,
  expectAccessible,
  find,
  focused,
  openPortal,
  type,
  useFakeApi,
} from '../testing/portal.ts'

const fake = useFakeApi()

describe('a bank connection', () => {
  it('is saved only with a host key that a person has compared', async () => {
    fake.signedIn()
    await openPortal(fake.api, '/bank-connections/new')
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
    expect(fake.api.sent('POST', '/v1/bank-connections')).toEqual([])

    await click('button', 'Get the host key')
    await appears('.notice', FINGERPRINT)
    await expectAccessible()
    expect(fake.api.sent('POST', '/v1/bank-connections/scan-host-key')).toEqual([
      { host: 'sftp.bank.example', port: 22 },
    ])
    ;(await appears('button', 'It is the same')).focus()
    await click('button', 'It is the same')
    await expect.poll(() => focused()?.textContent).toContain('Get the host key')
    await click('button.primary', 'Save')
    await appears('h1', 'Bank connection')
    expect(fake.api.state.connections).toMatchObject([
      { host: 'sftp.bank.example', hostKeyFingerprints: [FINGERPRINT] },
    ])
    expect(everythingShown()).not.toContain('correct horse')
  })

  it('says no more what is wrong with a field once it is changed', async () => {
    fake.signedIn()
    await openPortal(fake.api, '/bank-connections/new')
    await click('button.primary', 'Save')
    await appears('#name-error')
    await type('#name', 'First National')
    await expect.poll(() => find('#name-error')).toBeUndefined()
    expect(find('#host-error')).toBeDefined()
  })

  it('takes a fingerprint from the letter, and says what one looks like', async () => {
    fake.signedIn()
    await openPortal(fake.api, '/bank-connections/new')
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
    fake.signedIn()
    await openPortal(fake.api, '/bank-connections/new')
    await type('#host', 'sftp.bank.example')
    await click('button', 'Get the host key')
    await click('button', 'It differs')
    await expect.poll(() => everythingShown()).not.toContain(FINGERPRINT)
  })

  it('says why the host key could not be asked for', async () => {
    fake.signedIn()
    await openPortal(fake.api, '/bank-connections/new')
    await appears('form')
    fake.api.refuse('/v1/bank-connections/scan-host-key', {
      code: 'bank-unreachable',
      detail: 'Nobody answers at that address.',
    })
    await click('button', 'Get the host key')
    await appears('[role=alert]', 'Nobody answers')
  })

  it('is tried step by step', async () => {
    fake.signedIn()
    await fake.connection()
    fake.api.state.test = {
      type: 'connectionTest',
      passed: false,
      testedAt: '2026-11-20T10:00:00Z',
      steps: [
        { step: 'connect', outcome: 'passed', detail: 'Connected.' },
        { step: 'authenticate', outcome: 'failed', detail: 'The bank refused the password.' },
        { step: 'uploadDirectory', outcome: 'skipped', detail: '' },
      ],
    }
    await openPortal(fake.api, `/bank-connections/${fake.api.state.connections[0]?.id}`)
    await click('button', 'Test the connection')
    await appears('li.failed', 'The bank refused the password.')
    await appears('li.skipped', 'not tried')
    await expectAccessible()
  })
})

it('fits a narrow window, also with a long login', async () => {
  await page.viewport(360, 740)
  try {
    fake.signedIn()
    const username = 'org_01m8043mm1ff68rt2j1qsq4dpm'
    await fake.api.fetch('/v1/bank-connections', { method: 'POST', body: JSON.stringify({ ...CONNECTION, username }) })
    await openPortal(fake.api, '/bank-connections')
    await appears('td', username)
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360)
  } finally {
    await page.viewport(1280, 800)
  }
})
