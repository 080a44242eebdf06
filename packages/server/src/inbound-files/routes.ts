import { InboundFile, InboundFilePage, InboundFileQuery, InboundPollList } from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import { listInboundFiles, listInboundPolls, retrieveInboundFile } from './service.ts'

const path = '/v1/inbound-files'

/** Files that banks put down for the organization. */
export const inboundFileOperations: Operation[] = [
  operation({
    id: 'inboundFiles.list',
    method: 'get',
    path,
    summary: 'Files that the banks put down for us, newest first',
    effect: 'read',
    scope: 'returns:read',
    rate: 'read',
    query: InboundFileQuery,
    response: { status: 200, schema: InboundFilePage },
    handle: (ctx, { query }) => listInboundFiles(ctx, query),
  }),
  operation({
    id: 'inboundFiles.retrieve',
    method: 'get',
    path: `${path}/{id}`,
    summary: 'One file of a bank, and what it brought',
    effect: 'read',
    scope: 'returns:read',
    rate: 'read',
    response: { status: 200, schema: InboundFile },
    handle: (ctx, { id }) => retrieveInboundFile(ctx, id),
  }),
  operation({
    id: 'inboundFiles.polls',
    method: 'get',
    path: '/v1/inbound-polls',
    summary: 'When each bank connection was and will be looked at for files, and what went wrong',
    effect: 'read',
    scope: 'returns:read',
    rate: 'read',
    response: { status: 200, schema: InboundPollList },
    handle: (ctx) => listInboundPolls(ctx),
  }),
]
