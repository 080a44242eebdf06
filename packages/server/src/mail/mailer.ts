/** One message as the mailer hands it on. */
export interface Mail {
  to: string
  subject: string
  text: string
  at: Date
  /** Names the message for good, so that a receiver can tell a repetition: letters, digits, `_` and `-`. */
  id?: string
}

/** Where mail goes. */
export interface Mailer {
  /** @throws MailFault */
  send(mail: Mail): Promise<void>
}

/** A message that did not go out. The text tells nobody's address and nothing of what the mail server said. */
export class MailFault extends Error {
  /** The same message will never be taken; otherwise it may be tried again. */
  readonly isFinal: boolean

  constructor(message: string, isFinal: boolean) {
    super(message)
    this.name = 'MailFault'
    this.isFinal = isFinal
  }
}
