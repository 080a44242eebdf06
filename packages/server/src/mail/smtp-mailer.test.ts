import { expect, onTestFinished, test } from 'vitest'
import { selfSignedCertificate } from '../vault/testing/certificate.ts'
import type { MailFault } from './mailer.ts'
import { createSmtpMailer } from './smtp-mailer.ts'
import type { SmtpSettings } from './smtp-settings.ts'
import { type SmtpDouble, startSilentServer, startSmtpDouble } from './testing/smtp-double.ts'

const MAIL = {
  to: 'ada@bluebird.example',
  subject: 'Your sign-in code',
  text: 'Your code is 00112233.',
  at: new Date(0),
}

async function smtp(options: Parameters<typeof startSmtpDouble>[0] = {}): Promise<SmtpDouble> {
  const server = await startSmtpDouble(options)
  onTestFinished(() => server.close())
  return server
}

function mailerFor({ port, ca }: { port: number; ca?: string }, settings: Partial<SmtpSettings> = {}) {
  const base = {
    host: '127.0.0.1',
    port,
    user: 'ach',
    password: 'right',
    from: 'ach@example.com',
    tls: 'required',
  } as const
  return createSmtpMailer({ ...base, ...(ca === undefined ? {} : { ca }), ...settings })
}

const faultOf = (work: Promise<void>) =>
  work.then(
    () => null,
    (error: MailFault) => ({ name: error.name, isFinal: error.isFinal, message: error.message }),
  )

test.each([
  ['required', {}],
  ['implicit', { secure: true }],
] as const)('mail goes out encrypted and signed in (%s)', async (tls, options) => {
  const server = await smtp(options)
  await mailerFor(server, { tls }).send({ ...MAIL, id: 'job_1' })
  expect(server.received).toMatchObject([{ from: 'ach@example.com', to: [MAIL.to], isEncrypted: true }])
  const text = server.received[0]?.text
  expect(text).toContain('From: FISTWorks <ach@example.com>')
  expect(text).toContain('Message-ID: <job_1@example.com>')
  expect(text).toContain('Auto-Submitted: auto-generated')
  expect(text).toContain(MAIL.text)
})

test('a server that offers no encryption gets no mail and no password', async () => {
  let sawLogin = false
  const server = await smtp({
    hideSTARTTLS: true,
    disabledCommands: ['STARTTLS'],
    onAuth: () => void (sawLogin = true),
  })
  const fault = await faultOf(mailerFor(server).send(MAIL))
  expect(fault).toMatchObject({ name: 'MailFault', isFinal: false })
  expect([server.received, sawLogin]).toEqual([[], false])
})

test.each([
  ['of nobody we trust', {}],
  ['of another server', { ca: selfSignedCertificate().cert }],
])('a certificate %s is refused, and the mail waits', async (_, trusted) => {
  const server = await smtp()
  const fault = await faultOf(mailerFor({ port: server.port, ...trusted }).send(MAIL))
  expect([fault?.isFinal, server.received]).toEqual([false, []])
})

test('a certificate for another name is refused', async () => {
  const server = await smtp()
  const fault = await faultOf(mailerFor(server, { host: 'localhost' }).send(MAIL))
  expect([fault?.isFinal, server.received]).toEqual([false, []])
})

test.each([
  ['receiver', 450, false],
  ['receiver', 550, true],
  ['message', 451, false],
  ['message', 554, true],
] as const)('a refusal of the %s with %i is final: %s, and the next mail goes out', async (step, status, isFinal) => {
  const server = await smtp()
  const mailer = mailerFor(server)
  server.refuseNext(step, status)
  expect(await faultOf(mailer.send(MAIL))).toMatchObject({ name: 'MailFault', isFinal })
  await mailer.send(MAIL)
  expect(server.received).toHaveLength(1)
})

test('a wrong password is the operator’s to mend: nothing is lost for good', async () => {
  const server = await smtp()
  expect(await faultOf(mailerFor(server, { password: 'wrong' }).send(MAIL))).toMatchObject({ isFinal: false })
})

test('a connection that is cut in the middle is tried again', async () => {
  const server = await smtp()
  const mailer = mailerFor(server)
  server.cutNext()
  expect(await faultOf(mailer.send(MAIL))).toMatchObject({ isFinal: false })
  await mailer.send(MAIL)
  expect(server.received).toHaveLength(1)
})

test('nobody listening and a server that never speaks are given up after the time that was set', async () => {
  const silent = await startSilentServer()
  onTestFinished(() => silent.close())
  const settings = { host: '127.0.0.1', port: silent.port, from: 'ach@example.com', tls: 'required' } as const
  const timing = { connectMs: 50, silenceMs: 50, wholeMs: 1_000 }
  expect(await faultOf(createSmtpMailer(settings, timing).send(MAIL))).toMatchObject({ isFinal: false })
  await silent.close()
  expect(await faultOf(createSmtpMailer(settings, timing).send(MAIL))).toMatchObject({ isFinal: false })
})

test('what a mail server says about a person stays out of the error', async () => {
  const server = await smtp({
    onRcptTo: ({ address }, _, done) => done(Object.assign(new Error(`${address} left us`), { responseCode: 550 })),
  })
  const fault = await faultOf(mailerFor(server).send(MAIL))
  expect(fault).toEqual({ name: 'MailFault', isFinal: true, message: 'The mail was not taken (EENVELOPE 550).' })
})

test.each([
  'ada@bluebird.example\r\nBcc: eve@evil.example',
  'ada@bluebird.example, eve@evil.example',
  'ada@bluebird.example eve@evil.example',
  'Ada <ada@bluebird.example>',
  '<ada@bluebird.example>',
  'ada@bluebird.example>\r\nRCPT TO:<eve@evil.example',
  '"a@b"@bluebird.example',
  'ada@bluebird.example;eve@evil.example',
  'ada',
  '',
])('%j is no address to send to', async (to) => {
  const server = await smtp()
  expect(await faultOf(mailerFor(server).send({ ...MAIL, to }))).toMatchObject({ isFinal: true })
  expect(server.received).toEqual([])
})

test.each(['Hi\r\nBcc: eve@evil.example', 'Hi\nX: y', 'Hi\rX: y', 'Hi\u2028X', 'a'.repeat(201)])(
  'the subject %j is refused',
  async (subject) => {
    const server = await smtp()
    expect(await faultOf(mailerFor(server).send({ ...MAIL, subject }))).toMatchObject({ isFinal: true })
    expect(server.received).toEqual([])
  },
)

test('words of people cannot end the message or add to its headers', async () => {
  const server = await smtp()
  const text = 'Hello\r\n.\r\nMAIL FROM:<eve@evil.example>\r\nBcc: eve@evil.example\n\nSubject: other'
  await mailerFor(server).send({ ...MAIL, subject: 'Grüße von “Bäckerei” <b@c.example>', text })
  expect(server.received).toHaveLength(1)
  const raw = server.received[0]?.text ?? ''
  const head = raw.slice(0, raw.indexOf('\r\n\r\n'))
  expect(server.received[0]?.to).toEqual([MAIL.to])
  expect(head).not.toMatch(/^bcc:/im)
  expect(head.match(/^subject:/gim)).toHaveLength(1)
})
