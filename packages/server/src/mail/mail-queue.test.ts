import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMailQueue } from './mail-queue.ts'
import { type Mail, MailFault } from './mailer.ts'

const MAIL = { to: 'ada@bluebird.example', subject: 'Code', text: '1', at: new Date(0) }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A queue over a mailer whose next answers are told. */
function queueOver(answers: (MailFault | null)[] = []) {
  const sent: Mail[] = []
  const lost: unknown[] = []
  const mailer = {
    async send(mail: Mail) {
      const fault = answers.shift() ?? null
      if (fault !== null) throw fault
      sent.push(mail)
    },
  }
  const queue = createMailQueue({ mailer, onLost: (error) => lost.push(error), retryMs: [10, 20], random: () => 0 })
  return { queue, sent, lost }
}

const again = () => new MailFault('later', false)

test('nothing is sent before the answer has left', async () => {
  const { queue, sent } = queueOver()
  await queue.send(MAIL)
  await vi.advanceTimersByTimeAsync(99)
  expect(sent).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(sent).toEqual([MAIL])
})

test('what fails is tried again a few times and then given up', async () => {
  const { queue, sent, lost } = queueOver([again(), again()])
  await queue.send(MAIL)
  await vi.advanceTimersByTimeAsync(200)
  expect([sent, lost]).toEqual([[MAIL], []])
  const hopeless = queueOver([again(), again(), again()])
  await hopeless.queue.send(MAIL)
  await vi.advanceTimersByTimeAsync(1_000)
  expect([hopeless.sent, hopeless.lost]).toEqual([[], [again()]])
})

test('what will never be taken is not tried again', async () => {
  const { queue, sent, lost } = queueOver([new MailFault('never', true)])
  await queue.send(MAIL)
  await vi.advanceTimersByTimeAsync(1_000)
  expect([sent, lost]).toEqual([[], [new MailFault('never', true)]])
})

test('a mail server that is away fills no memory: past a thousand what comes is given up, and room comes back', async () => {
  const { queue, sent, lost } = queueOver()
  for (let count = 0; count < 1_200; count++) await queue.send(MAIL)
  expect(lost).toHaveLength(200)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(sent).toHaveLength(1_000)
  await queue.send(MAIL)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(sent).toHaveLength(1_001)
})

test('a closed queue sends nothing more', async () => {
  const { queue, sent } = queueOver()
  await queue.send(MAIL)
  queue.close()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(sent).toEqual([])
})
