/** One message as the mailer hands it on. */
export interface Mail {
  to: string
  subject: string
  text: string
  at: Date
}

/** Where mail goes. */
export interface Mailer {
  send(mail: Mail): Promise<void>
}

const KEPT = 50

/** The development mailbox: messages stay in memory, are shown on a page of this machine, and go nowhere. */
export class DevelopmentMailbox implements Mailer {
  readonly #mails: Mail[] = []

  async send(mail: Mail): Promise<void> {
    this.#mails.unshift(mail)
    this.#mails.length = Math.min(this.#mails.length, KEPT)
  }

  /** Newest first. */
  list(): readonly Mail[] {
    return this.#mails
  }
}
