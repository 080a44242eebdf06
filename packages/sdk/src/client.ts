import { credentialsOf } from './credentials.ts'
import { UsageError } from './error.ts'
import { Http } from './http.ts'
import { type FISTWorksOptions, limitsOf, normalizeBaseUrl } from './options.ts'
import { AchFiles } from './resources/ach-files.ts'
import { AuditEvents } from './resources/audit-events.ts'
import { BankAccounts } from './resources/bank-accounts.ts'
import { BankConnections } from './resources/bank-connections.ts'
import { EmbedSessions } from './resources/embed-sessions.ts'
import { Organizations } from './resources/organizations.ts'
import { Passkeys } from './resources/passkeys.ts'
import { PortalSessions } from './resources/portal-sessions.ts'
import { Recipients } from './resources/recipients.ts'
import { SignIns } from './resources/sign-ins.ts'
import { StepUps } from './resources/step-ups.ts'
import { Submissions } from './resources/submissions.ts'

/**
 * The FISTWorks API. Printing it shows no key and no token.
 * @example
 * const fist = new FISTWorks({ apiKey, baseUrl: 'https://fistworks.example.com', organization: 'org_…' })
 * for await (const recipient of fist.recipients.list({ search: 'roe' })) console.log(recipient.name)
 */
export class FISTWorks {
  readonly #http: Http
  readonly #printable: Record<string, unknown>
  #organizations: Organizations | undefined
  #embedSessions: EmbedSessions | undefined
  #bankConnections: BankConnections | undefined
  #bankAccounts: BankAccounts | undefined
  #recipients: Recipients | undefined
  #achFiles: AchFiles | undefined
  #submissions: Submissions | undefined
  #auditEvents: AuditEvents | undefined
  #signIn: SignIns | undefined
  #portalSession: PortalSessions | undefined
  #passkeys: Passkeys | undefined
  #stepUp: StepUps | undefined

  /** @throws {UsageError} when the options cannot be used; nothing is sent yet */
  constructor(options: FISTWorksOptions) {
    const credentials = credentialsOf(options)
    const baseUrl = normalizeBaseUrl(options.baseUrl ?? ownOrigin(credentials.kind))
    const { organization } = options
    // Looked up for each request, so that what replaces it later (an agent, a test) is used.
    const fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
    this.#http = new Http({ baseUrl, credentials, fetch, organization, ...limitsOf(options) })
    this.#printable = { baseUrl, credentials: credentials.kind, organization }
  }

  get organizations(): Organizations {
    return (this.#organizations ??= new Organizations(this.#http))
  }

  get embedSessions(): EmbedSessions {
    return (this.#embedSessions ??= new EmbedSessions(this.#http))
  }

  get bankConnections(): BankConnections {
    return (this.#bankConnections ??= new BankConnections(this.#http))
  }

  get bankAccounts(): BankAccounts {
    return (this.#bankAccounts ??= new BankAccounts(this.#http))
  }

  get recipients(): Recipients {
    return (this.#recipients ??= new Recipients(this.#http))
  }

  get achFiles(): AchFiles {
    return (this.#achFiles ??= new AchFiles(this.#http))
  }

  get submissions(): Submissions {
    return (this.#submissions ??= new Submissions(this.#http))
  }

  get auditEvents(): AuditEvents {
    return (this.#auditEvents ??= new AuditEvents(this.#http))
  }

  get signIn(): SignIns {
    return (this.#signIn ??= new SignIns(this.#http))
  }

  get portalSession(): PortalSessions {
    return (this.#portalSession ??= new PortalSessions(this.#http))
  }

  get passkeys(): Passkeys {
    return (this.#passkeys ??= new Passkeys(this.#http))
  }

  get stepUp(): StepUps {
    return (this.#stepUp ??= new StepUps(this.#http))
  }

  /** What may be logged of it. */
  toJSON(): Record<string, unknown> {
    return { ...this.#printable }
  }
}

function ownOrigin(kind: string): string {
  const page: { location?: { origin?: string } } = globalThis
  const origin = kind === 'cookie' ? page.location?.origin : undefined
  if (origin === undefined) throw new UsageError("Say where the server is: baseUrl: 'https://…'.")
  return origin
}
