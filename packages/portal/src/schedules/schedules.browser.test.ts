import type { AchFile } from '@fistworks/contract'
import { AchFileCreatedEvent } from '@fistworks/widgets'
import { describe, expect, it } from 'vitest'
import { newId } from '../testing/new-id.ts'
import { paymentOf } from '../testing/payment-of.ts'
import {
  answer,
  appears,
  click,
  expectAccessible,
  find,
  focused,
  openPortal,
  type,
  useFakeApi,
} from '../testing/portal.ts'

const fake = useFakeApi()

async function choose(selector: string, value: string): Promise<void> {
  await type(selector, value)
  find(selector)?.dispatchEvent(new Event('change', { bubbles: true }))
}

describe('schedules', () => {
  it('need a template first, and say so', async () => {
    fake.signedIn()
    await openPortal(fake.api, '/schedules')
    await appears('h2', 'No template yet')
    await expectAccessible()
  })

  it('are shown with their next payment, and what needs attention', async () => {
    fake.signedIn()
    const { id: templateId } = fake.api.schedules.addTemplate()
    const rule = { frequency: 'monthly', day: 26 }
    fake.api.schedules.addSchedule({ name: 'Office rent', templateId, rule, startsOn: '2026-11-26' })
    const wrong = fake.api.schedules.addSchedule({ name: 'Parking', templateId, rule, startsOn: '2026-12-01' })
    wrong.needsConfirmation = true
    await openPortal(fake.api, '/schedules')
    await appears('td', 'Wed, Nov 25, 2026')
    await appears('.badge', 'Needs attention')
    await expectAccessible()
  })
})

describe('a new schedule', () => {
  it('shows what it will pay while it is typed, with the reason of a moved date', async () => {
    fake.signedIn()
    fake.api.schedules.addTemplate()
    await openPortal(fake.api, '/schedules/new')
    await type('#name', 'Office rent')
    await choose('#frequency', 'weekly')
    await type('#startsOn', '2026-11-26')
    await appears('td', 'Thanksgiving Day: Wednesday before')
    await choose('#frequency', 'semiMonthly')
    await appears('#secondDay')
    await expectAccessible()
    await type('#firstDay', '30')
    await click('button.primary', 'Start the schedule')
    await appears('.wrong', 'Second day must be two days at least 4 days apart')
    await type('#firstDay', '15')
    await choose('#end', 'after')
    await type('#endCount', '12')
    await click('button.primary', 'Start the schedule')
    await appears('h2', 'Office rent')
    expect(fake.api.sent('POST', '/v1/schedules')).toMatchObject([
      {
        rule: { frequency: 'semiMonthly', days: [15, 31] },
        startsOn: '2026-11-26',
        ends: { when: 'after', count: 12 },
        roll: 'before',
        leadDays: 3,
      },
    ])
    await expectAccessible()
  })
})

describe('one schedule', () => {
  it('is paused, resumed and ended, a payment is skipped, each asked about where it cannot be taken back', async () => {
    fake.signedIn()
    const { id: templateId } = fake.api.schedules.addTemplate()
    const rule = { frequency: 'weekly' }
    const { id } = fake.api.schedules.addSchedule({ name: 'Rent', templateId, rule, startsOn: '2026-12-03' })
    fake.api.schedules.runs = [
      {
        type: 'scheduleRun',
        dueOn: '2026-11-26',
        paysOn: '2026-11-25',
        outcome: 'missed',
        achFileId: newId('ach'),
        problem: 'Its file was not approved in time.',
        at: '2026-11-25T16:00:00Z',
      },
    ]
    await openPortal(fake.api, `/schedules/${id}`)
    await appears('.badge', 'Missed')
    await expectAccessible()
    await click('button', 'Pause')
    await answer('Pause the schedule')
    await appears('.badge', 'Paused')
    await click('button', 'Resume')
    await answer('Resume the schedule')
    await appears('.badge', 'Running')
    await click('button', 'Skip Thu, Dec 3, 2026')
    await answer('Leave it out')
    await appears('button', 'Skip Thu, Dec 10, 2026')
    expect(fake.api.sent('POST', `/v1/schedules/${id}/skip`)).toEqual([{ version: 3, dueOn: '2026-12-03' }])
    await click('button', 'End')
    await answer('Go back')
    expect(fake.api.sent('POST', `/v1/schedules/${id}/end`)).toEqual([])
    ;(await appears('button', 'End')).focus()
    await click('button', 'End')
    await answer('End the schedule')
    await appears('.badge', 'Ended')
    await expect.poll(() => focused()?.id).toBe('about')
  })
})

