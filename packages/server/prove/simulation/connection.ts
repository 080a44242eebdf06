import { OUTBOX, PROCESSED, RETURNS } from './bank.ts'
import type { Client } from './client.ts'
import { type Company, hostOf } from './company.ts'
import type { World } from './world.ts'

/** How likely what is set up is what the bank really does. */
const RIGHT = 0.85

/** Somebody tells the connection what the bank does with files, mostly right. */
export async function describeBank(world: World, client: Client, company: Company): Promise<void> {
  const { random, banks } = world
  const habits = banks.get(hostOf(company.name, 'first'))?.habits
  if (habits === undefined) throw new Error(`${company.name} has no bank.`)
  const isRight = random.chance(RIGHT)
  const afterProcessing = random.pick(['leave', 'move', 'delete'] as const)
  await patch(client, company, {
    sweepsAtOnce: (habits.sweeps === 'atOnce') === isRight,
    acknowledgementDirectory: habits.acknowledges ? OUTBOX : null,
    returnDirectory: RETURNS,
    returnPollMinutes: 1440,
    afterProcessing,
    processedDirectory: afterProcessing === 'move' ? PROCESSED : null,
  })
}

/** Somebody changes what is set up, or moves to the other bank, or back. */
export async function changeConnection(world: World, client: Client, company: Company): Promise<void> {
  const { random } = world
  if (random.chance(0.5)) return describeBank(world, client, company)
  await patch(client, company, { host: hostOf(company.name, random.pick(['first', 'second'] as const)) })
}

async function patch(client: Client, company: Company, body: object): Promise<void> {
  await client.change(company, company.people.administrator, 'PATCH', `/v1/bank-connections/${company.connectionId}`, {
    body,
  })
}
