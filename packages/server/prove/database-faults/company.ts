import { MACHINE_SCOPES } from '@fistworks/contract'
import { count, eq } from 'drizzle-orm'
import { auditEvents, controlAuditEvents } from '../../src/audit/table.ts'
import { byHand } from '../../src/storage/testing/by-hand.ts'
import type { TestApi } from '../../src/testing/api.ts'
import { signIn } from '../../src/testing/portal-person.ts'

export type Person = Awaited<ReturnType<typeof signIn>> & { email: string }

export interface Company {
  organization: string
  /** A request with the company's own key. */
  send(method: string, path: string, body: unknown, idempotencyKey?: string): Promise<Response>
  /** The same, done. */
  made(path: string, body: unknown): Promise<{ id: string; version: number }>
  /** An administrator who has just signed in. */
  person(): Promise<Person>
  /** An administrator who has just proven with a passkey that it is they. */
  proven(): Promise<Person>
}

let names = 0
export const fresh = (word: string) => `${word}${++names}`

/** A company that nothing was done in yet, so that no limit of a company, a key or a person is met. */
export async function createCompany(api: TestApi, platformId: string): Promise<Company> {
  const organization = await api.addOrganization(platformId, fresh('Company '))
  const key = await api.addKey({ organizationId: organization }, [...MACHINE_SCOPES])
  const send: Company['send'] = (method, path, body, idempotencyKey = fresh('k')) =>
    api.send(method, path, { key, body, headers: { 'Idempotency-Key': idempotencyKey } })
  async function person(): Promise<Person> {
    const email = `${fresh('ada')}@example.com`
    await api.addMember(organization, email, 'administrator')
    fromElsewhere(api)
    return Object.assign(await signIn(api, email), { email })
  }
  return {
    organization,
    send,
    person,
    async made(path, body) {
      const response = await send('POST', path, body)
      if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
      return (await response.json()) as { id: string; version: number }
    },
    async proven() {
      const one = await person()
      await one.addPasskey()
      await one.stepUp()
      return one
    },
  }
}

/** Another network, so that no limit of one is met. */
export function fromElsewhere(api: TestApi): void {
  names += 1
  api.network.address = `198.51.${Math.floor(names / 250) % 250}.${(names % 250) + 1}`
}

/** How many events of an action there are in all chains. */
export async function eventsOf(api: TestApi, action: string): Promise<number> {
  const { control, tenants } = api.parts.databases
  const ofControl = byHand(control).read.select({ n: count() }).from(controlAuditEvents)
  let found = (await ofControl.where(eq(controlAuditEvents.action, action)))[0]?.n ?? 0
  for (const tenant of tenants()) {
    const ofTenant = byHand(tenant).read.select({ n: count() }).from(auditEvents)
    found += (await ofTenant.where(eq(auditEvents.action, action)))[0]?.n ?? 0
  }
  return found
}
