import { Organization, OrganizationCreate, OrganizationPage, PageQuery } from '@fistworks/contract'
import { operation } from '../http/operation.ts'
import { createOrganization, listOrganizations, retrieveOrganization } from './service.ts'

export const organizationOperations = [
  operation({
    id: 'organizations.create',
    method: 'post',
    path: '/v1/organizations',
    summary: 'Take on another paying company; a person founds one of their own',
    effect: 'control',
    scope: 'organizations:write',
    idempotency: 'accepted',
    audit: 'organization.created',
    rate: 'write',
    body: OrganizationCreate,
    response: { status: 201, schema: Organization },
    handle: (ctx, { body }) => createOrganization(ctx, body),
  }),
  operation({
    id: 'organizations.list',
    method: 'get',
    path: '/v1/organizations',
    summary: 'The organizations you can work in',
    effect: 'controlRead',
    scope: 'organizations:read',
    rate: 'read',
    query: PageQuery,
    response: { status: 200, schema: OrganizationPage },
    handle: (ctx, { query }) => listOrganizations(ctx, query),
  }),
  operation({
    id: 'organizations.retrieve',
    method: 'get',
    path: '/v1/organizations/{id}',
    summary: 'One organization',
    effect: 'controlRead',
    scope: 'organizations:read',
    rate: 'read',
    response: { status: 200, schema: Organization },
    handle: (ctx, { id }) => retrieveOrganization(ctx, id),
  }),
]
