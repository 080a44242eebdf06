import { ROLE_SCOPES } from '@fistworks/contract'
import { afterEach, expect, it, vi } from 'vitest'
import { appears, click, expectAccessible, find, openPortal, type, useFakeApi } from '../testing/portal.ts'

const fake = useFakeApi()
afterEach(() => vi.restoreAllMocks())

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
  const asked = vi.spyOn(globalThis, 'confirm').mockReturnValueOnce(false).mockReturnValue(true)
  await choose('[aria-label="Role of Grace Hollis"]', 'approver')
  expect(fake.api.sent('POST', `/v1/members/${member.id}/change-role`)).toEqual([])
  expect(find<HTMLSelectElement>('[aria-label="Role of Grace Hollis"]')?.value).toBe('viewer')
  await choose('[aria-label="Role of Grace Hollis"]', 'approver')
  await appears('.notice', 'Grace Hollis is approver now.')
  expect(fake.api.sent('POST', `/v1/members/${member.id}/change-role`)).toEqual([{ role: 'approver' }])
  expect(asked).toHaveBeenCalledTimes(2)
})

it('removes a member, and says why when that is refused', async () => {
  asOwner()
  const member = fake.api.people.addMember('Grace Hollis', 'viewer')
  vi.spyOn(globalThis, 'confirm').mockReturnValue(true)
  await openPortal(fake.api, '/organization')
  const detail = 'The last owner stays.'
  fake.api.refuse(`/v1/members/${member.id}/remove`, { code: 'state-conflict', detail })
  await click('button', 'Remove')
  await appears('.notice', detail)
  await click('button', 'Remove')
  await appears('.notice', 'Grace Hollis was removed.')
  await expect.poll(() => find('td', 'Grace Hollis')).toBeUndefined()
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
  expect(find('[aria-label="Remove Olive Owner"]')).toBeUndefined()
  expect(find('button', 'Close the organization')).toBeUndefined()
  expect([...(find('#role')?.querySelectorAll('option') ?? [])].map(({ value }) => value)).not.toContain('owner')
})

it('closes the organization only under its name, and says what is left', async () => {
  const session = asOwner()
  const { id, name } = session.organizations[0] ?? { id: '', name: '' }
  await openPortal(fake.api, '/organization')
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
  vi.spyOn(globalThis, 'confirm').mockReturnValue(true)
  await openPortal(fake.api, '/organization')
  await click('button', 'Leave Harborview Coffee')
  await appears('h1', 'No organization')
  await expectAccessible()
  await click('button', 'Create the organization')
  await appears('.wrong', 'must not be empty')
  await type('#name', 'Own Bakery')
  await click('button', 'Create the organization')
  await appears('strong', 'Own Bakery')
})
