import { type Mailer, MailFault } from '../../src/mail/mailer.ts'
import type { WebhookMessage, WebhookResult } from '../../src/webhooks/webhook-sender.ts'
import type { Random } from './random.ts'
import type { Troubles } from './troubles.ts'
import type { Owner, VirtualTime } from './virtual-time.ts'

interface PostWorld {
  time: VirtualTime
  random: Random
  troubles: Troubles
  onFault(what: string): void
}

const ANSWER_MAX_MS = 500
const WEBHOOK_TROUBLE = { timedOut: 2, lostAnswer: 2, refused: 3 }

/** The mail server and the endpoints of webhooks: neither can always be had. */
export class Post implements Mailer {
  /** Ids of events that an endpoint has got. */
  readonly heard = new Set<string>()
  readonly #world: PostWorld

  constructor(world: PostWorld) {
    this.#world = world
  }

  async send(): Promise<void> {
    const { random, troubles } = this.#world
    if (random.chance(troubles.mail)) throw new MailFault('The mail server does not answer.', false)
  }

  async webhook({ headers }: WebhookMessage, owner: Owner): Promise<WebhookResult> {
    const { random, troubles, time } = this.#world
    const trouble = random.chance(troubles.mail) ? random.weighted(WEBHOOK_TROUBLE) : null
    await time.wait(random.between(1, ANSWER_MAX_MS), owner)
    if (trouble !== null) this.#world.onFault(`webhook ${trouble}`)
    if (trouble === 'timedOut') return { fault: 'timedOut' }
    if (trouble === 'refused') return { status: 503, retryAfter: undefined }
    this.heard.add(headers['webhook-id'] ?? '')
    await time.wait(1, owner)
    return trouble === 'lostAnswer' ? { fault: 'timedOut' } : { status: 204, retryAfter: undefined }
  }
}
