import { addBankingDays, civilDateAt, NETWORK_TIME_ZONE } from '@fistworks/nacha'
import type { Client } from './client.ts'
import type { Company } from './company.ts'
import type { World } from './world.ts'

const PAYMENTS_MAX = 4

/** Somebody has the same payments made each week; the first file is due today or in the next days. */
export async function addSchedule(world: World, client: Client, company: Company, recipients: readonly string[]) {
  const { random, time } = world
  const who = random.pick([company.people.preparer, company.people.administrator])
  const name = `Rent ${++world.ledger.schedulesMade}`
  const entries = Array.from({ length: random.between(1, 2) }, () => ({
    recipientId: random.pick(recipients),
    amountCents: random.between(1, 5_000_000),
  }))
  const batch = {
    bankAccountId: random.pick(company.accountIds),
    secCode: 'CCD',
    companyEntryDescription: 'RENT',
    entries,
  }
  const template = await client.change(company, who, 'POST', '/v1/templates', { body: { name, batches: [batch] } })
  if (template.status !== 201) return
  const today = civilDateAt(time.now().toISOString(), NETWORK_TIME_ZONE)
  const body = {
    name,
    templateId: template.body['id'],
    rule: { frequency: 'weekly' },
    startsOn: addBankingDays(today, random.between(2, 5)),
    ends: { when: 'after', count: random.between(1, PAYMENTS_MAX) },
  }
  await client.change(company, who, 'POST', '/v1/schedules', { body })
}