describe('changing a schedule', () => {
  it('starts with what it is, shows what the new terms would pay, and keeps what was not touched', async () => {
    fake.signedIn()
    const { id: templateId } = fake.api.schedules.addTemplate()
    const rule = { frequency: 'monthly', day: 26, everyMonths: 3 }
    const ends = { when: 'after', count: 4 }
    const terms = { name: 'Rent', templateId, rule, ends, startsOn: '2026-11-26', submitOnApproval: true }
    const made = fake.api.schedules.addSchedule(terms)
    made.progress = { handledUntil: '2026-11-26', lastPaysOn: '2026-11-25', payments: 1 }
    await openPortal(fake.api, `/schedules/${made.id}`)
    await click('a', 'Edit')
    expect((await appears<HTMLInputElement>('#everyMonths')).value).toBe('3')
    await expect.poll(() => find('td.main')?.textContent).toContain('Fri, Feb 26, 2027')
    await expectAccessible()
    await type('#everyMonths', '')
    await click('button.primary', 'Save the schedule')
    await appears('.wrong', 'Every how many months must not be empty')
    await expect.poll(() => focused()?.id).toBe('everyMonths')
    await type('#everyMonths', '1')
    await choose('#roll', 'after')
    await expect.poll(() => find('td.main')?.textContent).toContain('Mon, Dec 28, 2026')
    await click('button.primary', 'Save the schedule')
    await appears('h2', 'Rent')
    const changed = { name: 'Rent', rule: { ...rule, everyMonths: 1 }, ends, startsOn: '2026-11-26', roll: 'after' }
    const how = { leadDays: 3, transmit: 'now', submitOnApproval: true }
    expect(fake.api.sent('PATCH', `/v1/schedules/${made.id}`)).toEqual([{ ...changed, ...how, version: 1 }])
  })

  it('says at its field what the server refuses', async () => {
    fake.signedIn()
    const { id: templateId } = fake.api.schedules.addTemplate()
    const rule = { frequency: 'weekly' }
    const { id } = fake.api.schedules.addSchedule({ name: 'Rent', templateId, rule, startsOn: '2026-12-03' })
    await openPortal(fake.api, `/schedules/${id}/edit`)
    await type('#startsOn', '2026-11-02')
    const message = '2026-11-02 is in the past: today is 2026-11-23 in New York'
    fake.api.refuse(`/v1/schedules/${id}`, { code: 'validation-failed', detail: message, pointer: '/startsOn' })
    await click('button.primary', 'Save the schedule')
    await appears('#startsOn-error', message)
    await expect.poll(() => focused()?.id).toBe('startsOn')
    await expectAccessible()
  })

  it('is not offered once it has ended', async () => {
    fake.signedIn()
    const { id: templateId } = fake.api.schedules.addTemplate()
    const rule = { frequency: 'weekly' }
    const made = fake.api.schedules.addSchedule({ name: 'Rent', templateId, rule, startsOn: '2026-12-03' })
    made.status = 'ended'
    await openPortal(fake.api, `/schedules/${made.id}`)
    await appears('.badge', 'Ended')
    expect(find('a', 'Edit')).toBeUndefined()
  })
})

describe('a template', () => {
  it('becomes a draft for a day, with the amounts that were typed', async () => {
    fake.signedIn()
    const { id } = fake.api.schedules.addTemplate()
    await openPortal(fake.api, `/schedules/templates/${id}`)
    await appears('td', 'Tue, Nov 24, 2026')
    await appears('.hint', 'The cutoffs of this bank are not known')
    await type('[name=amount-0-0]', '12.345')
    await type('#effectiveDate', '2026-12-01')
    await click('button.primary', 'Make a draft')
    await appears('.wrong', 'Amount')
    await expectAccessible()
    await type('[name=amount-0-0]', '1,300.00')
    await click('button.primary', 'Make a draft')
    await expect
      .poll(() => fake.api.sent('POST', `/v1/templates/${id}/use`))
      .toEqual([
        {
          effectiveDate: '2026-12-01',
          amounts: [{ batch: 0, entry: 0, amountCents: 130_000 }],
          transmit: { when: 'now' },
          submitOnApproval: false,
        },
      ])
  })
})

describe('a payment', () => {
  it('shows when it leaves and settles; how it is sent is chosen there, and it is kept as a template', async () => {
    fake.signedIn()
    const { id: templateId, batches } = fake.api.schedules.addTemplate()
    const file = paymentOf(batches[0]?.bankAccountId ?? newId('bac'))
    fake.api.schedules.file = file
    await openPortal(fake.api, `/payments/${file.id}`)
    await appears('p', 'Wed, Nov 25, 2026 (same day)')
    await choose('#when', 'at')
    await type('#at', '2026-11-24T10:00')
    await expectAccessible()
    await click('button', 'Save how it is sent')
    const at = new Date('2026-11-24T10:00').toISOString()
    await expect
      .poll(() => fake.api.sent('PATCH', `/v1/ach-files/${file.id}`))
      .toEqual([{ version: 1, transmit: { when: 'at', at }, submitOnApproval: false }])
    await click('button', 'Save as template')
    await expectAccessible()
    await expect.poll(() => focused()?.id).toBe('answer')
    await type('#answer', ' ')
    find('#answer')?.closest('form')?.requestSubmit()
    await appears('.wrong', 'Name must not be empty.')
    await type('#answer', 'Rent again')
    await answer('Save the template')
    await appears('h2', 'Rent again')
    expect(fake.api.sent('POST', '/v1/templates')).toEqual([{ name: 'Rent again', achFileId: file.id }])
    expect(templateId).not.toBe('')
  })
})

it('a reversal that was drafted from a payment has its own page, with its own dates', async () => {
  fake.signedIn()
  const original = paymentOf(newId('bac'))
  fake.api.schedules.file = original
  await openPortal(fake.api, `/payments/${original.id}`)
  await appears('p', 'Wed, Nov 25, 2026 (same day)')
  const settles = [{ on: '2026-11-30', sameDay: false }]
  const plannedTransmission = { leavesAt: '2026-11-25T15:00:00Z', deliverBy: null, settles, problem: null }
  const reversal: AchFile = { ...original, id: newId('ach'), kind: 'reversal', plannedTransmission }
  fake.api.schedules.file = reversal
  find('fist-ach-file')?.dispatchEvent(new AchFileCreatedEvent({ achFile: reversal }))
  await appears('p', 'settles on Mon, Nov 30, 2026')
  expect(location.pathname).toBe(`/payments/${reversal.id}`)
})
