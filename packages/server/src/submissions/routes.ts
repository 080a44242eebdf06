import {
  Submission,
  SubmissionConfirmation,
  SubmissionPage,
  SubmissionQuery,
  SubmissionRejection,
  SubmissionResolution,
  SubmissionRetry,
} from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import type { SubmissionDependencies } from './people.ts'
import { confirmResolution, rejectResolution, resolveSubmission } from './resolve.ts'
import { listSubmissions, retrieveSubmission, retrySubmission } from './service.ts'

export type { SubmissionDependencies } from './people.ts'

const path = '/v1/submissions'

/** Deliveries of files to banks. */
export function submissionOperations(deps: SubmissionDependencies): Operation[] {
  return [...reads(), retry(deps), ...resolutions(deps)]
}

function reads(): Operation[] {
  return [
    operation({
      id: 'submissions.list',
      method: 'get',
      path,
      summary: 'Deliveries to the banks',
      effect: 'read',
      scope: 'submissions:read',
      rate: 'read',
      query: SubmissionQuery,
      response: { status: 200, schema: SubmissionPage },
      handle: (ctx, { query }) => listSubmissions(ctx, query),
    }),
    operation({
      id: 'submissions.retrieve',
      method: 'get',
      path: `${path}/{id}`,
      summary: 'One delivery with its recorded steps',
      effect: 'read',
      scope: 'submissions:read',
      rate: 'read',
      response: { status: 200, schema: Submission },
      handle: (ctx, { id }) => retrieveSubmission(ctx, id),
    }),
  ]
}

function retry(deps: SubmissionDependencies): Operation {
  return operation({
    id: 'submissions.retry',
    method: 'post',
    path: `${path}/{id}/retry`,
    summary: 'Try a failed delivery again, after its cutoff on purpose',
    effect: 'write',
    scope: 'ach-files:submit',
    stepUp: 'people',
    idempotency: 'required',
    audit: 'submission.retried',
    rate: 'write',
    body: SubmissionRetry,
    response: { status: 200, schema: Submission },
    handle: (ctx, { id, body }) => retrySubmission(deps, ctx, id, body),
  })
}

/** What two people say about a delivery that is unknown. */
function resolutions(deps: SubmissionDependencies): Operation[] {
  return [
    operation({
      id: 'submissions.resolve',
      method: 'post',
      path: `${path}/{id}/resolve`,
      summary: 'Say what the bank told you about a delivery that is unknown; another person confirms it',
      effect: 'write',
      scope: 'submissions:resolve',
      stepUp: 'people',
      idempotency: 'required',
      audit: 'submission.resolutionProposed',
      rate: 'write',
      body: SubmissionResolution,
      response: { status: 200, schema: Submission },
      handle: (ctx, { id, body }) => resolveSubmission(ctx, id, body),
    }),
    operation({
      id: 'submissions.confirmResolution',
      method: 'post',
      path: `${path}/{id}/confirm-resolution`,
      summary: 'Confirm what another person was told by the bank',
      effect: 'write',
      scope: 'submissions:resolve',
      stepUp: 'people',
      idempotency: 'required',
      audit: 'submission.resolved',
      rate: 'write',
      body: SubmissionConfirmation,
      response: { status: 200, schema: Submission },
      handle: (ctx, { id, body }) => confirmResolution(deps, ctx, id, body),
    }),
    operation({
      id: 'submissions.rejectResolution',
      method: 'post',
      path: `${path}/{id}/reject-resolution`,
      summary: 'Take away what was said about a delivery; it stays unknown',
      effect: 'write',
      scope: 'submissions:resolve',
      idempotency: 'accepted',
      audit: 'submission.resolutionRejected',
      rate: 'write',
      body: SubmissionRejection,
      response: { status: 200, schema: Submission },
      handle: (ctx, { id, body }) => rejectResolution(ctx, id, body),
    }),
  ]
}
