import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startFile } from '../../src/storage/testing/start-places.ts'
import { createTestApi, type TestApi } from '../../src/testing/api.ts'
import { accountOf, connectionOf, fileOf, recipientOf } from './things.ts'
import { type Ids, UNKNOWN } from './world.ts'

/** What a tenant can do next; `pick` chooses among what it has. */
type Step = {
  do: 'connection' | 'account' | 'recipient' | 'rename' | 'archive' | 'file' | 'request' | 'list' | 'audit'
  pick: number
}

const step = fc.record<Step>({
  do: fc.constantFrom('connection', 'account', 'recipient', 'rename', 'archive', 'file', 'request', 'list', 'audit'),
  pick: fc.nat(20),
})
const play = fc.array(fc.record({ who: fc.constantFrom(0, 1), step }), { minLength: 4, maxLength: 24 })

const START = new Date('2026-11-23T15:00:00Z')

interface Player {
  key: string
  organization: string
  made: Record<'connection' | 'account' | 'recipient' | 'file', string[]>
  seen: string[]
}

async function enter(api: TestApi, database: string): Promise<Player> {
  const { platformId, apiKey } = await api.addPlatform('Platform')
  const organization = await api.addOrganization(platformId, 'Company', database)
  return { key: apiKey, organization, made: { connection: [], account: [], recipient: [], file: [] }, seen: [] }
}

const chosen = (from: readonly string[], pick: number, otherwise: string) =>
  from[pick % Math.max(1, from.length)] ?? otherwise

function callOf(player: Player, { do: what, pick }: Step, number: number): [string, string, object?] {
  const { made } = player
  const ids: Ids = {
    ...UNKNOWN,
    bankConnection: chosen(made.connection, pick, UNKNOWN.bankConnection),
    bankAccount: chosen(made.account, pick, UNKNOWN.bankAccount),
    recipient: chosen(made.recipient, pick, UNKNOWN.recipient),
    achFile: chosen(made.file, pick, UNKNOWN.achFile),
  }
  switch (what) {
    case 'connection':
      return ['POST', '/v1/bank-connections', connectionOf(`n${number}`)]
    case 'account':
      return ['POST', '/v1/bank-accounts', accountOf(`n${number}`, ids)]
    case 'recipient':
      // Both tenants use the same numbers and the same ids of their own.
      return ['POST', '/v1/recipients', recipientOf('vendor', String(pick).padStart(4, '0'))]
    case 'rename':
      return ['PATCH', `/v1/recipients/${ids.recipient}`, { name: `n${number}` }]
    case 'archive':
      return ['POST', `/v1/recipients/${ids.recipient}/archive`, {}]
    case 'file':
      return ['POST', '/v1/ach-files', fileOf(`n${number}`, ids)]
    case 'request':
      return ['POST', `/v1/ach-files/${ids.achFile}/request-approval`, { version: 1 }]
    case 'list':
      return ['GET', pick % 2 === 0 ? '/v1/recipients?limit=3' : '/v1/ach-files']
    case 'audit':
      return ['GET', '/v1/audit-events?limit=5']
  }
}

const ROOM = { connection: 'connection', account: 'account', recipient: 'recipient', file: 'file' } as const

async function take(api: TestApi, player: Player, next: Step): Promise<void> {
  const number = player.seen.length
  // A millisecond after the tenant's last request: ids of one millisecond have no order, and lists are in that of ids.
  api.clock.now = new Date(START.getTime() + number)
  const [method, path, body] = callOf(player, next, number)
  const response = await api.send(method, path, {
    key: player.key,
    organization: player.organization,
    headers: { 'Idempotency-Key': `k${number}` },
    ...(body === undefined ? {} : { body }),
  })
  const text = await response.text()
  if (response.status === 201 && next.do in ROOM) {
    player.made[next.do as keyof typeof ROOM].push((JSON.parse(text) as { id: string }).id)
  }
  player.seen.push(`${next.do} ${response.status} ${text}`)
}

/** Ids, requests, cursors, hashes and times are told apart by the order in which they come, as they differ from run to run. */
function normalised(seen: readonly string[]): string[] {
  const names = new Map<string, string>()
  const nameOf = (found: string) => {
    const kind = /^[a-z]+_/.exec(found)?.[0] ?? ''
    if (!names.has(found)) names.set(found, `${kind}${names.size}`)
    return names.get(found) ?? ''
  }
  return seen.map((text) =>
    text
      .replaceAll(/req_\w+/g, 'req')
      .replaceAll(/"nextCursor":"[^"]+"/g, '"nextCursor":"…"')
      .replaceAll(/"(hash|previousHash)":"[0-9a-f]+"/g, '"$1":"…"')
      .replaceAll(/\b[a-z]{3}_[0-9a-z]{26}\b/g, nameOf),
  )
}

async function run(
  steps: readonly { who: number; step: Step }[],
  players: readonly number[],
): Promise<Map<number, string[]>> {
  const home = startFile('west')
  const api = await createTestApi(START, home.places)
  try {
    const inside = new Map<number, Player>()
    for (const who of players) inside.set(who, await enter(api, who === 0 || steps.length % 2 === 0 ? 'main' : 'west'))
    for (const { who, step: next } of steps) {
      const player = inside.get(who)
      if (player !== undefined) await take(api, player, next)
    }
    expect(api.errors).toEqual([])
    return new Map([...inside].map(([who, { seen }]) => [who, normalised(seen)]))
  } finally {
    await api.close()
    await home.close()
  }
}

test('two tenants side by side, whatever they do, each see exactly what they would see alone', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(play, async (steps) => {
      const together = await run(steps, [0, 1])
      for (const who of [0, 1]) expect(together.get(who)).toEqual((await run(steps, [who])).get(who))
    }),
    { numRuns: 15 },
  )
})
