import type { AchFile, Submission, SubmissionResolution, SubmissionState } from '@fistworks/contract'

const AT = '2026-11-23T16:00:00Z'
const BY = { type: 'endUser', id: 'u-2', name: 'Lee Park' } as const

const APPROVED = {
  approval: { decision: 'approved', by: BY, at: AT, reason: null },
  approvals: [{ id: 'apv_01m7yrd1hcechv6nb2ne0f5e97', by: BY, at: AT }],
} as const

/** The file after a decision, or `null` when its state does not allow it. */
export function decide(
  file: AchFile,
  verb: string,
  reason: string | null,
  submission: Submission | null,
): AchFile | null {
  const next = { ...file, version: file.version + 1, updatedAt: AT }
  if (verb === 'request-approval' && (file.status === 'draft' || file.status === 'rejected'))
    return { ...next, status: 'pendingApproval' }
  if (verb === 'approve' && file.status === 'pendingApproval')
    return { ...next, status: 'approved', ...APPROVED, approvals: [...APPROVED.approvals] }
  if (verb === 'reject' && file.status === 'pendingApproval')
    return { ...next, status: 'rejected', approval: { decision: 'rejected', by: BY, at: AT, reason } }
  if (verb === 'submit' && file.status === 'approved' && submission) {
    const { fileName, sizeBytes, sha256 } = submission
    const generated = { fileName, sizeBytes, sha256, fileIdModifier: 'A', generatedAt: AT, encrypted: null }
    return { ...next, status: 'submitted', submittedAt: AT, submissionId: submission.id, generated }
  }
  if (verb === 'cancel' && ['draft', 'rejected', 'pendingApproval', 'approved', 'submitted'].includes(file.status))
    return { ...next, status: 'canceled' }
  return null
}

/** The delivery after a person said something about it. */
export function decideDelivery(submission: Submission, { path, body }: { path: string; body?: unknown }): Submission {
  const verb = path.split('/').at(-1)
  if (verb === 'reject-resolution') return { ...submission, resolution: null }
  if (verb === 'resolve') {
    const said = body as SubmissionResolution
    const resolution = { ...said, proposedBy: BY, proposedAt: AT, expiresAt: '2026-11-24T16:00:00Z', isYours: true }
    return { ...submission, resolution }
  }
  const isDelivered = verb === 'confirm-resolution' && submission.resolution?.outcome === 'delivered'
  const state: SubmissionState = isDelivered ? 'done' : 'ready'
  const steps = [...submission.steps, { state, attempt: submission.attempt, at: AT, detail: '' }]
  return { ...submission, state, problem: null, resolution: null, steps }
}
