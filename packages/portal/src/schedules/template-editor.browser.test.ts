import type { BankAccount, Recipient, Scope } from '@fistworks/contract'
import { userEvent } from 'vitest/browser'
import { describe, expect, it } from 'vitest'
import { newId } from '../testing/new-id.ts'
import {
  answer,
  appears,
  click,
  expectAccessible,
  find,
  focused,
  openPortal,
  type,
  useFakeApi,
} from '../testing/portal.ts'

const fake = useFakeApi()
const LOOKS: Scope[] = ['schedules:read', 'bank-accounts:read', 'bank-connections:read']
const FORMS = [
  '/schedules/templates/new',
  '/schedules/new',
  `/schedules/sch_${'0'.repeat(26)}/edit`,
  '/bank-connections/new',
  '/bank-accounts/new',
]

function someRecipient(name: string): Recipient {
  const party = { holderType: 'business', routingNumberMasked: '*****0019', accountType: 'checking' } as const
  const rest = { identification: null, email: null, externalId: null, prenote: null }
  const at = '2026-11-20T10:00:00Z'
  const times = { createdAt: at, updatedAt: at, archivedAt: null }
  const one = { type: 'recipient', id: newId('rcp'), name, ...party, accountNumberLast4: '6789', ...rest, ...times }
  return one as unknown as Recipient
}

function someAccount(name: string): BankAccount {
  const ids = { id: newId('bac'), bankConnectionId: newId('bcn') }
  const numbers = { routingNumberMasked: '*****0019', accountNumberLast4: '2233', accountType: 'checking' }
  const company = { companyName: 'BLUEBIRD', companyId: '1234567890' }
  const times = { createdAt: '2026-11-20T10:00:00Z', updatedAt: '2026-11-20T10:00:00Z', archivedAt: null }
  return { type: 'bankAccount', name, ...ids, ...numbers, ...company, ...times } as unknown as BankAccount
}

describe('a new template', () => {
  it('is written from nothing, with the keyboard, and says at its field what is missing', async () => {
    fake.signedIn()
    const [account, recipient] = [someAccount('Operating'), someRecipient('Cedar & Stone')]
    fake.api.state.accounts.push(account)
    fake.api.state.recipients.push(recipient)
    await openPortal(fake.api, '/schedules/templates/new')
    await appears('h2', 'Batch 1')
    await expectAccessible()
    await click('button.primary', 'Save the template')
    await appears('.wrong', 'Name must not be empty.')
    await expect.poll(() => focused()?.id).toBe('name')
    await expectAccessible()
    await userEvent.keyboard('Rent')
    ;(await appears('fist-recipient-picker')).focus()
    await userEvent.keyboard('ced')
    await appears('[role=option]', 'Cedar & Stone')
    await userEvent.keyboard('{Enter}')
    await type('#batches-0-entries-0-amountCents', '12.345')
    await click('button.primary', 'Save the template')
    await appears('#batches-0-entries-0-amountCents-error', 'at most two decimals')
    await type('#batches-0-entries-0-amountCents', '1,250.00')
    await type('#batches-0-entries-0-addenda', 'Invoice 7')
    await appears('[role=status]', '1 payment · $1,250.00 paid out')
    await click('button.primary', 'Save the template')
    await appears('h2', 'Rent')
    const entry = { recipientId: recipient.id, amountCents: 125_000, direction: 'credit', addenda: ['Invoice 7'] }
    const head = { secCode: 'CCD', companyEntryDescription: 'PAYMENT', companyDiscretionaryData: '' }
    expect(fake.api.sent('POST', '/v1/templates')).toEqual([
      { name: 'Rent', batches: [{ bankAccountId: account.id, ...head, entries: [entry] }] },
    ])
  })
})

describe('changing a template', () => {
  it('adds and removes payments and batches, keeps the focus, and asks before what was typed is lost', async () => {
    fake.signedIn()
    fake.api.state.accounts.push(someAccount('Operating'))
    const { id, batches } = fake.api.schedules.addTemplate()
    const [kept] = batches[0]?.entries ?? []
    await openPortal(fake.api, `/schedules/templates/${id}`)
    await click('a', 'Edit')
    await click('button', 'Add a payment')
    await expect.poll(() => focused()?.id).toBe('input')
    await appears('[role=status]', '1 amount is said each time')
    await expectAccessible()
    await click('[aria-label="Remove payment 2 of batch 1"]')
    await click('button', 'Add another batch')
    await expect.poll(() => focused()?.id).toBe('batches-1-bankAccountId')
    await click('a', 'Back to the template')
    await answer('Go back')
    await click('button', 'Remove batch 2')
    await expect.poll(() => focused()?.id).toBe('add-batch')
    await type('#batches-0-entries-0-amountCents', '')
    await click('button.primary', 'Save the template')
    const patched = () => fake.api.sent('PATCH', `/v1/templates/${id}`)
    await expect.poll(patched).toHaveLength(1)
    expect(patched()[0]).toMatchObject({
      version: 1,
      batches: [{ entries: [{ recipientId: kept?.recipientId, amountCents: null }] }],
    })
  })

  it('says at the recipient what the server refuses about it', async () => {
    fake.signedIn()
    fake.api.state.accounts.push(someAccount('Operating'))
    const { id } = fake.api.schedules.addTemplate()
    await openPortal(fake.api, `/schedules/templates/${id}/edit`)
    await appears('h2', 'Batch 1')
    const pointer = '/batches/0/entries/0/recipientId'
    const detail = '“Harbor Property” was archived and is not paid any more: choose another recipient'
    fake.api.refuse(`/v1/templates/${id}`, { code: 'validation-failed', detail, pointer })
    await click('button.primary', 'Save the template')
    await appears('.wrong-text', 'was archived')
    await expect.poll(() => focused()?.id).toBe('input')
    await expectAccessible()
  })

  it('says which schedules wait for somebody to look at it', async () => {
    fake.signedIn()
    const { id: templateId } = fake.api.schedules.addTemplate()
    const rule = { frequency: 'weekly' }
    const made = fake.api.schedules.addSchedule({ name: 'Office rent', templateId, rule, startsOn: '2026-12-03' })
    made.needsConfirmation = true
    await openPortal(fake.api, `/schedules/templates/${templateId}`)
    await appears('.notice', 'No file is made before the schedule is confirmed')
    expect(find('a', 'Office rent')?.getAttribute('href')).toBe(`/schedules/${made.id}`)
    await expectAccessible()
  })
})

it.each(FORMS)('a form is not shown to somebody who may only look: %s', async (path) => {
  const session = fake.signedIn()
  for (const one of session.organizations) one.scopes = LOOKS
  await openPortal(fake.api, path)
  await appears('.notice', 'Your role may look at this and not change it.')
  expect(find('form')).toBeUndefined()
  await expectAccessible()
})
