import {
  FilesAtBank,
  InboundContent,
  InboundContentQuery,
  InboundFetch,
  InboundFile,
  InboundFilePage,
  InboundFileQuery,
  InboundPoll,
  InboundPollList,
} from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import { type AtBankDependencies, fetchFromBank, listAtBank } from './at-bank.ts'
import { inboundContent } from './content.ts'
import { listInboundFiles, listInboundPolls, reprocessInboundFile, retrieveInboundFile } from './service.ts'

const path = '/v1/inbound-files'

/** Files that banks put down for the organization. */
export function inboundFileOperations(deps: AtBankDependencies): Operation[] {
  return [...reads, ...atBank(deps), ...changes]
}

const reads: Operation[] = [
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
  operation({
    id: 'inboundFiles.content',
    method: 'get',
    path: `${path}/{id}/content`,
    summary: 'Lines of a file of a bank in words, with accounts, banks and names hidden',
    effect: 'read',
    scope: 'returns:read',
    rate: 'read',
    query: InboundContentQuery,
    response: { status: 200, schema: InboundContent },
    handle: (ctx, { id, query }) => inboundContent(ctx, id, query),
  }),
]

const changes: Operation[] = [
  operation({
    id: 'inboundFiles.fetch',
    method: 'post',
    path: '/v1/bank-connections/{id}/fetch-inbound-files',
    summary: 'Fetch files of the bank now, all or those named; a job does it',
    effect: 'write',
    scope: 'returns:write',
    rate: 'write',
    idempotency: 'accepted',
    audit: 'inboundFile.fetchAsked',
    body: InboundFetch,
    response: { status: 202, schema: InboundPoll },
    handle: (ctx, { id, body }) => fetchFromBank(ctx, id, body),
  }),
  operation({
    id: 'inboundFiles.reprocess',
    method: 'post',
    path: `${path}/{id}/reprocess`,
    summary: 'Process a kept file once more; what it brought already changes nothing',
    effect: 'write',
    scope: 'returns:write',
    rate: 'write',
    idempotency: 'accepted',
    audit: 'inboundFile.reprocessed',
    response: { status: 202, schema: InboundFile },
    handle: (ctx, { id }) => reprocessInboundFile(ctx, id),
  }),
]

function atBank(deps: AtBankDependencies): Operation[] {
  return [
    operation({
      id: 'inboundFiles.listAtBank',
      method: 'post',
      path: '/v1/bank-connections/{id}/list-inbound-files',
      summary: 'What lies in the return directory of the bank now',
      effect: 'outside',
      scope: 'returns:write',
      audit: 'inboundFile.listed',
      rate: 'outside',
      response: { status: 200, schema: FilesAtBank },
      handle: (ctx, { id }) => listAtBank(deps, ctx, id),
    }),
  ]
}
