import { ROLE_SCOPES } from '@fistworks/contract'
import { expect, it } from 'vitest'
import { answer, appears, click, expectAccessible, find, openPortal, useFakeApi } from '../testing/portal.ts'

const fake = useFakeApi()

it('says that the review is overdue, and goes through it with one click for each access', async () => {
  const session = fake.signedIn()
  for (const organization of session.organizations) organization.scopes = [...ROLE_SCOPES.owner]
  const [grace, vera] = [fake.api.people.addMember('Grace', 'approver'), fake.api.people.addMember('Vera', 'viewer')]
  await openPortal(fake.api, '/organization')
  await appears('.notice', 'Overdue since')
  await expectAccessible()
  await click('button', 'Begin a review')
  await appears('[aria-label="Confirm Grace"]')
  await expectAccessible()
  await click('[aria-label="Confirm Grace"]')
  await appears('.badge', 'confirmed')
  await click('[aria-label="Revoke Vera"]')
  await answer('Go back')
  await click('[aria-label="Revoke Vera"]')
  await answer('Take it away')
  await appears('.notice', 'The review is complete.')
  await expect.poll(() => find('.notice', 'Overdue since')).toBeUndefined()
  await expect.poll(() => find('portal-members td', 'Vera') ?? find('[aria-label="Actions for Vera"]')).toBeUndefined()
  const sent = fake.api.state.requests.filter(({ path }) => path.endsWith('/decide')).map(({ body }) => body)
  expect(sent).toEqual([
    { subjectId: grace.id, decision: 'confirmed' },
    { subjectId: vera.id, decision: 'revoked' },
  ])
})

it('shows somebody who may not decide when it is due, and no way to begin', async () => {
  const session = fake.signedIn()
  for (const organization of session.organizations) organization.scopes = ['organizations:read', 'members:read']
  await openPortal(fake.api, '/organization')
  await appears('.notice', 'Overdue since')
  expect(find('button', 'Begin a review')).toBeUndefined()
})
