import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { jobs } from '../jobs/table.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import { createTestApi } from '../testing/api.ts'
import { createMailHandlers, enqueueMail, MAIL_JOB, type MailTemplate, userMail } from './mail-job.ts'
import { DevelopmentMailbox } from './mailbox.ts'
import { type Mail, MailFault } from './mailer.ts'

const HELLO = userMail<{ word: string }>('hello', ({ word }) => ({ subject: 'Hello', text: word }))

/** An organization with a member, and the handlers over a mailer of the test's. */
async function setUp(templates: readonly MailTemplate[], mailer: { send(mail: Mail): Promise<void> } | null) {
  const api = await createTestApi()
  onTestFinished(() => api.close())
  const owner = await api.addOrganization((await api.addPlatform('Tidewater')).platformId, 'Bakery')
  const userId = await api.addMember(owner, 'ada@bluebird.example', 'administrator')
  const { control } = api.parts.databases
  const now = () => api.clock.now
  const publicOrigin = 'https://ach.example.com'
  const handlers = createMailHandlers({ storage: control, control, mailer, templates, publicOrigin, now })
  const send = (payload: { template: string; data: object }) => {
    const job = { id: 'job_1', organizationId: owner, kind: MAIL_JOB, attempt: 1, maxAttempts: 8, payload }
    return onBehalfOf(owner, () => handlers[MAIL_JOB](job, { assertHeld: async () => {} }))
  }
  return { api, owner, userId, control, send }
}

test('a mail is sent once the change is committed, to the address the person has then, and never without the change', async () => {
  const mailbox = new DevelopmentMailbox()
  const { api, owner, userId, control, send } = await setUp([HELLO], mailbox)
  const order = { owner, data: { userId, word: 'first' }, dedupeKey: 'one', now: api.clock.now }
  await control.write((tx) => enqueueMail(tx, HELLO, order))
  await control.write((tx) => enqueueMail(tx, HELLO, order))
  const undone = control.write(async (tx) => {
    await enqueueMail(tx, HELLO, { ...order, dedupeKey: 'two' })
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  const queued = await onBehalfOf(owner, () => control.read.select().from(jobs).where(eq(jobs.organizationId, owner)))
  expect(queued).toHaveLength(1)
  await send(queued[0]?.payload as { template: string; data: object })
  expect(mailbox.list()).toMatchObject([{ to: 'ada@bluebird.example', subject: 'Hello', text: 'first', id: 'job_1' }])
})

test('a temporary failure is thrown for another attempt, a final one ends the job', async () => {
  const faults = [new MailFault('later', false), new MailFault('never', true)]
  const mailer = {
    async send() {
      throw faults.shift() ?? new Error('no more')
    },
  }
  const { userId, send } = await setUp([HELLO], mailer)
  const payload = { template: 'hello', data: { userId, word: 'x' } }
  await expect(send(payload)).rejects.toThrow('later')
  expect(await send(payload)).toEqual({ dead: true, error: 'never' })
})

test('what nobody wants any more is not sent, and what cannot be sent says why', async () => {
  const mailbox = new DevelopmentMailbox()
  const { send } = await setUp([HELLO], mailbox)
  expect(await send({ template: 'hello', data: { userId: 'usr_gone', word: 'x' } })).toEqual({ done: true })
  expect(await send({ template: 'other', data: {} })).toMatchObject({ dead: true })
  expect(mailbox.list()).toEqual([])
  const without = await setUp([HELLO], null)
  expect(await without.send({ template: 'hello', data: {} })).toMatchObject({
    dead: true,
    error: expect.stringContaining('FISTWORKS_MAIL'),
  })
})

test('a secret is made anew at each attempt, and no job ever holds one', async () => {
  let made = 0
  const link: MailTemplate<{ to: string }> = {
    name: 'link',
    write: async ({ to }, { publicOrigin }) => ({ to, subject: 'Link', text: `${publicOrigin}/in#secret-${++made}` }),
  }
  const sent: string[] = []
  const mailer = {
    async send({ text }: Mail) {
      sent.push(text)
      if (sent.length === 1) throw new MailFault('later', false)
    },
  }
  const { api, owner, control, send } = await setUp([link], mailer)
  const order = { owner, data: { to: 'new@bluebird.example' }, dedupeKey: 'one', now: api.clock.now }
  await control.write((tx) => enqueueMail(tx, link, order))
  const [queued] = await onBehalfOf(owner, () => control.read.select().from(jobs).where(eq(jobs.organizationId, owner)))
  expect(JSON.stringify(queued)).not.toContain('secret')
  const payload = queued?.payload as { template: string; data: object }
  await expect(send(payload)).rejects.toThrow()
  expect(await send(payload)).toEqual({ done: true })
  expect(sent).toEqual(['https://ach.example.com/in#secret-1', 'https://ach.example.com/in#secret-2'])
})
