import { makeReturns, validateFile } from '@fistworks/nacha'
import { expect, test } from 'vitest'
import { landedCounts } from './landed-counts.ts'
import { ENTRIES_PER_SLICE } from './process.ts'
import { listInboundFiles } from './service.ts'
import { createInboundWorld, stamp } from './testing/inbound.ts'
import { fetchFromBank } from './at-bank.ts'
import { machine } from '../testing/context.ts'
import { addRecipient } from '../testing/payments.ts'

test('a file of several slices goes on after a crash between them, each entry once', async () => {
  const world = await createInboundWorld()
  try {
    const count = ENTRIES_PER_SLICE * 2 + 50
    const { id: recipientId } = await addRecipient(world.organization)
    const { nacha } = await world.submit(
      Array.from({ length: count }, (_, index) => ({ amountCents: index + 1, recipientId })),
    )
    const orders = Array.from({ length: count }, (_, entry) => ({ batch: 0, entry, code: 'R03' }))
    const made = makeReturns(nacha, orders, stamp())
    expect(made.file && validateFile(made.file).filter(({ severity }) => severity === 'error')).toEqual([])
    await world.put('large.ach', made.file)
    await world.organization.write(machine, (ctx) => fetchFromBank(ctx, world.connectionId, {}))
    let slices = 0
    for (let crash = 1; crash <= 2; crash++) {
      let seen = 0
      const checkpoint = (what: string) => {
        if (what !== 'slice') return
        slices += 1
        seen += 1
        if (seen === 1) throw new Error('the process ended')
      }
      const dying = world.worker({ checkpoint })
      await world.work(dying)
    }
    await world.poll()
    expect(slices).toBeGreaterThanOrEqual(2)
    const { data } = await world.organization.read((ctx) => listInboundFiles(ctx, {}))
    expect(data).toMatchObject([
      { state: 'processed', counts: { entries: count, returns: count, repeated: 0, unmatched: 0, others: 0 } },
    ])
    const landed = await world.organization.read((ctx) =>
      landedCounts(
        ctx.db,
        ctx.organizationId,
        data.map(({ id }) => id),
      ),
    )
    expect(landed(data[0]?.id ?? '').returns).toBe(count)
  } finally {
    await world.close()
  }
}, 120_000)
