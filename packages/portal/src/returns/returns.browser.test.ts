import { expect, it } from 'vitest'
import { newId } from '../testing/new-id.ts'
import { correctionOf, inboundFileOf, returnOf } from '../testing/fake-returns.ts'
import {
  answer,
  appears,
  click,
  everythingShown,
  expectAccessible,
  find,
  focused,
  openPortal,
  type,
  useFakeApi,
} from '../testing/portal.ts'

const fake = useFakeApi()

it('lists returns in words, with what can be done until when', async () => {
  fake.signedIn()
  fake.api.returns.returns.push(returnOf())
  await openPortal(fake.api, '/returns')
  await appears('td', 'There is not enough money in the account. R01')
  await appears('small', 'It can be sent again as it was until May 23, 2027, 2 more times.')
  expect(find('nav a[aria-current=page]', 'Returns')).toBeDefined()
  await expectAccessible()
})

it('says what will be there while there is nothing, and offers another try when it cannot be read', async () => {
  fake.signedIn()
  fake.api.refuse('/v1/returns', 'offline')
  await openPortal(fake.api, '/returns')
  await click('button', 'Try again')
  await appears('h2', 'No returns')
  await click('button', 'Without a payment')
  await appears('h2', 'Every return has its payment')
  await expectAccessible()
})

it('sends a returned payment again: a draft is opened', async () => {
  fake.signedIn()
  const one = returnOf()
  fake.api.returns.returns.push(one)
  await openPortal(fake.api, `/returns/${one.id}`)
  await appears('h2', 'There is not enough money')
  await expectAccessible()
  await click('button', 'Send it again')
  await expect.poll(() => location.pathname).toBe(`/payments/${fake.api.returns.draftId}`)
  expect(fake.api.sent('POST', `/v1/returns/${one.id}/retry`)).toEqual([{}])
})

it('asks how the receiver agreed again where the rules want that', async () => {
  fake.signedIn()
  const sendAgain = { answer: 'onceAuthorized', until: null, left: null, why: '' } as const
  const one = returnOf({ code: 'R10', sendAgain, nextSteps: ['newAuthorization', 'retry'] })
  fake.api.returns.returns.push(one)
  await openPortal(fake.api, `/returns/${one.id}`)
  await type('#newAuthorization', 'By phone on November 24')
  await click('button', 'Send it again')
  await expect
    .poll(() => fake.api.sent('POST', `/v1/returns/${one.id}/retry`))
    .toEqual([{ newAuthorization: 'By phone on November 24' }])
})

it('says why it cannot be sent again, in the words of the server', async () => {
  fake.signedIn()
  const one = returnOf()
  fake.api.returns.returns.push(one)
  await openPortal(fake.api, `/returns/${one.id}`)
  await appears('button', 'Send it again')
  fake.api.refuse(`/v1/returns/${one.id}/retry`, { code: 'state-conflict', detail: 'It was sent again twice already.' })
  await click('button', 'Send it again')
  await appears('[role=alert]', 'It was sent again twice already.')
})

it('lets a person say which payment a return is about, with a reason', async () => {
  fake.signedIn()
  const entryId = newId('ent')
  const difference = { field: 'amount', ours: '$1.00', banks: '$2.00', message: 'The amount is $2.00, you sent $1.00.' }
  const candidates = [{ achFileId: newId('ach'), entryId, differences: [difference] }]
  const unmatched = { reason: 'detailsDiffer' as const, candidates }
  const one = returnOf({
    entryId: null,
    achFileId: null,
    recipientId: null,
    matchedBy: null,
    sendAgain: null,
    unmatched,
    nextSteps: ['match', 'contactBank'],
  })
  fake.api.returns.returns.push(one)
  await openPortal(fake.api, `/returns/${one.id}`)
  await appears('p', 'The amount is $2.00, you sent $1.00.')
  await expectAccessible()
  await type('#reason', 'The bank confirmed it')
  await click('button', 'It is about this payment')
  expect(await answer('Go back')).toContain('The amount is $2.00, you sent $1.00.')
  expect(fake.api.sent('POST', `/v1/returns/${one.id}/match`)).toEqual([])
  await click('button', 'It is about this payment')
  await answer('It is this payment')
  await appears('[role=status]', 'belongs to this payment')
  expect(fake.api.sent('POST', `/v1/returns/${one.id}/match`)).toEqual([
    { entryId, reason: 'The bank confirmed it', acceptDifferences: true },
  ])
})

it('shows old and new side by side, and changes the recipient only after a question', async () => {
  fake.signedIn()
  const one = correctionOf()
  fake.api.returns.corrections.push(one)
  await openPortal(fake.api, '/returns/corrections')
  await appears('td', '••••2201')
  await appears('td', '••••0123')
  await appears('p', 'Apply it by Dec 4, 2026')
  await expectAccessible()
  await click('button', 'Apply it')
  expect(await answer('Go back')).toContain('Change Jane Roe as the bank says?')
  expect(fake.api.sent('POST', `/v1/corrections/${one.id}/apply`)).toEqual([])
  await click('button', 'Apply it')
  await answer('Change the recipient')
  await appears('[role=status]', 'Jane Roe was changed as the bank says.')
  await appears('h2', 'Nothing to correct')
})

