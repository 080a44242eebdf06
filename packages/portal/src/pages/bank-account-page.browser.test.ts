import { describe, expect, it } from 'vitest'
import { newId } from '../testing/new-id.ts'
import {
  appears,
  click,
  everythingShown,
  expectAccessible,
  find,
  focused,
  openPortal,
  type,
  typeNumber,
  useFakeApi,
} from '../testing/portal.ts'

const fake = useFakeApi()

describe('a number', () => {
  it('can be corrected where it was typed, and is masked whenever it is left', async () => {
    fake.signedIn()
    await fake.connection()
    await openPortal(fake.api, '/bank-accounts/new')
    await typeNumber('accountNumber', '77123456789')
    const field = await appears<HTMLElementTagNameMap['portal-number-field']>('portal-number-field[name=accountNumber]')
    const input = field.shadowRoot?.querySelector('input')
    expect(input?.value).toBe('••••6789')
    input?.focus()
    expect(input?.value).toBe('77123456789')
    input?.blur()
    expect(input?.value).toBe('••••6789')
    expect(field.read()).toBe('77123456789')
  })

  it('shows fewer of its digits when it is short', async () => {
    fake.signedIn()
    await fake.connection()
    await openPortal(fake.api, '/bank-accounts/new')
    await typeNumber('accountNumber', '1234567')
    const field = await appears<HTMLElementTagNameMap['portal-number-field']>('portal-number-field[name=accountNumber]')
    expect(field.shadowRoot?.querySelector('input')?.value).toBe('••••567')
  })
})

describe('a bank account', () => {
  it('shows its numbers masked only, as soon as it is saved', async () => {
    fake.signedIn()
    await fake.connection()
    await openPortal(fake.api, '/bank-accounts')
    await appears('h2', 'No bank account yet')
    await click('a', 'Add a bank account')
    await type('#name', 'Operating')
    await typeNumber('routingNumber', '091000019')
    await typeNumber('accountNumber', '77123456789')
    expect(everythingShown()).not.toContain('77123456789')
    expect(everythingShown()).not.toContain('091000019')
    await type('#companyName', 'HARBORVIEW')
    await type('#companyId', '1123456789')
    await expectAccessible()
    await click('button.primary', 'Add the account')
    await appears('td', '••••6789')
    await expectAccessible()
    expect(everythingShown()).not.toContain('77123456789')
    expect(everythingShown()).not.toContain('091000019')
    expect(fake.api.sent('POST', '/v1/bank-accounts')).toMatchObject([{ accountNumber: '77123456789' }])
  })

  it('refuses a routing number with a wrong check digit, at its field', async () => {
    fake.signedIn()
    await fake.connection()
    await openPortal(fake.api, '/bank-accounts/new')
    await type('#name', 'Operating')
    await typeNumber('routingNumber', '091000018')
    await click('button.primary', 'Add the account')
    await appears('.wrong', 'Routing number ')
    await expect.poll(() => focused()?.id).toBe('number')
    expect(fake.api.sent('POST', '/v1/bank-accounts')).toEqual([])
  })

  it('that is archived is shown as such, and is not offered for changes', async () => {
    fake.signedIn()
    await fake.connection()
    const id = newId('bac')
    const numbers = { routingNumberMasked: '*****0019', accountNumberLast4: '6789', accountType: 'checking' as const }
    const company = { companyName: 'HARBORVIEW', companyId: '1123456789' }
    const dates = { createdAt: '2026-11-20T10:00:00Z', archivedAt: '2026-11-20T11:00:00Z' }
    const bankConnectionId = fake.api.state.connections[0]?.id ?? newId('bcn')
    fake.api.state.accounts = [
      { type: 'bankAccount', id, name: 'Old', bankConnectionId, ...numbers, ...company, ...dates },
    ]
    await openPortal(fake.api, '/bank-accounts')
    await appears('.badge', 'Archived')
    expect(find(`a[href="/bank-accounts/${id}"]`)).toBeUndefined()
  })

  it('needs a connection first, and says so', async () => {
    fake.signedIn()
    await openPortal(fake.api, '/bank-accounts')
    await appears('h2', 'Connect your bank first')
    await expectAccessible()
  })
})
