import { expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { readEntraSettings } from './settings.ts'

const TENANT = '3f0a7c1e-8a52-4a57-9d5b-0d8a6f1f2b11'
const ours = {
  FISTWORKS_ENTRA_AUTHORITY: `https://contoso.ciamlogin.com/${TENANT}/v2.0/`,
  FISTWORKS_ENTRA_CLIENT_ID: '8d0a46c2-5be9-4e53-9bb4-5a0b7b7f5f60',
  FISTWORKS_ENTRA_TENANT_ID: TENANT,
}

test('without any of its settings there is no sign-in with Entra', () => {
  expect(readEntraSettings({ FISTWORKS_PORT: '1' })).toBeUndefined()
  expect(readEntraSettings({ FISTWORKS_ENTRA_NAME: undefined })).toBeUndefined()
})

test('three settings are enough for a tenant at ciamlogin.com', () => {
  expect(readEntraSettings(ours)).toEqual({
    name: 'Microsoft',
    authority: `https://contoso.ciamlogin.com/${TENANT}/v2.0`,
    clientId: ours.FISTWORKS_ENTRA_CLIENT_ID,
    tenantId: TENANT,
    scopes: ['openid', 'profile', 'email'],
    issuer: `https://${TENANT}.ciamlogin.com/${TENANT}/v2.0`,
    keysAddress: `https://contoso.ciamlogin.com/${TENANT}/discovery/v2.0/keys`,
  })
})

test('an authority elsewhere says its issuer and where its keys are', () => {
  const elsewhere = { ...ours, FISTWORKS_ENTRA_AUTHORITY: 'https://login.contoso.example/oidc' }
  expect(() => readEntraSettings(elsewhere)).toThrow('FISTWORKS_ENTRA_ISSUER')
  expect(() => readEntraSettings({ ...elsewhere, FISTWORKS_ENTRA_ISSUER: 'https://login.contoso.example' })).toThrow(
    'FISTWORKS_ENTRA_JWKS_URI must be set when',
  )
  const told = {
    ...elsewhere,
    FISTWORKS_ENTRA_ISSUER: 'https://login.contoso.example',
    FISTWORKS_ENTRA_JWKS_URI: 'https://login.contoso.example/jwks',
    FISTWORKS_ENTRA_NAME: 'Contoso',
    FISTWORKS_ENTRA_SCOPES: 'openid profile',
  }
  const live = { FISTWORKS_PUBLIC_ORIGIN: 'https://ach.example.com', FISTWORKS_ALLOW_LOCAL_KEY_FILE: 'yes' }
  expect(readConfig('live', { ...live, ...told }).entra).toEqual(readEntraSettings(told))
  expect(readEntraSettings(told)).toMatchObject({
    name: 'Contoso',
    issuer: 'https://login.contoso.example',
    keysAddress: 'https://login.contoso.example/jwks',
    scopes: ['openid', 'profile'],
  })
})

test.each([
  [{ FISTWORKS_ENTRA_TENANT_ID: undefined }, 'FISTWORKS_ENTRA_TENANT_ID'],
  [{ FISTWORKS_ENTRA_TENANT_ID: 'common' }, 'FISTWORKS_ENTRA_TENANT_ID'],
  [{ FISTWORKS_ENTRA_CLIENT_ID: 'a b' }, 'FISTWORKS_ENTRA_CLIENT_ID'],
  [{ FISTWORKS_ENTRA_AUTHORITY: 'http://contoso.ciamlogin.com/x' }, 'FISTWORKS_ENTRA_AUTHORITY'],
  [{ FISTWORKS_ENTRA_AUTHORITY: 'https://a@contoso.ciamlogin.com/x' }, 'FISTWORKS_ENTRA_AUTHORITY'],
  [{ FISTWORKS_ENTRA_SCOPES: 'profile' }, 'FISTWORKS_ENTRA_SCOPES'],
])('a wrong setting is named: %j', (change, name) => {
  expect(() => readEntraSettings({ ...ours, ...change })).toThrow(name)
})
