import { PROBLEMS, type ProblemCode } from '@fistworks/contract'
import { generatedFile } from '../src/ach-files/delivery.ts'
import { startFile, startPlaces } from '../src/storage/testing/start-places.ts'
import { submissionStore } from '../src/submissions/store.ts'
import { allCallers } from './tenancy/callers.ts'
import { type Described, describedOperations } from './tenancy/described.ts'
import type { Caller, Expected } from './tenancy/expected.ts'
import { requestOf } from './tenancy/requests.ts'
import { createWorld, type Tenant, UNKNOWN, type World } from './tenancy/world.ts'

export const defaults = { rounds: 1 }

interface Options {
  rounds: number
  seed: number
  log(line: string): void
}

/**
 * Every operation of the OpenAPI document, called by every kind of caller with the ids of an organization that is not
 * theirs. A breach is another status than the document and the scopes of the contract ask for, an answer to a foreign id
 * that differs from the answer to an id that nothing has, or a byte of the other organization anywhere in an answer.
 */
export async function prove({ rounds, log }: Options) {
  const breaches: string[] = []
  let checks = 0
  let size = ''
  for (let round = 0; round < rounds; round++) {
    for (const layout of LAYOUTS) {
      const home = await layout.open()
      try {
        const found = await proveIn(await createWorld(home.places, layout.homes))
        checks += found.checks
        size = found.size
        breaches.push(...found.breaches.map((breach) => `${layout.name}: ${breach}`))
        log(`${layout.name}: ${found.size} = ${found.checks} checks, ${found.breaches.length} leaks`)
      } finally {
        await home.close()
      }
    }
  }
  return { figures: { matrix: size, layouts: LAYOUTS.length, checks, leaks: breaches.length }, breaches }
}

const LAYOUTS = [
  { name: 'one database', homes: ['main', 'main'], open: async () => ({ places: {}, close: async () => {} }) },
  { name: 'two databases', homes: ['main', 'west'], open: async () => startFile('west') },
  { name: 'two databases on servers', homes: ['main', 'west'], open: () => startPlaces('control', 'main', 'west') },
]

async function proveIn(world: World) {
  const breaches: string[] = []
  try {
    const operations = inOrder(await describedOperations(world.api))
    const callers = await allCallers(world)
    const checks = await runMatrix(world, operations, callers, breaches)
    breaches.push(...(await filesWithForeignBytes(world)))
    breaches.push(...world.api.errors.map((error) => `unexpected: ${String(error)}`))
    return { size: `${operations.length} operations × ${callers.length} callers`, checks, breaches }
  } finally {
    await world.close()
  }
}

/** Leaving, being removed and signing out come last: each caller is somebody until then. */
function inOrder(operations: readonly Described[]): Described[] {
  const isEnd = ({ id }: Described) => ENDS.has(id)
  return [...operations.filter((one) => !isEnd(one)), ...operations.filter(isEnd)]
}

const ENDS = new Set(['members.remove', 'members.leave', 'account.close', 'portalSession.end'])

async function runMatrix(
  world: World,
  operations: readonly Described[],
  callers: readonly Caller[],
  breaches: string[],
): Promise<number> {
  let checks = 0
  const before = await viewOf(world.victim, world, operations)
  let isUntouched = true
  for (const caller of callers) {
    if (caller.isInside && isUntouched) {
      isUntouched = false
      const after = await viewOf(world.victim, world, operations)
      if (after !== before) breaches.push('callers from outside have changed something')
    }
    await world.renew()
    for (const operation of operations) {
      checks += 1
      breaches.push(...(await check(world, operation, caller)).map((why) => `${operation.id}, ${caller.name}: ${why}`))
    }
  }
  return checks
}

let calls = 0

async function call(world: World, operation: Described, caller: Caller, ids = world.victim.ids) {
  calls += 1
  world.api.network.address = `198.51.${Math.floor(calls / 250) % 250}.${calls % 250}`
  const response = await caller.send(requestOf(operation, ids))
  return { status: response.status, text: await response.text() }
}

async function check(world: World, operation: Described, caller: Caller): Promise<string[]> {
  const expected = caller.expects(operation)
  const { status, text } = await call(world, operation, caller)
  const why: string[] = []
  if (!isAsExpected(status, text, expected)) why.push(`${status} ${codeOf(text)}, not ${String(expected.status)}`)
  if (!caller.isInside) {
    // The trail of the caller's own refusals names what the caller asked for.
    const hidden = operation.scope?.startsWith('audit-events')
      ? world.victim.canaries.slice(0, 1)
      : world.victim.canaries
    const seen = hidden.find((canary) => text.includes(canary))
    if (seen !== undefined) why.push(`the answer holds ${seen}`)
  }
  if (expected.sameAsUnknown) {
    const unknown = await call(world, operation, caller, UNKNOWN)
    if (unknown.status !== status || withoutRequest(unknown.text) !== withoutRequest(text)) {
      why.push(
        `the answer differs from the one about an id that nothing has: ${unknown.status} ${codeOf(unknown.text)}`,
      )
    }
  }
  return why
}

const CLOSED: readonly ProblemCode[] = [
  'unauthenticated',
  'session-expired',
  'forbidden',
  'origin-not-allowed',
  'forged-request',
  'not-found',
]

function isAsExpected(status: number, text: string, expected: Expected): boolean {
  if (expected.status === 'answered') return status < 500 && status !== 429
  if (expected.status === 'open')
    return status < 500 && status !== 429 && (status < 400 || !CLOSED.some((code) => code === codeOf(text)))
  return expected.status.includes(status)
}

function codeOf(text: string): string {
  const code = /"code":"([a-z-]+)"/.exec(text.slice(0, 2000))?.[1] ?? ''
  return code in PROBLEMS ? code : ''
}

/** Only the name of the request may differ. */
const withoutRequest = (text: string) => text.replaceAll(/req_\w+/g, 'req')

/** Everything the platform of a tenant can read of it. The audit log grows with refusals and is left out. */
async function viewOf(tenant: Tenant, world: World, operations: readonly Described[]): Promise<string> {
  const seen: string[] = []
  for (const operation of operations) {
    if (operation.method !== 'GET' || operation.scope === null || operation.scope.startsWith('audit-events')) continue
    const { path } = requestOf(operation, tenant.ids)
    const sent = { key: tenant.platformKey, organization: tenant.ids.organization }
    seen.push(`${operation.id} ${withoutRequest(await (await world.api.send('GET', path, sent)).text())}`)
  }
  return seen.join('\n')
}

/** The files that banks get hold nothing of another company, and neither do the mails. */
async function filesWithForeignBytes(world: World): Promise<string[]> {
  const why: string[] = []
  for (const [mine, theirs] of [
    [world.victim, world.other],
    [world.other, world.victim],
  ] as const) {
    const { organization, submission } = mine.ids
    const storage = await world.api.parts.databases.tenantOf(organization)
    const vault = await world.api.parts.vault.forOrganization(organization)
    const row = await submissionStore(storage.read, organization).find(submission)
    const bytes = await generatedFile(storage.read, vault, organization, row?.achFileId ?? '')
    const text = Buffer.from(bytes).toString('latin1')
    if (!text.includes(mine.canaries[0] ?? '-')) why.push('a file does not name its own company: nothing was looked at')
    if (theirs.canaries.some((canary) => text.includes(canary))) why.push('a file holds bytes of another company')
  }
  return why
}
