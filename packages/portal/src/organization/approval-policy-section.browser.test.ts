import { ROLE_SCOPES } from '@fistworks/contract'
import { expect, it } from 'vitest'
import { appears, click, expectAccessible, find, focused, openPortal, type, useFakeApi } from '../testing/portal.ts'

const fake = useFakeApi()
const asOwner = () => {
  for (const organization of fake.signedIn().organizations) organization.scopes = [...ROLE_SCOPES.owner]
}
const sent = () => fake.api.state.requests.filter(({ path }) => path.startsWith('/v1/approval-policy')).at(-1)?.body

it('shows what is asked for and who could get round it, and takes another policy with rules by amount and person', async () => {
  asOwner()
  fake.api.approvalPolicy.policy = {
    ...fake.api.approvalPolicy.policy,
    alone: fake.api.approvalPolicy.approvers.slice(0, 1),
  }
  await openPortal(fake.api, '/organization')
  await appears('li', 'anybody who may approve')
  await appears('.notice', 'Ada could send money alone')
  await expectAccessible()
  await click('button', 'Change the policy')
  await expect.poll(() => focused()?.id).toBe('approvals-0')
  await click('button', 'Add a rule')
  await expect.poll(() => focused()?.id).toBe('from-1')
  await expectAccessible()
  await click('button', 'Save the policy')
  await appears('#from-1-error', 'Type an amount in dollars')
  await type('#from-1', '10,000')
  await click('fieldset:nth-of-type(2) label', 'Grace')
  await click('button', 'Save the policy')
  await appears('.notice', 'The approval policy is changed.')
  await expect.poll(() => focused()?.textContent).toContain('Change the policy')
  const grace = fake.api.approvalPolicy.approvers[1]?.id
  expect(sent()).toEqual({
    version: 0,
    rules: [
      { fromCents: 0, approvals: 1, people: null },
      { fromCents: 1_000_000, approvals: 2, people: [grace] },
    ],
    expiresAfterDays: 30,
  })
  await appears('li', 'for files from $10,000.00')
})

it('shows what waits to be confirmed, and confirms it', async () => {
  asOwner()
  fake.api.approvalPolicy.propose([{ fromCents: 0, approvals: 1, people: null }])
  await openPortal(fake.api, '/organization')
  await appears('.notice', 'Grace wants to ask for less')
  await expectAccessible()
  await click('button', 'Confirm the change')
  await appears('.notice', 'The approval policy is changed.')
  expect(sent()).toEqual({ number: 1 })
})

it('says when nobody can meet it any more, and offers a viewer no change', async () => {
  for (const organization of fake.signedIn().organizations) organization.scopes = ['organizations:read', 'members:read']
  const problem = 'A rule asks for 3 approvals of every file, but only 2 people may approve.'
  fake.api.approvalPolicy.policy = { ...fake.api.approvalPolicy.policy, problem }
  await openPortal(fake.api, '/organization')
  await appears('.notice', 'only 2 people may approve')
  expect(find('button', 'Change the policy')).toBeUndefined()
})

it('says so on the page of a payment as well', async () => {
  asOwner()
  const problem = 'A rule asks for 3 approvals of every file, but only 2 people may approve.'
  fake.api.approvalPolicy.policy = { ...fake.api.approvalPolicy.policy, problem }
  await openPortal(fake.api, '/payments/ach_01m7yrd1hcechv6nb2ne0f5e97')
  await appears('.notice', 'only 2 people may approve')
})
