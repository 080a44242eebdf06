import { expect, it } from 'vitest'
import { RECOVERY_CODES, SEED } from '../testing/samples.ts'
import {
  appears,
  click,
  everythingShown,
  expectAccessible,
  find,
  openPortal,
  type,
  useFakeApi,
} from '../testing/portal.ts'

const fake = useFakeApi()
const REFUSAL = { code: 'step-up-required', detail: 'Confirm that it is you.' } as const
const EXPORT = '/v1/audit-events/export'

/** On the audit page, with an export that wants a proof. */
async function askedToConfirm(secondFactors: object, firstFactorUntil: string | null = null) {
  const session = fake.signedIn()
  Object.assign(session, {
    secondFactors: { passkeys: 0, authenticatorApp: false, recoveryCodes: 0, ...secondFactors },
  })
  session.firstFactorUntil = firstFactorUntil
  fake.api.refuse(EXPORT, REFUSAL)
  await openPortal(fake.api, '/audit-log')
  await click('button', 'Export')
  await appears('dialog[open]')
  return session
}
const keysSent = () =>
  fake.api.state.requests.filter(({ path }) => path === EXPORT).map(({ headers }) => headers.get('Idempotency-Key'))

it('a code of the app confirms, and what was begun goes on under the same key', async () => {
  await askedToConfirm({ authenticatorApp: true })
  await appears('input[name=code]')
  await expectAccessible()
  await type('input[name=code]', '123 456')
  await click('button', 'Confirm')
  await expect.poll(() => keysSent().length).toBe(2)
  expect(new Set(keysSent()).size).toBe(1)
  await expect.poll(() => find('dialog[open]')).toBeUndefined()
})

it('a wrong code is said, and another is asked for', async () => {
  await askedToConfirm({ authenticatorApp: true })
  await type('input[name=code]', '000000')
  await click('button', 'Confirm')
  await appears('[role=alert]', 'did not confirm')
  await type('input[name=code]', '123456')
  await click('button', 'Confirm')
  await expect.poll(() => keysSent().length).toBe(2)
})

it('whoever has several ways chooses; a recovery code is one', async () => {
  await askedToConfirm({ passkeys: 1, authenticatorApp: true, recoveryCodes: 4 })
  await appears('button', 'Use your passkey')
  await click('button', 'Use your authenticator app instead')
  await appears('input[name=code]')
  await click('button', 'Use a recovery code')
  await type('input[name=recoveryCode]', RECOVERY_CODES[0] ?? '')
  await expectAccessible()
  await click('button', 'Confirm')
  await expect.poll(() => keysSent().length).toBe(2)
})

it('giving up leaves the refusal, and nothing is sent again', async () => {
  await askedToConfirm({ authenticatorApp: true })
  await click('dialog button', 'Cancel')
  await appears('[role=alert]', 'Confirm that it is you.')
  expect(keysSent()).toHaveLength(1)
})

it('whoever has nothing yet sets up an authenticator app right there, and goes on', async () => {
  await askedToConfirm({}, new Date(Date.now() + 60_000).toISOString())
  await appears('button', 'Add a passkey')
  await expectAccessible()
  await click('button', 'Set up an authenticator app instead')
  await appears('svg[role=img]')
  await appears('.code', SEED.secret.slice(0, 4))
  await expectAccessible()
  await type('input[name=code]', '123456')
  await click('button', 'Set it up')
  await expect.poll(() => keysSent().length).toBe(2)
  await expect.poll(() => everythingShown()).not.toContain(SEED.secret.slice(0, 4))
})

it('a sign-in that is too old leads to a new one, and back to the page', async () => {
  const session = await askedToConfirm({})
  await appears('p', 'Sign in again; you come back')
  await expectAccessible()
  fake.api.returning = { ...session, firstFactorUntil: new Date(Date.now() + 60_000).toISOString() }
  await click('button', 'Sign in again')
  await appears('portal-sign-in')
  expect(location.pathname).toBe('/audit-log')
})

it('whoever decides is told to set something up, until they have', async () => {
  const session = fake.signedIn()
  session.secondFactors = { passkeys: 0, authenticatorApp: false, recoveryCodes: 0 }
  await openPortal(fake.api, '/payments')
  await appears('.notice', 'You decide over payments or people here')
  await expectAccessible()
  session.secondFactors.authenticatorApp = true
  await openPortal(fake.api, '/payments')
  await appears('portal-payments')
  expect(find('.notice', 'You decide over payments')).toBeUndefined()
})
