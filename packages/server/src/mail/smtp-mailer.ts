import { createTransport } from 'nodemailer'
import { MAIL_ADDRESS } from './mail-address.ts'
import { type Mail, type Mailer, MailFault } from './mailer.ts'
import type { SmtpSettings } from './smtp-settings.ts'

/** How long each step may take, in milliseconds; `wholeMs` bounds a server that stays just short of the others. */
export interface SmtpTiming {
  connectMs: number
  silenceMs: number
  wholeMs: number
}

const TIMING: SmtpTiming = { connectMs: 10_000, silenceMs: 20_000, wholeMs: 60_000 }
const SUBJECT_CHARACTERS = 200

/** Hands mail to one SMTP server, over TLS with its certificate checked. One connection for each message. */
export function createSmtpMailer(settings: SmtpSettings, timing: SmtpTiming = TIMING): Mailer {
  const { host, port, user, password, from, tls, ca } = settings
  const transport = createTransport({
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'required',
    ignoreTLS: tls === 'none',
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) },
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    name: from.slice(from.lastIndexOf('@') + 1),
    connectionTimeout: timing.connectMs,
    dnsTimeout: timing.connectMs,
    greetingTimeout: timing.connectMs,
    socketTimeout: timing.silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send(mail) {
      refuseUnsafe(mail)
      const message = {
        // Addresses as objects: a text would be read as a list of them.
        from: { name: 'FISTWorks', address: from },
        to: { name: '', address: mail.to },
        envelope: { from, to: [mail.to] },
        subject: mail.subject,
        text: mail.text,
        date: mail.at,
        ...(mail.id === undefined ? {} : { messageId: `<${mail.id}@${from.slice(from.lastIndexOf('@') + 1)}>` }),
        headers: { 'Auto-Submitted': 'auto-generated' },
      }
      await within(timing.wholeMs, transport.sendMail(message)).catch((error: unknown) => {
        throw faultOf(error)
      })
    },
  }
}

/** What could end a header and begin another never reaches the library, whatever it would make of it. */
function refuseUnsafe({ to, subject, id }: Mail): void {
  if (!MAIL_ADDRESS.test(to)) throw new MailFault('The address is not one that mail can be sent to.', true)
  if (subject.length > SUBJECT_CHARACTERS || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(subject)) {
    throw new MailFault('The subject has a control character or is too long.', true)
  }
  if (id !== undefined && !/^[\w-]{1,100}$/.test(id)) throw new MailFault('The id of the message is none.', true)
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new MailFault('The mail server took too long.', false)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * A 5xx about the message or its receiver is final (RFC 5321, 4.2.1). A login or a certificate that does not fit is
 * the operator's to mend, so such mail waits.
 */
function faultOf(error: unknown): MailFault {
  if (error instanceof MailFault) return error
  const code = codeOf(error)
  const status = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0
  const isFinal = status >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE')
  return new MailFault(`The mail was not taken (${status > 0 ? `${code} ${status}` : code}).`, isFinal)
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^[A-Z_]{1,60}$/.test(code) ? code : 'unknown'
}
