import { expect, test } from 'vitest'
import { actorOf, type Principal, principalKey, viaOf } from './principal.ts'

const key = { type: 'apiKey', id: 'key_1', name: 'Back end', platformId: 'plt_1' } as Principal
const user = { type: 'user', userId: 'usr_1', sessionId: 'ses_1', name: 'Ada' } as Principal
const endUser = { externalId: 'maya', name: 'Maya' }
const ofPlatform = {
  type: 'embedSession',
  id: 'ems_1',
  platformId: 'plt_1',
  organizationId: 'org_1',
  endUser,
} as Principal
const ofOrganization = { ...ofPlatform, platformId: null } as Principal

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