it('dismisses a correction with a reason, and says when one is overdue', async () => {
  fake.signedIn()
  const one = correctionOf({ isOverdue: true })
  fake.api.returns.corrections.push(one)
  await openPortal(fake.api, '/returns/corrections')
  await appears('.critical', 'Was due on Dec 4, 2026')
  await click('button', 'Dismiss…')
  await type('#reason', 'The account is closed')
  await expectAccessible()
  await click('button', 'Dismiss it')
  await appears('[role=status]', 'The correction was dismissed.')
  await appears('small', 'The account is closed')
})

it('lets a person say which payment a correction is about before it can be applied', async () => {
  fake.signedIn()
  const entryId = newId('ent')
  const difference = { field: 'traceNumber', ours: '1', banks: '2', message: 'The trace numbers differ.' }
  const unmatched = {
    reason: 'noEntry' as const,
    candidates: [{ achFileId: newId('ach'), entryId, differences: [difference] }],
  }
  const one = correctionOf({ entryId: null, achFileId: null, recipientId: null, matchedBy: null, unmatched })
  fake.api.returns.corrections.push(one)
  await openPortal(fake.api, '/returns/corrections')
  await click('button', 'Say which payment…')
  await appears('p', 'The trace numbers differ.')
  await expectAccessible()
  await type('#reason', 'The bank confirmed it')
  await click('button', 'It is about this payment')
  await appears('[role=status]', 'belongs to this payment')
  expect(fake.api.sent('POST', `/v1/corrections/${one.id}/match`)).toEqual([
    { entryId, reason: 'The bank confirmed it' },
  ])
  await appears('button', 'Apply it')
})

it('has corrections applied by rule once two say so', async () => {
  fake.signedIn()
  await openPortal(fake.api, '/returns/corrections')
  await click('input[type=checkbox]')
  await appears('[role=status]', 'It holds once another owner or administrator chooses it too.')
  expect(fake.api.sent('PATCH', '/v1/correction-policy')).toEqual([{ apply: 'byRule' }])
  await appears('.caution', 'Ada wants corrections that are clear to be applied')
  await expectAccessible()
  await click('button', 'Choose it too')
  await appears('[role=status]', 'Clear corrections are applied when they come.')
})

it('lists the files of the bank with what was in them, and reads one again', async () => {
  fake.signedIn()
  const odd = inboundFileOf({ name: 'odd.bin', state: 'notUnderstood', kind: null, problem: 'It is no ACH file.' })
  fake.api.returns.files.push(inboundFileOf(), odd)
  await openPortal(fake.api, '/returns/files')
  await appears('td', '1 return, 1 correction')
  await appears('small', 'It is no ACH file.')
  await expectAccessible()
  await click('button', 'Read again')
  await expect.poll(() => fake.api.sent('POST', `/v1/inbound-files/${odd.id}/reprocess`)).toHaveLength(1)
})

it('shows a file of the bank line by line, in words', async () => {
  fake.signedIn()
  const file = inboundFileOf()
  fake.api.returns.files.push(file)
  await openPortal(fake.api, '/returns/files')
  await click('td a', file.name)
  await appears('td', 'File header of the bank')
  expect(location.pathname).toBe(`/returns/files/${file.id}`)
  await expectAccessible()
})

it('looks into the folder of the bank, and fetches what is chosen with the keyboard', async () => {
  fake.signedIn()
  await fake.connection()
  const [connection] = fake.api.state.connections
  if (connection === undefined) throw new Error('no connection')
  connection.returnDirectory = '/returns'
  const file = { sizeBytes: 950, modifiedAt: null, inboundFileId: null }
  fake.api.returns.atBank.push({ ...file, name: 'a.ach' }, { ...file, name: 'b.ach' })
  await openPortal(fake.api, '/returns/files')
  await click('button', 'See what lies at the bank')
  const second = await appears<HTMLLabelElement>('label', 'b.ach')
  const box = second.querySelector('input')
  box?.focus()
  expect(focused()).toBe(box)
  box?.click()
  await expectAccessible()
  await click('button', 'Fetch what is chosen')
  await appears('[role=status]', 'One file is being fetched.')
  expect(fake.api.sent('POST', `/v1/bank-connections/${connection.id}/fetch-inbound-files`)).toEqual([
    { names: ['a.ach'] },
  ])
})

it('shows the return rates beside the limits', async () => {
  fake.signedIn()
  const levels = [
    {
      level: 'unauthorized',
      thresholdBasisPoints: 50,
      codes: ['R05', 'R10'],
      returnedCount: 1,
      basisPoints: 45,
      state: 'warning',
    },
    { level: 'overall', thresholdBasisPoints: 1500, codes: null, returnedCount: 0, basisPoints: null, state: 'fine' },
  ] as const
  fake.api.returns.rates.push({
    bankAccountId: newId('bac'),
    companyName: 'BLUEBIRD',
    secCode: 'PPD',
    debitCount: 220,
    returnCounts: [],
    levels: levels.map((level) => ({ ...level, codes: level.codes === null ? null : [...level.codes] })),
  })
  await openPortal(fake.api, '/returns/rates')
  await appears('p', 'Debits from Sep 24, 2026 to Nov 23, 2026.')
  await appears('td', '0.45 %')
  await appears('td', '0.50 %')
  await appears('.badge', 'Close to the limit')
  await expectAccessible()
})

it('is no part of the navigation of somebody who may not read it', async () => {
  const session = fake.signedIn()
  for (const organization of session.organizations) organization.scopes = ['recipients:read', 'bank-connections:read']
  await openPortal(fake.api, '/account')
  await appears('nav a', 'Recipients')
  expect(everythingShown()).not.toContain('/returns')
})
