import type { Mail, Mailer } from './mailer.ts'

const KEPT = 50

/** The development mailbox: messages stay in memory, are shown on a page of this machine, and go nowhere else but to `next`. */
export class DevelopmentMailbox implements Mailer {
  readonly #mails: Mail[] = []
  readonly #next: Mailer | null

  constructor(next: Mailer | null = null) {
    this.#next = next
  }

  async send(mail: Mail): Promise<void> {
    this.#mails.unshift(mail)
    this.#mails.length = Math.min(this.#mails.length, KEPT)
    await this.#next?.send(mail)
  }

  /** Newest first. */
  list(): readonly Mail[] {
    return this.#mails
  }
}
