import { AccessReview, AccessReviewDecision, AccessReviewSettings } from '@fistworks/contract'
import { operation } from '../http/operation.ts'
import { beginReview, configureReviews, decideAccess, retrieveReview } from './service.ts'

const path = '/v1/access-reviews'

/** Looking at who has what, every so many days. */
export const accessReviewOperations = [
  operation({
    id: 'accessReviews.retrieve',
    method: 'get',
    path,
    summary: 'When the next review of who has what is due, and the one under way',
    effect: 'controlRead',
    scope: 'members:read',
    rate: 'read',
    response: { status: 200, schema: AccessReview },
    handle: (ctx) => retrieveReview(ctx),
  }),
  operation({
    id: 'accessReviews.begin',
    method: 'post',
    path,
    summary: 'Write down who has what, to be confirmed or revoked one by one',
    effect: 'control',
    scope: 'members:write',
    stepUp: 'person',
    idempotency: 'accepted',
    audit: 'accessReview.begun',
    rate: 'write',
    response: { status: 201, schema: AccessReview },
    handle: (ctx) => beginReview(ctx),
  }),
  operation({
    id: 'accessReviews.decide',
    method: 'post',
    path: `${path}/{id}/decide`,
    summary: 'Confirm one access, or take it away',
    effect: 'control',
    scope: 'members:write',
    stepUp: 'person',
    idempotency: 'accepted',
    audit: 'accessReview.decided',
    rate: 'write',
    body: AccessReviewDecision,
    response: { status: 200, schema: AccessReview },
    handle: (ctx, { id, body }) => decideAccess(ctx, id, body),
  }),
  operation({
    id: 'accessReviews.configure',
    method: 'post',
    path: `${path}/configure`,
    summary: 'How many days lie between two reviews',
    effect: 'control',
    scope: 'members:write',
    stepUp: 'person',
    idempotency: 'accepted',
    audit: 'accessReview.configured',
    rate: 'write',
    body: AccessReviewSettings,
    response: { status: 200, schema: AccessReview },
    handle: (ctx, { body }) => configureReviews(ctx, body),
  }),
]
