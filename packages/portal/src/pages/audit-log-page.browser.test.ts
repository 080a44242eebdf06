import type { AuditEvent } from '@fistworks/contract'
import { describe, expect, it } from 'vitest'
import { newId } from '../testing/new-id.ts'
import {
  appears,
  click,
  everythingShown,
  expectAccessible,
  find,
  focused,
  openPortal,
  useFakeApi,
} from '../testing/portal.ts'
import { changesOf, words } from './audit-log-details.ts'

const fake = useFakeApi()

const eventOf = (over: Partial<AuditEvent> = {}): AuditEvent => ({
  type: 'auditEvent',
  id: newId('aud'),
  chain: newId('org'),
  sequence: 1,
  at: '2026-11-20T10:00:00Z',
  action: 'achFile.approved',
  actor: { type: 'user', id: newId('usr'), name: 'Ada Admin' },
  via: { type: 'portalSession', id: newId('ses') },
  ip: '192.0.2.7',
  userAgent: 'Mozilla/5.0',
  targetType: 'achFile',
  targetId: newId('ach'),
  outcome: 'succeeded',
  requestId: 'req_7',
  data: {},
  hash: 'h',
  ...over,
})

const queries = () =>
  fake.api.state.requests
    .filter(({ path }) => path === '/v1/audit-events')
    .map(({ query }) => Object.fromEntries(query))

async function choose(name: string, value: string): Promise<void> {
  const field = await appears<HTMLInputElement>(`form.filter [name=${name}]`)
  field.value = value
  field.dispatchEvent(new Event('change', { bubbles: true }))
}

