import { MACHINE_SCOPES, PLATFORM_ADMINISTRATOR_SCOPES, ROLE_SCOPES, type Role, type Scope } from '@fistworks/contract'
import type { TestApi } from '../../src/testing/api.ts'

/** An operation as the OpenAPI document tells of it. What is expected of the server is derived from this alone. */
export interface Described {
  id: string
  method: string
  path: string
  /** `null` for sign-in and the signed-in person's own session. */
  scope: Scope | null
  hasId: boolean
  hasBody: boolean
  /** Works within one organization, not in the control plane. */
  isOfTenant: boolean
  /** Is about an accounting product itself, whoever works in its organizations. */
  isOfPlatform: boolean
  /** Whom it asks for a fresh proof that it is they: only a person may call it, or only people are asked. */
  stepUp: 'person' | 'people' | null
  /** The fields of the body that it asks for the proof for; `null` when it always does. */
  stepUpFor: readonly string[] | null
}

interface Document {
  paths: Record<string, Record<string, Record<string, unknown> & { operationId: string }>>
}

export async function describedOperations(api: TestApi): Promise<Described[]> {
  const document = (await (await api.send('GET', '/openapi.json')).json()) as Document
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, told]) => ({
      id: told.operationId,
      method: method.toUpperCase(),
      path,
      scope: (told['x-fistworks-scope'] ?? null) as Scope | null,
      hasId: path.includes('{id}'),
      hasBody: 'requestBody' in told,
      isOfPlatform: path.startsWith('/v1/platforms'),
      isOfTenant: ['read', 'write', 'outside', 'export'].includes(String(told['x-fistworks-effect'])),
      stepUp: (told['x-fistworks-step-up'] ?? null) as Described['stepUp'],
      stepUpFor: (told['x-fistworks-step-up-for'] ?? null) as Described['stepUpFor'],
    })),
  )
}

export const isMachineScope = (scope: Scope) => (MACHINE_SCOPES as readonly Scope[]).includes(scope)
export const isOfPlatformPerson = (scope: Scope) => (PLATFORM_ADMINISTRATOR_SCOPES as readonly Scope[]).includes(scope)
export const isOfRole = (role: Role, scope: Scope) => (ROLE_SCOPES[role] as readonly Scope[]).includes(scope)
