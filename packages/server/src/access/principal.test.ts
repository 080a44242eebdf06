import { expect, test } from 'vitest'
import { actorOf, type Principal, principalKey, viaOf } from './principal.ts'

/** As much of a caller as its names are made of. */
const caller = (part: object) => part as Principal
const key = caller({ type: 'apiKey', id: 'key_1', name: 'Back end', platformId: 'plt_1' })
const user = caller({ type: 'user', userId: 'usr_1', sessionId: 'ses_1', name: 'Ada' })
const session = {
  type: 'embedSession',
  id: 'ems_1',
  organizationId: 'org_1',
  endUser: { externalId: 'maya', name: 'Maya' },
}
const ofPlatform = caller({ ...session, platformId: 'plt_1' })
const ofOrganization = caller({ ...session, platformId: null })

test.each([
  [key, { type: 'apiKey', id: 'key_1', name: 'Back end' }, 'apiKey:key_1', { type: 'apiKey', id: 'key_1' }],
  [user, { type: 'user', id: 'usr_1', name: 'Ada' }, 'user:usr_1', { type: 'portalSession', id: 'ses_1' }],
  [
    ofPlatform,
    { type: 'endUser', id: 'plt_1/maya', name: 'Maya' },
    'endUser:plt_1/maya',
    { type: 'embedSession', id: 'ems_1' },
  ],
  [
    ofOrganization,
    { type: 'endUser', id: 'org_1/maya', name: 'Maya' },
    'endUser:org_1/maya',
    { type: 'embedSession', id: 'ems_1' },
  ],
] as const)('%o has one name in the audit log and one for its limits', (principal, actor, name, via) => {
  expect(actorOf(principal)).toEqual(actor)
  expect(principalKey(principal)).toBe(name)
  expect(viaOf(principal)).toEqual(via)
})
