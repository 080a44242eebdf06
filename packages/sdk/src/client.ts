import { AccessTokens } from './access-tokens.ts'
import { ComponentResources } from './component-client.ts'
import { connect } from './connect.ts'
import type { Http } from './http.ts'
import type { FISTWorksOptions } from './options.ts'
import { requestToken } from './request-token.ts'
import { AccessReviews } from './resources/access-reviews.ts'
import { Accounts } from './resources/accounts.ts'
import { AchFiles } from './resources/ach-files.ts'
import { ApiKeys } from './resources/api-keys.ts'
import { ApprovalPolicies } from './resources/approval-policies.ts'
import { AuditEvents } from './resources/audit-events.ts'
import { AuthenticatorApps } from './resources/authenticator-apps.ts'
import { BankAccounts } from './resources/bank-accounts.ts'
import { BankConnections } from './resources/bank-connections.ts'
import { Corrections } from './resources/corrections.ts'
import { DeliverySwitch } from './resources/deliveries.ts'
import { EffectiveDateLists } from './resources/effective-date-lists.ts'
import { EmbedFrame } from './resources/embed-frame.ts'
import { EmbedSessions } from './resources/embed-sessions.ts'
import { Events } from './resources/events.ts'
import { Identities } from './resources/identities.ts'
import { InboundFiles } from './resources/inbound-files.ts'
import { Invitations } from './resources/invitations.ts'
import { Members } from './resources/members.ts'
import { OpenSessions } from './resources/open-sessions.ts'
import { Organizations } from './resources/organizations.ts'
import { Passkeys } from './resources/passkeys.ts'
import { Platforms } from './resources/platforms.ts'
import { PortalSessions } from './resources/portal-sessions.ts'
import { RecoveryCodeLists } from './resources/recovery-codes.ts'
import { ReturnRates, Returns } from './resources/returns.ts'
import { Schedules } from './resources/schedules.ts'
import { SecondFactorLists } from './resources/second-factors.ts'
import { SignIns } from './resources/sign-ins.ts'
import { StepUps } from './resources/step-ups.ts'
import { Templates } from './resources/templates.ts'
import { WebhookDeliveries } from './resources/webhook-deliveries.ts'
import { WebhookEndpoints } from './resources/webhook-endpoints.ts'

/**
 * The FISTWorks API. Printing it shows no key and no token.
 * @example
 * const fist = new FISTWorks({ apiKey, baseUrl: 'https://fistworks.example.com', organization: 'org_…' })
 * for await (const recipient of fist.recipients.list({ search: 'roe' })) console.log(recipient.name)
 */
export class FISTWorks extends ComponentResources {
  readonly #http: Http
  readonly #printable: Record<string, unknown>
  #accessReviews: AccessReviews | undefined
  #account: Accounts | undefined
  #platforms: Platforms | undefined
  #apiKeys: ApiKeys | undefined
  #approvalPolicy: ApprovalPolicies | undefined
  #organizations: Organizations | undefined
  #members: Members | undefined
  #invitations: Invitations | undefined
  #effectiveDates: EffectiveDateLists | undefined
  #embedSession: EmbedFrame | undefined
  #embedSessions: EmbedSessions | undefined
  #achFiles: AchFiles | undefined
  #bankAccounts: BankAccounts | undefined
  #bankConnections: BankConnections | undefined
  #auditEvents: AuditEvents | undefined
  #inboundFiles: InboundFiles | undefined
  #returns: Returns | undefined
  #returnRates: ReturnRates | undefined
  #corrections: Corrections | undefined
  #deliveries: DeliverySwitch | undefined
  #events: Events | undefined
  #webhookEndpoints: WebhookEndpoints | undefined
  #webhookDeliveries: WebhookDeliveries | undefined
  #signIn: SignIns | undefined
  #portalSession: PortalSessions | undefined
  #openSessions: OpenSessions | undefined
  #passkeys: Passkeys | undefined
  #authenticatorApp: AuthenticatorApps | undefined
  #recoveryCodes: RecoveryCodeLists | undefined
  #secondFactors: SecondFactorLists | undefined
  #schedules: Schedules | undefined
  #stepUp: StepUps | undefined
  #templates: Templates | undefined
  #identities: Identities | undefined

