import { ROLE_SCOPES } from '@fistworks/contract'
import { expect, it } from 'vitest'
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

/** As an owner of this organization. */
function asOwner() {
  const session = fake.signedIn()
  for (const organization of session.organizations) {
    organization.role = 'owner'
    organization.scopes = [...ROLE_SCOPES.owner]
  }
  return session
}
async function choose(selector: string, value: string): Promise<void> {
  const select = await appears<HTMLSelectElement>(selector)
  select.value = value
  select.dispatchEvent(new Event('change', { bubbles: true }))
}

it('lists members and invitations, and changes a role after asking', async () => {
  asOwner()
  const member = fake.api.people.addMember('Grace Hollis', 'viewer')
  await openPortal(fake.api, '/organization')
  await appears('td', 'Grace Hollis')
  await expectAccessible()
  await choose('[aria-label="Role of Grace Hollis"]', 'approver')
  expect(await answer('Go back')).toContain('They are signed out')
  expect(fake.api.sent('POST', `/v1/members/${member.id}/change-role`)).toEqual([])
  expect(find<HTMLSelectElement>('[aria-label="Role of Grace Hollis"]')?.value).toBe('viewer')
  await choose('[aria-label="Role of Grace Hollis"]', 'approver')
  await answer('Change the role')
  await appears('.notice', 'Grace Hollis is approver now.')
  expect(fake.api.sent('POST', `/v1/members/${member.id}/change-role`)).toEqual([{ role: 'approver' }])
})

it('removes a member, and says why when that is refused', async () => {
  asOwner()
  const member = fake.api.people.addMember('Grace Hollis', 'viewer')
  await openPortal(fake.api, '/organization')
  const detail = 'The last owner stays.'
  fake.api.refuse(`/v1/members/${member.id}/remove`, { code: 'state-conflict', detail })
  await click('button', 'Remove')
  await answer('Remove')
  await appears('.notice', detail)
  await click('button', 'Remove')
  await answer('Remove')
  await appears('.notice', 'Grace Hollis was removed.')
  await expect.poll(() => find('td', 'Grace Hollis')).toBeUndefined()
})

it('signs a member out everywhere, and takes away what they have lost, each after asking', async () => {
  asOwner()
  const { id } = fake.api.people.addMember('Grace Hollis', 'approver')
  await openPortal(fake.api, '/organization')
  await click('summary', 'Actions')
  await expectAccessible()
  const menu = await appears('details[open]')
  menu.querySelector('button')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
  expect(menu.hasAttribute('open')).toBe(false)
  expect(focused()).toBe(menu.querySelector('summary'))
  await click('button', 'Sign out everywhere')
  await answer('Go back')
  expect(fake.api.sent('POST', `/v1/members/${id}/end-sessions`)).toEqual([])
  await click('button', 'Sign out everywhere')
  await answer('Sign them out')
  await appears('.notice', 'Grace Hollis is signed out everywhere.')
  expect(fake.api.sent('POST', `/v1/members/${id}/end-sessions`)).toHaveLength(1)
  await click('button', 'Reset second factors')
  await answer('Take them away')
  await appears('.badge', 'No second factor')
  expect(fake.api.sent('POST', `/v1/members/${id}/reset-second-factors`)).toHaveLength(1)
  expect(find('button', 'Reset second factors')).toBeUndefined()
  await expectAccessible()
})

it('offers nobody to do these things to themselves', async () => {
  const { user } = asOwner()
  fake.api.people.addMember('Ada Quill', 'owner', user.id)
  fake.api.people.addMember('Olive Owner', 'owner')
  await openPortal(fake.api, '/organization')
  await appears('.badge', 'You')
  await appears('[aria-label="Actions for Olive Owner"]')
  expect(find('[aria-label="Actions for Ada Quill"]')).toBeUndefined()
  await appears('button', 'Leave Harborview Coffee')
})

it('tells the only owner why they stay, and lets them go once there is another', async () => {
  const { user } = asOwner()
  fake.api.people.addMember('Ada Quill', 'owner', user.id)
  fake.api.people.addMember('Grace Hollis', 'administrator')
  await openPortal(fake.api, '/organization')
  await appears('p', 'You are the only owner of Harborview Coffee.')
  await appears('small', 'The only owner')
  expect(find('button', 'Leave Harborview Coffee')).toBeUndefined()
  expect(find('[aria-label="Role of Ada Quill"]')).toBeUndefined()
  await expectAccessible()
  await choose('[aria-label="Role of Grace Hollis"]', 'owner')
  await answer('Change the role')
  await appears('button', 'Leave Harborview Coffee')
  await appears('[aria-label="Role of Ada Quill"]')
})

it('leads to setting up a platform', async () => {
  fake.signedIn()
  await openPortal(fake.api, '/organization')
  await click('a', 'Set up a platform')
  await appears('h1', 'Set up your platform')
})

it('invites by mail, and takes an invitation back', async () => {
  asOwner()
  await openPortal(fake.api, '/organization')
  await type('#email', 'nonsense')
  await click('button', 'Invite')
  await appears('.wrong', 'must be an e-mail address')
  await type('#email', 'new@bakery.example')
  await click('button', 'Invite')
  await appears('.notice', 'A link is on its way to new@bakery.example')
  expect(fake.api.sent('POST', '/v1/invitations')).toEqual([{ email: 'new@bakery.example', role: 'viewer' }])
  await click('button', 'Take back')
  await appears('.badge', 'revoked')
  await expectAccessible()
})

it('shows an administrator no way to decide about owners or to close', async () => {
  fake.signedIn()
  fake.api.people.addMember('Olive Owner', 'owner')
  await openPortal(fake.api, '/organization')
  await appears('td', 'Olive Owner')
  expect(find('[aria-label="Actions for Olive Owner"]')).toBeUndefined()
  expect(find('button', 'Close the organization')).toBeUndefined()
  expect([...(find('#role')?.querySelectorAll('option') ?? [])].map(({ value }) => value)).not.toContain('owner')
})

it('closes the organization only under its name, and says what is left', async () => {
  const session = asOwner()
  const { id, name } = session.organizations[0] ?? { id: '', name: '' }
  await openPortal(fake.api, '/organization')
  expect((await appears('.critical p', 'for ever')).textContent).toMatch(/wait to go to the bank\s+are canceled/)
  await type('#name', 'Harbor')
  await click('button', 'Close the organization')
  await appears('.wrong', 'letter by letter')
  expect(fake.api.sent('POST', `/v1/organizations/${id}/close`)).toEqual([])
  await type('#name', name)
  await click('button', 'Close the organization')
  await appears('.notice', 'This organization is being closed.')
  await expectAccessible()
})

it('whoever leaves their only organization can create another', async () => {
  fake.signedIn()
  await openPortal(fake.api, '/organization')
  await click('button', 'Leave Harborview Coffee')
  await answer('Leave')
  await appears('h1', 'No organization')
  await expectAccessible()
  await click('button', 'Create the organization')
  await appears('.wrong', 'must not be empty')
  await type('#name', 'Own Bakery')
  await click('button', 'Create the organization')
  await appears('strong', 'Own Bakery')
})
