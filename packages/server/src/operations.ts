import { accessReviewOperations } from './access-reviews/routes.ts'
import { accountOperations } from './accounts/routes.ts'
import { achFileOperations } from './ach-files/routes.ts'
import { type ApiKeyDependencies, apiKeyOperations } from './api-keys/routes.ts'
import { approvalPolicyOperations } from './approval-policies/routes.ts'
import type { ApprovalPolicyDependencies } from './approval-policies/service.ts'
import { type AuditDependencies, auditEventOperations } from './audit-events/routes.ts'
import { bankAccountOperations } from './bank-accounts/routes.ts'
import { type BankConnectionDependencies, bankConnectionOperations } from './bank-connections/routes.ts'
import { correctionOperations, correctionPolicyOperations } from './corrections/routes.ts'
import { deliveriesOperations } from './deliveries/routes.ts'
import { entraOperations } from './entra/routes.ts'
import type { Entra } from './entra/service.ts'
import { embedFrameOperations, embedSessionOperations } from './embed-sessions/routes.ts'
import { eventOperations } from './events/routes.ts'
import type { Operation } from './http/operation.ts'
import { inboundFileOperations } from './inbound-files/routes.ts'
import { invitationAnswers, invitationOperations } from './invitations/routes.ts'
import { memberOperations } from './members/routes.ts'
import { openSessionOperations } from './open-sessions/routes.ts'
import { type ClosingChecks, closingOperations } from './organizations/close.ts'
import { platformOperations } from './platforms/routes.ts'
import { organizationOperations } from './organizations/routes.ts'
import { portalSessionOperations } from './portal-sessions/routes.ts'
import type { SignInDeps } from './portal-sessions/service.ts'
import { recipientOperations } from './recipients/routes.ts'
import { scheduleOperations } from './schedules/routes.ts'
import { templateOperations } from './templates/routes.ts'
import { passkeyOperations } from './passkeys/routes.ts'
import { returnOperations } from './returns/routes.ts'
import { secondFactorOperations } from './second-factors/routes.ts'
import { type SubmissionDependencies, submissionOperations } from './submissions/routes.ts'
import { type WebhookPolicy, webhookOperations } from './webhooks/routes.ts'

export interface OperationDependencies {
  apiKeys: ApiKeyDependencies
  bankConnections: BankConnectionDependencies
  submissions: SubmissionDependencies
  approvalPolicy: ApprovalPolicyDependencies
  closing: ClosingChecks
  audit: AuditDependencies
  webhooks: WebhookPolicy
  /** Absent where nobody can be mailed a code: then there is no sign-in. */
  signIn?: SignInDeps
  /** Absent where no identity provider is set up. */
  entra?: Entra | undefined
}

/** Every operation of the API. */
export function allOperations(deps: OperationDependencies): Operation[] {
  return [
    ...organizationOperations,
    ...closingOperations(deps.closing),
    ...memberOperations,
    ...invitationOperations,
    ...platformOperations,
    ...apiKeyOperations(deps.apiKeys),
    ...accessReviewOperations,
    ...embedSessionOperations,
    ...bankConnectionOperations(deps.bankConnections),
    ...bankAccountOperations,
    ...recipientOperations,
    ...approvalPolicyOperations(deps.approvalPolicy),
    ...achFileOperations,
    ...templateOperations,
    ...scheduleOperations,
    ...submissionOperations(deps.submissions),
    ...deliveriesOperations(deps.audit),
    ...eventOperations,
    ...inboundFileOperations(deps.bankConnections),
    ...returnOperations,
    ...correctionOperations,
    ...correctionPolicyOperations(deps.approvalPolicy),
    ...webhookOperations(deps.webhooks),
    ...auditEventOperations(deps.audit),
    ...entraOperations(deps),
    ...(deps.signIn === undefined
      ? []
      : [
          ...portalSessionOperations(deps.signIn),
          ...invitationAnswers(deps.signIn),
          ...openSessionOperations(deps.signIn),
          ...accountOperations(deps.signIn),
          ...passkeyOperations(deps.signIn),
          ...embedFrameOperations(deps.signIn),
          ...secondFactorOperations(deps.signIn),
        ]),
  ]
}