describe('the audit log', () => {
  it('says who did what and how it ended', async () => {
    fake.signedIn()
    fake.api.state.events = [eventOf({ outcome: 'denied' })]
    await openPortal(fake.api, '/audit-log')
    await appears('.what', 'ACH file approved')
    await appears('.badge', 'Denied')
    await appears('p', 'These are all events')
    await expectAccessible()
  })

  it('shows of one event what changed, and how it came', async () => {
    fake.signedIn()
    const before = { name: 'Acme', accountNumber: '••••1111', accountType: 'checking' }
    const after = { ...before, accountNumber: '••••2222' }
    fake.api.state.events = [eventOf({ action: 'recipient.updated', data: { before, after, reopenedFiles: [] } })]
    await openPortal(fake.api, '/audit-log')
    await click('.what')
    expect((await appears('.what')).getAttribute('aria-expanded')).toBe('true')
    const row = await appears('.changes tbody tr')
    expect(row.textContent?.replaceAll(/\s+/g, ' ').trim()).toBe('Account number ••••1111 ••••2222')
    for (const text of ['portal session ses_', '192.0.2.7', 'Mozilla/5.0', 'req_7']) await appears('dd', text)
    await expectAccessible()
    await click('.what')
    await expect.poll(() => find('.details')).toBeUndefined()
  })

  it('asks the server for what the filter says, with days as they are here', async () => {
    fake.signedIn()
    fake.api.state.events = [eventOf(), eventOf({ outcome: 'failed', action: 'submission.failed' })]
    await openPortal(fake.api, '/audit-log')
    await appears('.what', 'Submission failed')
    await choose('outcome', 'failed')
    await expect.poll(() => find('.what', 'ACH file')).toBeUndefined()
    await choose('fromDay', '2026-11-20')
    await choose('toDay', '2026-11-20')
    await choose('actor', ' ada ')
    await choose('action', 'submission')
    await expect.poll(() => queries().at(-1)?.['action']).toBe('submission')
    expect(queries().at(-1)).toEqual({
      limit: '50',
      outcome: 'failed',
      action: 'submission',
      actor: 'ada',
      from: new Date('2026-11-20T00:00:00').toISOString(),
      to: new Date('2026-11-21T00:00:00').toISOString(),
    })
    await appears('.what', 'Submission failed')
    await click('button', 'Clear filter')
    expect(focused()?.id).toBe('fromDay')
    await appears('.what', 'ACH file approved')
    expect(queries().at(-1)).toEqual({ limit: '50' })
    expect((await appears<HTMLSelectElement>('[name=outcome]')).value).toBe('')
  })

  it('says that days are the wrong way round, and asks for nothing', async () => {
    fake.signedIn()
    await openPortal(fake.api, '/audit-log')
    await appears('h2', 'Nothing has happened yet')
    await choose('fromDay', '2026-11-20')
    await expect.poll(() => queries().length).toBe(2)
    await choose('toDay', '2026-11-19')
    await appears('.wrong', 'To is before the first day')
    expect(queries().length).toBe(2)
  })

  it('shows what was done to one thing', async () => {
    fake.signedIn()
    const targetId = newId('rcp')
    fake.api.state.events = [eventOf(), eventOf({ targetId, targetType: 'recipient', action: 'recipient.created' })]
    await openPortal(fake.api, '/audit-log')
    await click('.about', targetId)
    await expect.poll(() => find('.what', 'ACH file')).toBeUndefined()
    await appears('.chosen', targetId)
    await expectAccessible()
    await click('button', 'Show all')
    await appears('.what', 'ACH file approved')
  })

  it('calls a thing by the newest name that an event tells, and by its id where none does', async () => {
    fake.signedIn()
    const [targetId, other] = [newId('rcp'), newId('rcp')]
    const recipient = (action: string, data: AuditEvent['data'], id = targetId) =>
      eventOf({ targetId: id, targetType: 'recipient', action, data })
    fake.api.state.events = [
      recipient('recipient.archived', {}),
      recipient('recipient.updated', { before: { name: 'Acme' }, after: { name: 'Acme Supply' } }),
      recipient('recipient.created', { after: { name: 'Acme' } }),
      recipient('recipient.revealed', {}, other),
    ]
    await openPortal(fake.api, '/audit-log')
    await appears('.about', 'Acme Supply')
    expect(find('.about', targetId)).toBeUndefined()
    expect(find('.about', other)).toBeDefined()
    await expectAccessible()
    await click('.about', 'Acme Supply')
    await appears('.chosen', targetId)
  })

  it('says when a filter finds nothing', async () => {
    fake.signedIn()
    fake.api.state.events = [eventOf()]
    await openPortal(fake.api, '/audit-log')
    await choose('outcome', 'failed')
    await appears('h2', 'Nothing matches this filter')
    await expectAccessible()
  })

  it('goes on to older events, to the end', async () => {
    fake.signedIn()
    fake.api.state.events = Array.from({ length: 70 }, (_, n) => eventOf({ sequence: 70 - n }))
    await openPortal(fake.api, '/audit-log')
    await click('button', 'Show older')
    await appears('p', 'These are all events')
    expect(queries().map((query) => query['after'])).toEqual([undefined, '50'])
  })

  it('is exported as it is shown, in the format that was chosen', async () => {
    fake.signedIn()
    fake.api.state.events = [eventOf()]
    await openPortal(fake.api, '/audit-log')
    await choose('action', 'achFile')
    const format = await appears<HTMLSelectElement>('[name=format]')
    format.value = 'jsonl'
    await click('form.export button')
    await expect
      .poll(() => fake.api.sent('POST', '/v1/audit-events/export'))
      .toEqual([{ format: 'jsonl', action: 'achFile' }])
    await appears('form.export button', 'Export')
  })

  it('says why there is no export', async () => {
    fake.signedIn()
    fake.api.refuse('/v1/audit-events/export', { code: 'rate-limited', detail: 'Too many requests. Try again later.' })
    await openPortal(fake.api, '/audit-log')
    await click('form.export button')
    await appears('[role=alert]', 'Too many requests')
    await expectAccessible()
  })

  it('has no export for who may only read', async () => {
    const session = fake.signedIn()
    const [organization] = session.organizations
    if (organization) organization.scopes = organization.scopes.filter((scope) => scope !== 'audit-events:export')
    await openPortal(fake.api, '/audit-log')
    await appears('h2', 'Nothing has happened yet')
    expect(everythingShown()).not.toContain('Export as')
  })

  it('can be asked for again after a failure', async () => {
    fake.signedIn()
    fake.api.refuse('/v1/audit-events', { code: 'unavailable', detail: 'Not available right now.' })
    await openPortal(fake.api, '/audit-log')
    await appears('[role=alert]', 'Not available right now')
    await click('button', 'Try again')
    await appears('h2', 'Nothing has happened yet')
  })
})

describe('what changed', () => {
  it('is what differs, and of something new all of it', () => {
    const data = { before: { a: 1, b: [1], c: 'x' }, after: { a: 1, b: [2], d: 'y' } }
    expect(changesOf({ data })).toEqual([
      { name: 'b', before: [1], after: [2] },
      { name: 'c', before: 'x', after: null },
      { name: 'd', before: null, after: 'y' },
    ])
    expect(changesOf({ data: { after: { a: 1 } } })).toEqual([{ name: 'a', before: undefined, after: 1 }])
    expect(changesOf({ data: { before: 'text' } })).toEqual([])
  })

  it('is said as people read it', () => {
    expect([null, '', true, false, 7, [], ['a', 'b'], { portNumber: 22, host: 'h' }].map(words)).toEqual([
      '—',
      '—',
      'yes',
      'no',
      '7',
      'none',
      'a, b',
      'Port number: 22; Host: h',
    ])
  })
})
