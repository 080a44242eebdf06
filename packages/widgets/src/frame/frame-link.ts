import { type EmbedSessionState, FRAME_HEADERS } from '@fistworks/contract'
import { FISTWorks } from '@fistworks/sdk'
import { sessionIdOf } from './host-sessions.ts'
import { sent, type Session, type ToPage } from './message.ts'

const ANSWER_MS = 20_000

interface Waiting {
  resolve(session: Session): void
  reject(reason: Error): void
}

/** The frame's way to the API, and to the page for another session when one ends. */
export class FrameLink {
  client: FISTWorks
  readonly #port: MessagePort
  readonly #parent: string
  readonly #onOther: () => void
  #session: Session
  #asking: Promise<Session> | null = null
  #waiting: Waiting | null = null
  #secret: string | null = null

  /** @param onOther told when another session took the place of the one before: what a person added to that is gone */
  constructor(port: MessagePort, parent: string, session: Session, onOther: () => void) {
    this.#port = port
    this.#parent = parent
    this.#session = session
    this.#onOther = onOther
    this.client = this.#clientOf(session)
  }

  send(message: ToPage): void {
    this.#port.postMessage(sent(message))
  }

  /** The page's answer. */
  answer(session: Session | null): void {
    const waiting = this.#waiting
    this.#waiting = null
    if (session === null || sessionIdOf(session.token) === null) waiting?.reject(new Error('The page gave no session.'))
    else waiting?.resolve(session)
  }

  /** What the session may do now. */
  state(): Promise<EmbedSessionState> {
    return this.client.embedSession.retrieve()
  }

  /** The secret of a raise goes along with every request from here on, until the session is another. */
  use(secret: string | null): void {
    this.#secret = secret
  }

  /** Makes sure that the session lives for so long, so that what is added to it now is not soon gone with it. */
  async lastFor(ms: number): Promise<void> {
    if (Date.parse(this.#session.expiresAt ?? '') - Date.now() > ms) return
    this.client = this.#clientOf(await this.#other())
  }

  #clientOf(first: Session): FISTWorks {
    let isFirst = true
    return new FISTWorks({
      baseUrl: location.origin,
      fetchSessionToken: async () => {
        if (!isFirst) return this.#other()
        isFirst = false
        return first
      },
      fetch: (input, init) => {
        const request = new Request(input, init)
        request.headers.set(FRAME_HEADERS.parent, this.#parent)
        if (this.#secret !== null) request.headers.set(FRAME_HEADERS.secret, this.#secret)
        return fetch(request)
      },
    })
  }

  #other(): Promise<Session> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null
    })
    return this.#asking
  }

  async #ask(): Promise<Session> {
    const { token } = this.#session
    const session = await new Promise<Session>((resolve, reject) => {
      this.#waiting = { resolve, reject }
      setTimeout(() => reject(new Error('The page did not answer.')), ANSWER_MS)
      this.send({ type: 'session', stale: token })
    })
    this.#session = session
    if (session.token !== token) {
      this.#secret = null
      this.#onOther()
    }
    return session
  }
}
