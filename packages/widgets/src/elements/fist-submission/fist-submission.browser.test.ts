import type { Submission, SubmissionState } from '@fistworks/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import '../../register/fist-submission.ts'
import { FakeApi, problem } from '../../testing/fake-api.ts'
import { expectAccessible, mount, unmountAll } from '../../testing/mount.ts'
import { nextDelay } from './poll-delay.ts'

let api: FakeApi
beforeEach(() => {
  api = new FakeApi()
})
afterEach(unmountAll)

const button = (name: string) => page.getByRole('button', { name, exact: true })
const badge = () => page.getByRole('status').first()

const byAnother = (each: Submission): Submission => ({
  ...each,
  resolution: each.resolution && { ...each.resolution, isYours: false },
})

function deliver(states: SubmissionState[], said: string | null = null, patch = {}) {
  const file = api.addFile({ name: 'Bills', batches: [] })
  const submission = api.addSubmission(file, states, { problem: said })
  return mount('fist-submission', { client: api.client, submissionId: submission.id, ...patch })
}

test.each<[SubmissionState, RegExp]>([
  ['ready', /waits for its turn/],
  ['uploading', /temporary name/],
  ['retryWait', /tried again/],
  ['done', /Waiting for the bank to acknowledge/],
  ['acknowledged', /has accepted the file/],
  ['rejectedByBank', /has refused the file/],
  ['unknown', /not known whether the bank has the file/],
  ['failed', /nothing reached the bank/],
])('says in words what %s means', async (state, words) => {
  deliver(['ready', state])
  await expect.element(page.getByText(words).first()).toBeVisible()
  await expectAccessible()
})

test('follows the delivery until it is final, tells the host, and then asks no more', async () => {
  const element = deliver(['ready'])
  const seen: string[] = []
  element.addEventListener('fist-submission-changed', (event) => seen.push(event.detail.submission.state))
  await expect.element(badge()).toHaveTextContent('Ready to send')
  const [submission] = api.submissions
  api.submissions = [{ ...(submission as NonNullable<typeof submission>), state: 'acknowledged' }]
  await expect.element(badge()).toHaveTextContent('Acknowledged')
  expect(seen).toEqual(['acknowledged'])
  expect(Reflect.get(element, 'isUpdatePending')).toBe(false)
})

test('looks less and less often while nothing happens', () => {
  const delays = Array.from({ length: 12 }, (_, index) => nextDelay(index))
  expect(delays[0]).toBe(1000)
  expect(delays.toSorted((a, b) => a - b)).toEqual(delays)
  expect(Math.max(...delays)).toBe(15_000)
})

test('a person says what the bank answered, with a reason', async () => {
  deliver(['ready', 'uploading', 'unknown'], 'The connection broke after the file was renamed.')
  await expect.element(page.getByText('The connection broke after the file was renamed.')).toBeVisible()
  await button('The bank has it').click()
  await expectAccessible()
  await button('It was delivered').click()
  await expect.element(page.getByText('Say why, in a few words.')).toBeVisible()
  await page.getByLabelText('How do you know?').fill('Called the bank, reference 77')
  await button('It was delivered').click()
  await expect.element(page.getByText(/Lee Park.*Called the bank, reference 77/)).toBeVisible()
  await expect.element(badge()).toHaveTextContent('Needs a person')
  await expectAccessible()
  const request = api.requests.find((each) => each.path.endsWith('/resolve'))
  expect(request?.body).toEqual({ outcome: 'delivered', reason: 'Called the bank, reference 77' })
  expect(request?.headers.get('idempotency-key')).toBeTruthy()
})

test('another person confirms it; who doubts it takes it away', async () => {
  const element = deliver(['ready', 'unknown'])
  const said = { outcome: 'notDelivered', reason: 'They looked' } as const
  const [id] = api.submissions.map((each) => each.id)
  const propose = async () => {
    await api.client.submissions.resolve(id ?? '', said)
    api.submissions = api.submissions.map((each) => byAnother(each))
  }
  await propose()
  await button('That is not so').click()
  await page.getByLabelText('Why?').fill('I asked, too')
  await button('Take it away').click()
  await expect.element(button('The bank has it')).toBeVisible()
  await propose()
  element.submissionId = ''
  element.submissionId = id ?? ''
  await button('Confirm').click()
  await expectAccessible()
  await button('The bank does not have it').click()
  await expect.element(badge()).toHaveTextContent('Ready to send')
  const request = api.requests.find((each) => each.path.endsWith('/confirm-resolution'))
  expect(request?.body).toEqual({ outcome: 'notDelivered' })
})

test('who said it, or wrote the file, is told who confirms it and is not asked to', async () => {
  const element = deliver(['ready', 'unknown'])
  await button('The bank has it').click()
  await page.getByLabelText('How do you know?').fill('Called the bank')
  await button('It was delivered').click()
  await expect.element(page.getByText(/You said so: a second person, who did not write the file/)).toBeVisible()
  await expect.element(button('Confirm')).not.toBeInTheDocument()
  await expect.element(button('Take it back')).toBeVisible()
  api.submissions = api.submissions.map((each) => byAnother(each))
  element.isAuthor = true
  const { submissionId } = element
  element.submissionId = ''
  element.submissionId = submissionId
  await expect.element(page.getByText(/You wrote the file: somebody other than you and Lee Park/)).toBeVisible()
  await expect.element(button('Confirm')).not.toBeInTheDocument()
  await expectAccessible()
})

