import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeFile, makeNotifications, makeReturns } from '@fistworks/nacha'
import { beforeEach, describe, expect, test } from 'vitest'
import { connectToTestBank } from '../submissions/testing/delivery.ts'
import { machine } from '../testing/context.ts'
import { addBankConnection } from '../testing/payments.ts'
import { fetchFromBank, listAtBank } from './at-bank.ts'
import { inboundContent } from './content.ts'
import { listInboundFiles } from './service.ts'
import { createInboundWorld, type InboundWorld, stamp } from './testing/inbound.ts'

let world: InboundWorld
beforeEach(async () => {
  world = await createInboundWorld({ afterProcessing: 'delete' })
  return () => world.close()
})

const bank = { connect: connectToTestBank }
const list = (id = world.connectionId) => world.organization.read((ctx) => listAtBank({ bank }, ctx, id))
const files = async () => (await world.organization.read((ctx) => listInboundFiles(ctx, {}))).data

describe('what lies at the bank', () => {
  test('is shown with what is left out and why, and nothing is fetched by looking', async () => {
    await world.put('a.ach', 'x')
    await world.put('b.part', 'x')
    await world.put('bell\u0007', 'x')
    const { result, audit } = await list()
    expect(result).toMatchObject({ directory: '/outbox', files: [{ name: 'a.ach', sizeBytes: 1 }], hasMore: false })
    expect(result.leftOut.map(({ name }) => name).sort()).toEqual(['b.part', 'bell?'])
    expect(audit).toMatchObject({ action: 'inboundFile.listed', targetId: world.connectionId })
    expect(await files()).toEqual([])
  })

  test('is fetched by name: the others stay', async () => {
    await world.put('a.ach', 'x')
    await world.put('b.ach', 'y')
    await world.poll(['b.ach'])
    expect((await files()).map(({ name }) => name)).toEqual(['b.ach'])
  })

  test('is not asked of a connection without a return directory, or of another tenant’s', async () => {
    const plain = await addBankConnection(world.organization)
    await expect(list(plain)).rejects.toMatchObject({ code: 'state-conflict' })
    const other = await world.tenants.organization()
    const byThem = other.write(machine, (ctx) => fetchFromBank(ctx, world.connectionId, {}))
    await expect(byThem).rejects.toMatchObject({ code: 'not-found' })
  })

  test('is listed no further than was asked for', async () => {
    for (let name = 0; name < 300; name++) await writeFile(join(world.server.outbox, `f${name}`), 'x')
    const session = await connectToTestBank(world.server.settings)
    try {
      const some = await session.listFiles('/outbox', 5)
      expect([some.files.length, some.isAll]).toEqual([5, false])
      const all = await session.listFiles('/outbox', 1_000)
      expect([all.files.length, all.isAll]).toEqual([300, true])
    } finally {
      await session.close()
    }
  })
})

test('an acknowledgement stays at the bank until the delivery of its file has read it', async () => {
  const { file } = await world.submit([{ amountCents: 100 }])
  const { fileName, sha256 } = file.generated ?? { fileName: '', sha256: '' }
  await world.put(`${fileName}.ack`, `ACCEPTED ${sha256}\n`)
  await world.put('someone-elses.ach.ack', `ACCEPTED ${sha256}\n\n`)
  await world.poll()
  expect((await files()).map(({ kind, state }) => [kind, state])).toEqual([
    ['acknowledgement', 'processed'],
    ['acknowledgement', 'processed'],
  ])
  expect(await world.atBank()).toEqual([`${fileName}.ack`])
})

test('a file is shown line by line in words, and no number of it, whatever part is asked for', async () => {
  const { nacha } = await world.submit([{ amountCents: 100 }, { amountCents: 250 }])
  const correction = { changeCode: 'C01', accountNumber: '99887766554' } as const
  await world.put('noc.ach', makeNotifications(nacha, [{ batch: 0, entry: 0, correction }], stamp()).file)
  await world.put('ret.ach', makeReturns(nacha, [{ batch: 0, entry: 1, code: 'R03' }], stamp(5)).file)
  await world.put('odd.txt', 'account 8800123456000001 at 091000019 is closed')
  await world.poll()
  for (const { id } of await files()) {
    const parts = [{}, { from: '3', limit: '1' }, { from: '4', limit: '2' }, { from: '9999' }]
    for (const query of parts) {
      const shown = await world.organization.read((ctx) => inboundContent(ctx, id, query))
      expect(JSON.stringify(shown)).not.toMatch(/8800123456|99887766554|91000019|00123456/)
    }
  }
  const returned = (await files()).find(({ name }) => name === 'ret.ach')
  const [addenda] = (
    await world.organization.read((ctx) => inboundContent(ctx, returned?.id ?? '', { from: '4', limit: '1' }))
  ).lines
  expect(addenda).toMatchObject({
    line: 4,
    fields: expect.arrayContaining([expect.objectContaining({ field: 'returnReasonCode', raw: 'R03' })]),
  })
})

test('also of a file in two-byte letters, of one without line ends, and of one that is one long line', async () => {
  const { nacha } = await world.submit([{ amountCents: 100 }])
  const returned = makeReturns(nacha, [{ batch: 0, entry: 0, code: 'R03' }], stamp()).file
  if (returned === null) throw new Error('The codec made no file.')
  const text = Buffer.from(encodeFile(returned)).toString('latin1')
  await world.put('two-byte.ach', Buffer.from(text, 'utf16le'))
  await world.put('unbroken.ach', text.replaceAll('\n', ''))
  await world.put('long.txt', 'no records '.repeat(10_000))
  await world.poll()
  const shown = async (name: string, query = {}) => {
    const id = (await files()).find((file) => file.name === name)?.id ?? ''
    return (await world.organization.read((ctx) => inboundContent(ctx, id, query))).lines
  }
  for (const name of ['two-byte.ach', 'unbroken.ach']) {
    const raw = (await shown(name)).map((line) => line.raw.replaceAll('\0', '')).join('\n')
    expect(raw).toMatch(/R03/)
    expect(raw).not.toMatch(/88001|01234|09100/)
  }
  expect(await shown('unbroken.ach', { from: '4', limit: '1' })).toMatchObject([
    { line: 4, fields: expect.arrayContaining([expect.objectContaining({ field: 'returnReasonCode', raw: 'R03' })]) },
  ])
  expect((await shown('long.txt'))[0]?.raw.length).toBeLessThanOrEqual(500)
})
