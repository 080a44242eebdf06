import { expect, test } from 'vitest'
import { CHALLENGE } from '../testing/samples.ts'
import { newId } from '../testing/new-id.ts'
import { appears, click, expectAccessible, find, openPortal, useFakeApi } from '../testing/portal.ts'
import type { ConnectedAccounts } from './connected-accounts.ts'
import { dropErrand, keptErrand } from './errand.ts'

const fake = useFakeApi()

const open = async () => {
  fake.signedIn()
  await openPortal(fake.api, '/account')
  await appears('h2', 'Passkeys')
}

test('accounts that sign a person in are listed, and another is connected after a proof', async () => {
  fake.api.methods = { type: 'signInMethods', mailedCode: true, entra: CHALLENGE }
  const account = { label: 'ada@contoso.example', createdAt: '2026-11-20T10:00:00Z', lastUsedAt: null }
  fake.api.state.identities.push({ type: 'userIdentity', id: newId('idn'), ...account })
  await open()
  await appears('strong', 'ada@contoso.example')
  await expectAccessible()
  const section = find<ConnectedAccounts>('portal-connected-accounts')
  const left: string[] = []
  if (section) section.leaveFor = (path) => void left.push(path)
  await click('button', 'Connect a Microsoft account')
  await expect.poll(() => left).toEqual(['/sign-in/entra'])
  expect(keptErrand()).toEqual({ purpose: 'connect', to: '/account', challenge: CHALLENGE })
  dropErrand()
})

test('where there is no provider the account says nothing of it', async () => {
  await open()
  await expect.poll(() => fake.api.sent('GET', '/v1/session/identities')).toHaveLength(1)
  expect(find('h2', 'Connected accounts')).toBeUndefined()
})
