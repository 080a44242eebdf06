import { appendFile, mkdir, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeReturns } from '@fistworks/nacha'
import { afterEach, describe, expect, test } from 'vitest'
import type { BankConnectionRow } from '../bank-connections/table.ts'
import { BankFault } from '../banks/bank-fault.ts'
import { LIMITS } from '../limits.ts'
import { listReturns } from '../returns/service.ts'
import { connectToTestBank } from '../submissions/testing/delivery.ts'
import { newId } from '../new-id.ts'
import { machine, MONDAY } from '../testing/context.ts'
import { fetchFromBank } from './at-bank.ts'
import { enqueueDuePolls } from './schedule.ts'
import { listInboundFiles, listInboundPolls, reprocessInboundFile } from './service.ts'
import { inboundFileWriter } from './store.ts'
import { createInboundWorld, type InboundWorld, stamp } from './testing/inbound.ts'

let world: InboundWorld
afterEach(() => world.close())

async function start(over: Partial<BankConnectionRow> = {}): Promise<void> {
  world = await createInboundWorld(over)
}
const files = async () => (await world.organization.read((ctx) => listInboundFiles(ctx, {}))).data
const returns = async () => (await world.organization.read((ctx) => listReturns(ctx, {}))).data
const problem = async () => (await world.organization.read(listInboundPolls)).data[0]?.problem ?? null
const taken = async () => (await import('node:fs/promises')).readdir(world.server.taken)

async function returnFile(code = 'R03') {
  const { nacha } = await world.submit([{ amountCents: 4_200 }])
  return makeReturns(nacha, [{ batch: 0, entry: 0, code }], stamp()).file
}

describe('after processing', () => {
  test('a file stays where it is, is read twice and then left alone', async () => {
    await start()
    await world.put('a.ach', await returnFile())
    for (let poll = 0; poll < 4; poll++) await world.poll()
    expect(await world.atBank()).toEqual(['a.ach'])
    expect(world.server.seen.get('OPEN')).toBe(2)
    expect(await returns()).toHaveLength(1)
  })

  test('a file is moved, and one of the same name after it gets a name of its own', async () => {
    await start({ afterProcessing: 'move' })
    await world.put('a.ach', await returnFile('R03'))
    await world.poll()
    await world.put('a.ach', await returnFile('R02'))
    await world.poll()
    expect(await world.atBank()).toEqual([])
    expect((await taken()).map((name) => name.replace(/[0-9a-f]{8}$/, '#')).sort()).toEqual(['a.ach', 'a.ach.#'])
    expect((await returns()).map(({ code }) => code)).toEqual(['R02', 'R03'])
  })

  test('a file is deleted, but never one that is not understood, until it is', async () => {
    await start({ afterProcessing: 'delete' })
    await world.put('a.ach', await returnFile())
    await world.put('odd.ach', 'who knows')
    for (let poll = 0; poll < 4; poll++) await world.poll()
    expect(await world.atBank()).toEqual(['odd.ach'])
    const odd = (await files()).find(({ name }) => name === 'odd.ach')
    await world.organization.write(machine, (ctx) => reprocessInboundFile(ctx, odd?.id ?? ''))
    await world.work()
    expect((await files()).find(({ name }) => name === 'odd.ach')).toMatchObject({ state: 'notUnderstood' })
  })

  test('a bank that lets nobody delete is told of, and the file is processed all the same', async () => {
    await start({ afterProcessing: 'delete' })
    world.server.plan([{ request: 'REMOVE', at: 'every', what: 'noPermission' }])
    await world.put('a.ach', await returnFile())
    await world.poll()
    expect(await problem()).toContain('“a.ach” was processed, but it could not be taken away at the bank.')
    expect(await returns()).toHaveLength(1)
  })
})

describe('what is not fetched', () => {
  test('a file that grows is read when it has its size', async () => {
    await start()
    const whole = await returnFile()
    const { encodeFile } = await import('@fistworks/nacha')
    const bytes = whole === null ? new Uint8Array() : encodeFile(whole)
    const path = join(world.server.outbox, 'a.ach')
    await writeFile(path, bytes.subarray(0, 300))
    await world.organization.write(machine, (ctx) => fetchFromBank(ctx, world.connectionId, {}))
    await world.worker().runOnce()
    expect(await files()).toEqual([])
    await appendFile(path, bytes.subarray(300))
    world.pass(3_000)
    await world.worker().runOnce()
    expect(await files()).toEqual([])
    await world.work()
    expect(await files()).toMatchObject([{ state: 'processed', sizeBytes: bytes.length }])
  })

  test('names of files being written, links, directories and names with odd characters', async () => {
    await start()
    for (const name of ['.hidden', 'x.ach.part', 'y.tmp', 'bell\u0007.ach', 'back\\slash.ach'])
      await world.put(name, 'x')
    await mkdir(join(world.server.outbox, 'folder'))
    await symlink('/etc/passwd', join(world.server.outbox, 'link.ach'))
    await world.poll()
    expect(await files()).toEqual([])
    const text = await problem()
    expect(text).toContain('“bell?.ach” was left at the bank. Its name holds characters that no file may have.')
    expect(text).toContain('back\\slash.ach')
  })

  test('a file past the limit, with words that name it', async () => {
    await start()
    await world.put('huge.ach', 'x')
    await truncate(join(world.server.outbox, 'huge.ach'), LIMITS.inboundFileBytes + 1)
    await world.put('a.ach', await returnFile())
    await world.poll()
    expect(await problem()).toContain('“huge.ach” was left at the bank. It is larger than 64 MB')
    expect((await files()).map(({ name }) => name)).toEqual(['a.ach'])
  })

  test('what is more than a day may bring, and it is fetched a day later', async () => {
    await start()
    const { organization, connectionId, tenants } = world
    const received = {
      bankConnectionId: connectionId,
      state: 'notUnderstood' as const,
      receivedAt: MONDAY.toISOString(),
    }
    await organization.storage.write((tx) =>
      inboundFileWriter(tx, organization.id).add({
        ...received,
        id: newId('inb', tenants.clock.now),
        name: 'most of it',
        sizeBytes: LIMITS.inboundBytesPerDay - 100,
        sha256: 'a'.repeat(64),
        destinationHash: null,
        server: null,
        kind: null,
        problem: null,
        round: 1,
        doneEntries: 0,
        entryCount: 0,
        otherCount: 0,
        repeatedCount: 0,
        processedAt: null,
      }),
    )
    await world.put('large.ach', 'x'.repeat(101))
    await world.poll()
    expect(await files()).toHaveLength(1)
    expect(await problem()).toContain('The rest stays at the bank')
    world.pass(86_400_000)
    await world.poll()
    expect(await files()).toHaveLength(2)
    expect(await problem()).toBeNull()
  })

  test('a name that was asked for and is not there', async () => {
    await start()
    await world.put('a.ach', await returnFile())
    await world.poll(['b.ach'])
    expect(await problem()).toBe('There is no file “b.ach” at the bank.')
    expect(await files()).toEqual([])
  })
})