test('after the cutoff it is sent late only on purpose', async () => {
  const file = api.addFile({ name: 'Bills', batches: [] })
  const submission = api.addSubmission(file, ['ready', 'failed'], { deliverBy: '2020-01-02T15:00:00Z' })
  mount('fist-submission', { client: api.client, submissionId: submission.id })
  await button('Send it late').click()
  await expect.element(page.getByText('Send it after the cutoff?')).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Send it late' }).click()
  await expect.element(badge()).toHaveTextContent('Ready to send')
  const request = api.requests.find((each) => each.path.endsWith('/retry'))
  expect(request?.body).toEqual({ late: true })
})

test('the clock of the server decides what is too late: it is asked then, and nothing is said about calls', async () => {
  const file = api.addFile({ name: 'Bills', batches: [] })
  const submission = api.addSubmission(file, ['ready', 'failed'], { deliverBy: '2090-01-02T15:00:00Z' })
  const isPlain = (body: unknown) => (body as { late?: boolean } | undefined)?.late !== true
  const late = { pointer: '/late', code: 'cutoff-passed', message: 'must be true to send it after the cutoff' }
  api.intercept = ({ path, body }) =>
    path.endsWith('/retry') && isPlain(body) ? problem('state-conflict', 'There is no time left.', [late]) : null
  mount('fist-submission', { client: api.client, submissionId: submission.id })
  await button('Try again').click()
  const dialog = page.getByRole('dialog')
  await expect.element(dialog.getByText('Send it after the cutoff?')).toBeVisible()
  await expect.element(page.getByText('There is no time left.')).not.toBeInTheDocument()
  await dialog.getByRole('button', { name: 'Send it late' }).click()
  await expect.element(badge()).toHaveTextContent('Ready to send')
  const sent = api.requests.filter((each) => each.path.endsWith('/retry')).map(({ body }) => body)
  expect(sent).toEqual([{}, { late: true }])
})

test('what another file has paid since is asked about before it is sent again', async () => {
  const file = api.addFile({ name: 'Bills', batches: [] })
  const other = api.addFile({ name: 'Bills, again', batches: [] })
  const submission = api.addSubmission(file, ['ready', 'failed'], {})
  const isKnown = (body: unknown) =>
    (body as { acknowledgedDuplicates?: string[] }).acknowledgedDuplicates?.length === 1
  const double = { pointer: `/acknowledgedDuplicates/${other.id}`, code: 'possible-duplicate', message: 'pays it' }
  api.intercept = ({ path, body }) =>
    path.endsWith('/retry') && !isKnown(body)
      ? problem('possible-duplicate', 'It may pay twice: “Bills, again” pays it. If that is meant, say so.', [double])
      : null
  mount('fist-submission', { client: api.client, submissionId: submission.id })
  await button('Try again').click()
  const dialog = page.getByRole('dialog')
  await expect.element(dialog.getByText('This may pay twice')).toBeVisible()
  await expect.element(dialog.getByText('“Bills, again” pays it.')).toBeVisible()
  await expectAccessible()
  await dialog.getByRole('button', { name: 'It is meant: go on' }).click()
  await expect.element(badge()).toHaveTextContent('Ready to send')
  const sent = api.requests.filter((each) => each.path.endsWith('/retry')).map(({ body }) => body)
  expect(sent).toEqual([{}, { acknowledgedDuplicates: [other.id] }])
})

test('a held one says until when', async () => {
  const file = api.addFile({ name: 'Bills', batches: [] })
  const times = { notBefore: '2026-11-24T15:00:00Z', deliverBy: '2026-11-24T21:00:00Z' }
  const submission = api.addSubmission(file, ['ready'], times)
  mount('fist-submission', { client: api.client, submissionId: submission.id })
  await expect.element(page.getByText(/Until then it can be canceled/)).toBeVisible()
  await expectAccessible()
})

test('only a session that may resolve is asked; a refusal takes the question away', async () => {
  const element = deliver(['ready', 'unknown'], null, { features: [] })
  await expect.element(page.getByText('Ask the bank whether it has this file')).toBeVisible()
  await expect.element(button('The bank has it')).not.toBeInTheDocument()
  element.features = null
  api.intercept = ({ method }) =>
    method === 'POST' ? problem('second-person-required', 'You drafted this file: another person must decide.') : null
  await button('The bank does not have it').click()
  await page.getByLabelText('How do you know?').fill('Called them')
  await button('It was not delivered').click()
  await expect.element(page.getByText('You drafted this file: another person must decide.')).toBeVisible()
  await expect.element(button('The bank has it')).toBeDisabled()
  await expectAccessible()
})

test('what failed before it reached the bank can be tried again', async () => {
  deliver(['ready', 'failed'], 'The bank did not accept the password.')
  await button('Try again').click()
  await expect.element(badge()).toHaveTextContent('Ready to send')
})

test('loading and failing to load say so', async () => {
  const element = mount('fist-submission', { client: api.client })
  await expect.element(page.getByText('Nothing is on its way')).toBeVisible()
  await expectAccessible()
  api.intercept = () => problem('not-found', 'No submission has this id.')
  element.submissionId = 'sub_0000000000000000000000000'
  await expect.element(page.getByText('No submission has this id.')).toBeVisible()
  await expectAccessible()
})
