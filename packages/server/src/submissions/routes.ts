import { Submission, SubmissionPage, SubmissionQuery, SubmissionResolution } from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import {
  listSubmissions,
  resolveSubmission,
  retrieveSubmission,
  retrySubmission,
  type SubmissionDependencies,
} from './service.ts'

export type { SubmissionDependencies } from './service.ts'

const path = '/v1/submissions'

/** Deliveries of files to banks. */
export function submissionOperations(deps: SubmissionDependencies): Operation[] {
  return [...reads(), ...changes(deps)]
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

function changes(deps: SubmissionDependencies): Operation[] {
  return [
    operation({
      id: 'submissions.retry',
      method: 'post',
      path: `${path}/{id}/retry`,
      summary: 'Try a failed delivery again',
      effect: 'write',
      scope: 'ach-files:submit',
      stepUp: 'people',
      idempotency: 'required',
      audit: 'submission.retried',
      rate: 'write',
      response: { status: 200, schema: Submission },
      handle: (ctx, { id }) => retrySubmission(deps, ctx, id),
    }),
    operation({
      id: 'submissions.resolve',
      method: 'post',
      path: `${path}/{id}/resolve`,
      summary: 'Say what the bank told you about a delivery that is unknown',
      effect: 'write',
      scope: 'submissions:resolve',
      stepUp: 'people',
      idempotency: 'required',
      audit: 'submission.resolved',
      rate: 'write',
      body: SubmissionResolution,
      response: { status: 200, schema: Submission },
      handle: (ctx, { id, body }) => resolveSubmission(deps, ctx, id, body),
    }),
  ]
}