describe('when it goes wrong', () => {
  test.each(['leave', 'move', 'delete'] as const)(
    'a crash after any step changes nothing in the end (%s)',
    async (afterProcessing) => {
      await start({ afterProcessing })
      const { nacha } = await world.submit([{ amountCents: 1_000 }, { amountCents: 2_000 }])
      const orders = [0, 1].map((entry) => ({ batch: 0, entry, code: 'R03' }))
      await world.put('a.ach', makeReturns(nacha, orders, stamp()).file)
      await world.organization.write(machine, (ctx) => fetchFromBank(ctx, world.connectionId, {}))
      const steps: string[] = []
      for (let crash = 1; crash <= 4; crash++) {
        let count = 0
        const checkpoint = (what: string) => {
          count += 1
          steps.push(what)
          if (count === crash) throw new Error(`the process ended after ${what}`)
        }
        const dying = world.worker({ checkpoint })
        await world.work(dying)
      }
      for (let poll = 0; poll < 2; poll++) await world.poll()
      expect(new Set(steps)).toEqual(
        new Set(afterProcessing === 'leave' ? ['stored', 'slice'] : ['stored', 'slice', 'cleared']),
      )
      expect(await files()).toMatchObject([{ state: 'processed', counts: { entries: 2, returns: 2, repeated: 0 } }])
      expect((await returns()).every(({ unmatched }) => unmatched === null)).toBe(true)
      expect(await world.atBank()).toEqual(afterProcessing === 'leave' ? ['a.ach'] : [])
    },
  )

  test('two workers at once process a file once', async () => {
    await start()
    await world.put('a.ach', await returnFile())
    for (let ask = 0; ask < 3; ask++) {
      await world.organization.write(machine, (ctx) => fetchFromBank(ctx, world.connectionId, {}))
    }
    await Promise.all([world.work(), world.work(), world.work()])
    expect(await files()).toMatchObject([{ counts: { entries: 1, returns: 1, repeated: 0 } }])
  })

  test('a bank that cannot be reached is spared, as by deliveries, until one look after a pause reaches it', async () => {
    await start()
    await world.put('a.ach', await returnFile())
    const line = { isDown: true, tries: 0 }
    const connect: typeof connectToTestBank = async (settings) => {
      line.tries++
      if (line.isDown) throw new BankFault('unreachable', 'ETIMEDOUT')
      return connectToTestBank(settings)
    }
    for (let look = 0; look < 5; look++) await world.poll(undefined, world.worker({ connect }))
    expect(line.tries).toBe(3)
    expect(await problem()).toContain('could not be reached several times')
    line.isDown = false
    await world.poll(['a.ach'], world.worker({ connect }))
    expect([line.tries, await returns()]).toEqual([3, []])
    world.pass(60_000)
    await world.work(world.worker({ connect }))
    expect([(await returns()).length, await problem()]).toEqual([1, null])
  })

  test('a bank that does not answer is told of; the next look goes on', async () => {
    await start()
    await world.put('a.ach', await returnFile())
    world.server.plan([{ request: 'READ', at: 1, what: 'dropBefore' }])
    await world.poll()
    expect(await problem()).toBe('The connection to the bank was lost.')
    await world.poll()
    expect([await problem(), (await returns()).length]).toEqual([null, 1])
  })
})

test('polls are enqueued as often as the connection says, each once', async () => {
  await start({ returnPollMinutes: 15 })
  const { tenants } = world
  let isOver = false
  const tick = async () => {
    let count = 0
    const newId = (await import('../new-id.ts')).newId
    for (const storage of tenants.databases.tenants()) {
      const { now } = tenants.clock
      const isClosed = async () => isOver
      count += await enqueueDuePolls(storage, now, (prefix) => newId(prefix, now), isClosed)
    }
    return count
  }
  await world.put('a.ach', await returnFile())
  expect([await tick(), await tick()]).toEqual([1, 0])
  await world.work()
  expect(await returns()).toHaveLength(1)
  world.pass(15 * 60_000)
  expect([await tick(), await tick()]).toEqual([1, 0])
  const { data } = await world.organization.read(listInboundPolls)
  expect(data).toMatchObject([{ bankConnectionId: world.connectionId, problem: null }])

  isOver = true
  world.pass(15 * 60_000)
  expect([await tick(), await tick()], 'the organization was closed').toEqual([0, 0])
  isOver = false
  expect(await tick(), 'and its connections are used no more').toBe(0)
})