  /** @throws {UsageError} when the options cannot be used; nothing is sent yet */
  constructor(options: FISTWorksOptions) {
    const { http, printable } = connect(
      options,
      (clientId, clientSecret, at) =>
        new AccessTokens(
          () => requestToken({ ...at, clientId, clientSecret }),
          () => performance.now(),
        ),
    )
    super(http)
    this.#http = http
    this.#printable = printable
  }

  override get achFiles(): AchFiles {
    return (this.#achFiles ??= new AchFiles(this.#http))
  }

  override get bankAccounts(): BankAccounts {
    return (this.#bankAccounts ??= new BankAccounts(this.#http))
  }

  get accessReviews(): AccessReviews {
    return (this.#accessReviews ??= new AccessReviews(this.#http))
  }

  get account(): Accounts {
    return (this.#account ??= new Accounts(this.#http))
  }

  get platforms(): Platforms {
    return (this.#platforms ??= new Platforms(this.#http))
  }

  get apiKeys(): ApiKeys {
    return (this.#apiKeys ??= new ApiKeys(this.#http))
  }

  get approvalPolicy(): ApprovalPolicies {
    return (this.#approvalPolicy ??= new ApprovalPolicies(this.#http))
  }

  get organizations(): Organizations {
    return (this.#organizations ??= new Organizations(this.#http))
  }

  get members(): Members {
    return (this.#members ??= new Members(this.#http))
  }

  get invitations(): Invitations {
    return (this.#invitations ??= new Invitations(this.#http))
  }

  get effectiveDates(): EffectiveDateLists {
    return (this.#effectiveDates ??= new EffectiveDateLists(this.#http))
  }

  get embedSession(): EmbedFrame {
    return (this.#embedSession ??= new EmbedFrame(this.#http))
  }

  get embedSessions(): EmbedSessions {
    return (this.#embedSessions ??= new EmbedSessions(this.#http))
  }

  get bankConnections(): BankConnections {
    return (this.#bankConnections ??= new BankConnections(this.#http))
  }

  get deliveries(): DeliverySwitch {
    return (this.#deliveries ??= new DeliverySwitch(this.#http))
  }

  get auditEvents(): AuditEvents {
    return (this.#auditEvents ??= new AuditEvents(this.#http))
  }

  get events(): Events {
    return (this.#events ??= new Events(this.#http))
  }

  get inboundFiles(): InboundFiles {
    return (this.#inboundFiles ??= new InboundFiles(this.#http))
  }

  get returns(): Returns {
    return (this.#returns ??= new Returns(this.#http))
  }

  get returnRates(): ReturnRates {
    return (this.#returnRates ??= new ReturnRates(this.#http))
  }

  get corrections(): Corrections {
    return (this.#corrections ??= new Corrections(this.#http))
  }

  get webhookEndpoints(): WebhookEndpoints {
    return (this.#webhookEndpoints ??= new WebhookEndpoints(this.#http))
  }

  get webhookDeliveries(): WebhookDeliveries {
    return (this.#webhookDeliveries ??= new WebhookDeliveries(this.#http))
  }

  get signIn(): SignIns {
    return (this.#signIn ??= new SignIns(this.#http))
  }

  get portalSession(): PortalSessions {
    return (this.#portalSession ??= new PortalSessions(this.#http))
  }

  get openSessions(): OpenSessions {
    return (this.#openSessions ??= new OpenSessions(this.#http))
  }

  get passkeys(): Passkeys {
    return (this.#passkeys ??= new Passkeys(this.#http))
  }

  get authenticatorApp(): AuthenticatorApps {
    return (this.#authenticatorApp ??= new AuthenticatorApps(this.#http))
  }

  get recoveryCodes(): RecoveryCodeLists {
    return (this.#recoveryCodes ??= new RecoveryCodeLists(this.#http))
  }

  get secondFactors(): SecondFactorLists {
    return (this.#secondFactors ??= new SecondFactorLists(this.#http))
  }

  get stepUp(): StepUps {
    return (this.#stepUp ??= new StepUps(this.#http))
  }

  get schedules(): Schedules {
    return (this.#schedules ??= new Schedules(this.#http))
  }

  get templates(): Templates {
    return (this.#templates ??= new Templates(this.#http))
  }

  get identities(): Identities {
    return (this.#identities ??= new Identities(this.#http))
  }

  /** What may be logged of it. */
  toJSON(): Record<string, unknown> {
    return { ...this.#printable }
  }
}
