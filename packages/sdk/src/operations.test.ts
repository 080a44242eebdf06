import { describe, expect, test } from 'vitest'
import { FISTWorks } from './client.ts'
import type { FileAnswer } from './http.ts'
import { Resource } from './resource.ts'
import { localServer } from './testing/local-server.ts'

interface Case {
  id: string
  /** Arguments of the method, without the options. */
  args: unknown[]
  request: string
  body?: unknown
  isSilent?: true
  /** The answer is handed on as a file. */
  isFile?: true
  /** The answer is a page of a list although its name is longer. */
  isPage?: true
  /** The answer is a whole list, not pages of one: it takes no query. */
  isWhole?: true
}

const version = { version: 3 }
const operations: Case[] = [
  { id: 'organizations.create', args: [{ name: 'Acme' }], request: 'POST /v1/organizations', body: { name: 'Acme' } },
  {
    id: 'organizations.list',
    args: [{ limit: 10, after: 'c/1' }],
    request: 'GET /v1/organizations?limit=10&after=c%2F1',
  },
  { id: 'organizations.retrieve', args: ['org_1'], request: 'GET /v1/organizations/org_1' },
  {
    id: 'organizations.close',
    args: ['org_1', { name: 'Acme' }],
    request: 'POST /v1/organizations/org_1/close',
    body: { name: 'Acme' },
  },
  { id: 'accessReviews.retrieve', args: [], request: 'GET /v1/access-reviews', isWhole: true },
  { id: 'accessReviews.begin', args: [], request: 'POST /v1/access-reviews' },
  {
    id: 'accessReviews.decide',
    args: ['rev_1', { subjectId: 'usr_1', decision: 'confirmed' }],
    request: 'POST /v1/access-reviews/rev_1/decide',
    body: { subjectId: 'usr_1', decision: 'confirmed' },
  },
  {
    id: 'accessReviews.configure',
    args: [{ everyDays: 30 }],
    request: 'POST /v1/access-reviews/configure',
    body: { everyDays: 30 },
  },
  { id: 'account.mails', args: [], request: 'GET /v1/session/mails' },
  {
    id: 'account.chooseMails',
    args: [{ off: ['schedules'] }],
    request: 'POST /v1/session/mails',
    body: { off: ['schedules'] },
  },
  {
    id: 'account.close',
    args: [{ confirm: 'CLOSE' }],
    request: 'POST /v1/session/close-account',
    body: { confirm: 'CLOSE' },
    isSilent: true,
  },
  { id: 'members.list', args: [], request: 'GET /v1/members', isWhole: true },
  {
    id: 'members.changeRole',
    args: ['usr_1', { role: 'viewer' }],
    request: 'POST /v1/members/usr_1/change-role',
    body: { role: 'viewer' },
  },
  { id: 'members.remove', args: ['usr_1'], request: 'POST /v1/members/usr_1/remove', isSilent: true },
  { id: 'members.endSessions', args: ['usr_1'], request: 'POST /v1/members/usr_1/end-sessions', isSilent: true },
  {
    id: 'members.resetSecondFactors',
    args: ['usr_1'],
    request: 'POST /v1/members/usr_1/reset-second-factors',
    isSilent: true,
  },
  { id: 'members.leave', args: [], request: 'POST /v1/members/leave', isSilent: true },
  {
    id: 'invitations.create',
    args: [{ email: 'a@b.example', role: 'viewer' }],
    request: 'POST /v1/invitations',
    body: { email: 'a@b.example', role: 'viewer' },
  },
  {
    id: 'invitations.createFirstOwner',
    args: [{ email: 'a@b.example' }],
    request: 'POST /v1/invitations/first-owner',
    body: { email: 'a@b.example' },
  },
  { id: 'invitations.list', args: [], request: 'GET /v1/invitations', isWhole: true },
  { id: 'invitations.resend', args: ['inv_1'], request: 'POST /v1/invitations/inv_1/resend' },
  { id: 'invitations.revoke', args: ['inv_1'], request: 'POST /v1/invitations/inv_1/revoke' },
  {
    id: 'invitations.preview',
    args: [{ secret: 's' }],
    request: 'POST /v1/session/invitations/open',
    body: { secret: 's' },
  },
  {
    id: 'invitations.accept',
    args: [{ secret: 's' }],
    request: 'POST /v1/session/invitations',
    body: { secret: 's' },
  },
  {
    id: 'platforms.create',
    args: [{ name: 'Tidewater' }],
    request: 'POST /v1/platforms',
    body: { name: 'Tidewater' },
  },
  { id: 'platforms.list', args: [], request: 'GET /v1/platforms' },
  { id: 'platforms.retrieve', args: ['plt_1'], request: 'GET /v1/platforms/plt_1' },
  { id: 'platforms.update', args: ['plt_1', { name: 'T' }], request: 'PATCH /v1/platforms/plt_1', body: { name: 'T' } },
  {
    id: 'platforms.listEvents',
    args: ['plt_1', { limit: 5 }],
    request: 'GET /v1/platforms/plt_1/audit-events?limit=5',
    isPage: true,
  },
  { id: 'platforms.listAdministrators', args: ['plt_1'], request: 'GET /v1/platforms/plt_1/administrators' },
  {
    id: 'platforms.inviteAdministrator',
    args: ['plt_1', { email: 'a@b.example' }],
    request: 'POST /v1/platforms/plt_1/administrators',
    body: { email: 'a@b.example' },
    isSilent: true,
  },
  { id: 'platforms.acceptInvitation', args: ['plt_1'], request: 'POST /v1/platforms/plt_1/accept' },
  {
    id: 'platforms.removeAdministrator',
    args: ['plt_1', { email: 'a@b.example' }],
    request: 'POST /v1/platforms/plt_1/administrators/remove',
    body: { email: 'a@b.example' },
    isSilent: true,
  },
  { id: 'apiKeys.create', args: [{ name: 'K' }], request: 'POST /v1/api-keys', body: { name: 'K' } },
  { id: 'apiKeys.list', args: [], request: 'GET /v1/api-keys' },
  { id: 'apiKeys.retrieve', args: ['key_1'], request: 'GET /v1/api-keys/key_1' },
  { id: 'apiKeys.rotate', args: ['key_1', {}], request: 'POST /v1/api-keys/key_1/rotate', body: {} },
  { id: 'apiKeys.revoke', args: ['key_1'], request: 'POST /v1/api-keys/key_1/revoke' },
  {
    id: 'embedSessions.create',
    args: [{ ttlSeconds: 60 }],
    request: 'POST /v1/embed-sessions',
    body: { ttlSeconds: 60 },
  },
  { id: 'embedSessions.revoke', args: ['ems_1'], request: 'POST /v1/embed-sessions/ems_1/revoke', isSilent: true },
  { id: 'embedSession.retrieve', args: [], request: 'GET /v1/embed-session' },
  {
    id: 'embedSession.raise',
    args: [{ secretHash: 'x' }],
    request: 'POST /v1/session/embed-raises',
    body: { secretHash: 'x' },
  },
  { id: 'bankConnections.create', args: [{ name: 'B' }], request: 'POST /v1/bank-connections', body: { name: 'B' } },
  { id: 'bankConnections.list', args: [], request: 'GET /v1/bank-connections' },
  { id: 'bankConnections.retrieve', args: ['bcn_1'], request: 'GET /v1/bank-connections/bcn_1' },
  {
    id: 'bankConnections.update',
    args: ['bcn_1', { port: 22 }],
    request: 'PATCH /v1/bank-connections/bcn_1',
    body: { port: 22 },
  },
  { id: 'bankConnections.archive', args: ['bcn_1'], request: 'POST /v1/bank-connections/bcn_1/archive' },
  {
    id: 'bankConnections.test',
    args: ['bcn_1', { writeProbe: 'true' }],
    request: 'POST /v1/bank-connections/bcn_1/test?writeProbe=true',
  },
  {
    id: 'bankConnections.makeNextKey',
    args: ['bcn_1', { use: 'sign' }],
    request: 'POST /v1/bank-connections/bcn_1/make-next-key',
    body: { use: 'sign' },
  },
  {
    id: 'bankConnections.useNextKey',
    args: ['bcn_1', { use: 'sign' }],
    request: 'POST /v1/bank-connections/bcn_1/use-next-key',
    body: { use: 'sign' },
  },
  {
    id: 'bankConnections.scanHostKey',
    args: [{ host: 'h' }],
    request: 'POST /v1/bank-connections/scan-host-key',
    body: { host: 'h' },
  },
  { id: 'bankAccounts.create', args: [{ name: 'A' }], request: 'POST /v1/bank-accounts', body: { name: 'A' } },
  { id: 'bankAccounts.list', args: [], request: 'GET /v1/bank-accounts' },
  {
    id: 'effectiveDates.retrieve',
    args: ['bac_1', { direction: 'debit' }],
    request: 'GET /v1/bank-accounts/bac_1/effective-dates?direction=debit',
  },
  { id: 'bankAccounts.retrieve', args: ['bac_1'], request: 'GET /v1/bank-accounts/bac_1' },
  {
    id: 'bankAccounts.update',
    args: ['bac_1', { name: 'A' }],
    request: 'PATCH /v1/bank-accounts/bac_1',
    body: { name: 'A' },
  },
  { id: 'bankAccounts.archive', args: ['bac_1'], request: 'POST /v1/bank-accounts/bac_1/archive' },
  { id: 'recipients.create', args: [{ name: 'R' }], request: 'POST /v1/recipients', body: { name: 'R' } },
  {
    id: 'recipients.list',
    args: [{ search: 'a&b', externalId: undefined, archived: true }],
    request: 'GET /v1/recipients?search=a%26b&archived=true',
  },
  { id: 'recipients.retrieve', args: ['rcp_1'], request: 'GET /v1/recipients/rcp_1' },
  {
    id: 'recipients.update',
    args: ['rcp_1', { name: 'R' }],
    request: 'PATCH /v1/recipients/rcp_1',
    body: { name: 'R' },
  },
  {
    id: 'recipients.reveal',
    args: ['rcp_1', { purpose: 'The bank asks' }],
    request: 'POST /v1/recipients/rcp_1/reveal',
    body: { purpose: 'The bank asks' },
  },
  { id: 'recipients.archive', args: ['rcp_1'], request: 'POST /v1/recipients/rcp_1/archive' },
  {
    id: 'achFiles.create',
    args: [{ name: 'F', batches: [] }],
    request: 'POST /v1/ach-files',
    body: { name: 'F', batches: [] },
  },
  { id: 'achFiles.list', args: [{ status: 'draft' }], request: 'GET /v1/ach-files?status=draft' },
  { id: 'achFiles.retrieve', args: ['ach_1'], request: 'GET /v1/ach-files/ach_1' },
  { id: 'achFiles.update', args: ['ach_1', version], request: 'PATCH /v1/ach-files/ach_1', body: version },
  {
    id: 'achFiles.requestApproval',
    args: ['ach_1', version],
    request: 'POST /v1/ach-files/ach_1/request-approval',
    body: version,
  },
  { id: 'achFiles.approve', args: ['ach_1', version], request: 'POST /v1/ach-files/ach_1/approve', body: version },
  {
    id: 'achFiles.reject',
    args: ['ach_1', { version: 3, reason: 'no' }],
    request: 'POST /v1/ach-files/ach_1/reject',
    body: { version: 3, reason: 'no' },
  },
  { id: 'achFiles.submit', args: ['ach_1', version], request: 'POST /v1/ach-files/ach_1/submit', body: version },
  { id: 'achFiles.cancel', args: ['ach_1', version], request: 'POST /v1/ach-files/ach_1/cancel', body: version },
  { id: 'templates.create', args: [{ name: 'T' }], request: 'POST /v1/templates', body: { name: 'T' } },
  { id: 'templates.list', args: [{ archived: 'true' }], request: 'GET /v1/templates?archived=true' },
  { id: 'templates.retrieve', args: ['tpl_1'], request: 'GET /v1/templates/tpl_1' },
  { id: 'templates.update', args: ['tpl_1', version], request: 'PATCH /v1/templates/tpl_1', body: version },
  { id: 'templates.archive', args: ['tpl_1', version], request: 'POST /v1/templates/tpl_1/archive', body: version },
  {
    id: 'templates.use',
    args: ['tpl_1', { effectiveDate: '2026-12-01' }],
    request: 'POST /v1/templates/tpl_1/use',
    body: { effectiveDate: '2026-12-01' },
  },
  { id: 'schedules.create', args: [{ name: 'S' }], request: 'POST /v1/schedules', body: { name: 'S' } },
  { id: 'schedules.list', args: [{ status: 'active' }], request: 'GET /v1/schedules?status=active' },
  { id: 'schedules.retrieve', args: ['sch_1'], request: 'GET /v1/schedules/sch_1' },
  { id: 'schedules.upcoming', args: ['sch_1', { count: 53 }], request: 'GET /v1/schedules/sch_1/upcoming?count=53' },
  {
    id: 'schedules.listRuns',
    args: ['sch_1', { limit: 2 }],
    request: 'GET /v1/schedules/sch_1/runs?limit=2',
    isPage: true,
  },
  { id: 'schedules.update', args: ['sch_1', version], request: 'PATCH /v1/schedules/sch_1', body: version },
  { id: 'schedules.confirm', args: ['sch_1', version], request: 'POST /v1/schedules/sch_1/confirm', body: version },
  { id: 'schedules.pause', args: ['sch_1', version], request: 'POST /v1/schedules/sch_1/pause', body: version },
  { id: 'schedules.resume', args: ['sch_1', version], request: 'POST /v1/schedules/sch_1/resume', body: version },
  { id: 'schedules.end', args: ['sch_1', version], request: 'POST /v1/schedules/sch_1/end', body: version },
  {
    id: 'schedules.skip',
    args: ['sch_1', { version: 3, dueOn: '2026-12-01' }],
    request: 'POST /v1/schedules/sch_1/skip',
    body: { version: 3, dueOn: '2026-12-01' },
  },
  {
    id: 'inboundFiles.list',
    args: [{ state: 'notUnderstood' }],
    request: 'GET /v1/inbound-files?state=notUnderstood',
  },
  { id: 'inboundFiles.retrieve', args: ['inb_1'], request: 'GET /v1/inbound-files/inb_1' },
  { id: 'inboundFiles.polls', args: [], request: 'GET /v1/inbound-polls' },
  {
    id: 'inboundFiles.listAtBank',
    args: ['bcn_1'],
    request: 'POST /v1/bank-connections/bcn_1/list-inbound-files',
  },
  {
    id: 'inboundFiles.fetch',
    args: ['bcn_1', { names: ['a'] }],
    request: 'POST /v1/bank-connections/bcn_1/fetch-inbound-files',
    body: { names: ['a'] },
  },
  { id: 'inboundFiles.reprocess', args: ['inb_1'], request: 'POST /v1/inbound-files/inb_1/reprocess' },
  { id: 'inboundFiles.content', args: ['inb_1', { from: '2' }], request: 'GET /v1/inbound-files/inb_1/content?from=2' },
  {
    id: 'returns.match',
    args: ['ret_1', { entryId: 'ent_1', reason: 'r' }],
    request: 'POST /v1/returns/ret_1/match',
    body: { entryId: 'ent_1', reason: 'r' },
  },
  { id: 'returns.retry', args: ['ret_1', {}], request: 'POST /v1/returns/ret_1/retry', body: {} },
  { id: 'returnRates.retrieve', args: [], request: 'GET /v1/return-rates' },
  { id: 'corrections.apply', args: ['cor_1'], request: 'POST /v1/corrections/cor_1/apply' },
  {
    id: 'corrections.dismiss',
    args: ['cor_1', { reason: 'r' }],
    request: 'POST /v1/corrections/cor_1/dismiss',
    body: { reason: 'r' },
  },
  {
    id: 'corrections.match',
    args: ['cor_1', { entryId: 'ent_1', reason: 'r' }],
    request: 'POST /v1/corrections/cor_1/match',
    body: { entryId: 'ent_1', reason: 'r' },
  },
  {
    id: 'corrections.updatePolicy',
    args: [{ apply: 'byRule' }],
    request: 'PATCH /v1/correction-policy',
    body: { apply: 'byRule' },
  },
  { id: 'returns.list', args: [{ unmatched: 'true' }], request: 'GET /v1/returns?unmatched=true' },
  { id: 'returns.retrieve', args: ['ret_1'], request: 'GET /v1/returns/ret_1' },
  { id: 'corrections.list', args: [{ state: 'open' }], request: 'GET /v1/corrections?state=open' },
  { id: 'corrections.retrieve', args: ['cor_1'], request: 'GET /v1/corrections/cor_1' },
  { id: 'corrections.policy', args: [], request: 'GET /v1/correction-policy' },
  {
    id: 'submissions.list',
    args: [{ achFileId: 'ach_1', state: 'unknown' }],
    request: 'GET /v1/submissions?achFileId=ach_1&state=unknown',
  },
  { id: 'submissions.retrieve', args: ['sub_1'], request: 'GET /v1/submissions/sub_1' },
  {
    id: 'submissions.retry',
    args: ['sub_1', { late: true }],
    request: 'POST /v1/submissions/sub_1/retry',
    body: { late: true },
  },
  {
    id: 'submissions.confirmResolution',
    args: ['sub_1', { outcome: 'delivered' }],
    request: 'POST /v1/submissions/sub_1/confirm-resolution',
    body: { outcome: 'delivered' },
  },
  {
    id: 'submissions.rejectResolution',
    args: ['sub_1', { reason: 'no' }],
    request: 'POST /v1/submissions/sub_1/reject-resolution',
    body: { reason: 'no' },
  },
  {
    id: 'achFiles.addEntries',
    args: ['ach_1', { version: 1, batchId: 'bat_1', entries: [{ recipientId: 'rcp_1', amountCents: 1 }] }],
    request: 'POST /v1/ach-files/ach_1/entries',
    body: { version: 1, batchId: 'bat_1', entries: [{ recipientId: 'rcp_1', amountCents: 1 }] },
  },
  {
    id: 'achFiles.listEntries',
    args: ['ach_1', { batchId: 'bat_1' }],
    request: 'GET /v1/ach-files/ach_1/entries?batchId=bat_1',
    isPage: true,
  },
  {
    id: 'achFiles.reverse',
    args: ['ach_1', { version: 1, reason: 'duplicate' }],
    request: 'POST /v1/ach-files/ach_1/reverse',
    body: { version: 1, reason: 'duplicate' },
  },
  {
    id: 'achFiles.withdrawApproval',
    args: ['ach_1', { version: 1 }],
    request: 'POST /v1/ach-files/ach_1/withdraw-approval',
    body: { version: 1 },
  },
  { id: 'approvalPolicy.retrieve', args: [], request: 'GET /v1/approval-policy' },
  {
    id: 'approvalPolicy.update',
    args: [{ version: 1, rules: [{ fromCents: 0, approvals: 2 }], expiresAfterDays: 7 }],
    request: 'POST /v1/approval-policy',
    body: { version: 1, rules: [{ fromCents: 0, approvals: 2 }], expiresAfterDays: 7 },
  },
  {
    id: 'approvalPolicy.confirm',
    args: [{ number: 1 }],
    request: 'POST /v1/approval-policy/confirm',
    body: { number: 1 },
  },
  {
    id: 'approvalPolicy.discard',
    args: [{ number: 1 }],
    request: 'POST /v1/approval-policy/discard',
    body: { number: 1 },
  },
  { id: 'deliveries.retrieve', args: [], request: 'GET /v1/deliveries' },
  { id: 'deliveries.stop', args: [{ reason: 'no' }], request: 'POST /v1/deliveries/stop', body: { reason: 'no' } },
  { id: 'deliveries.resume', args: [{ reason: 'ok' }], request: 'POST /v1/deliveries/resume', body: { reason: 'ok' } },
  {
    id: 'submissions.resolve',
    args: ['sub_1', { outcome: 'delivered', reason: 'called' }],
    request: 'POST /v1/submissions/sub_1/resolve',
    body: { outcome: 'delivered', reason: 'called' },
  },
  {
    id: 'events.list',
    args: [{ after: 'evt_1', type: 'achFile.approved', objectId: 'ach_1' }],
    request: 'GET /v1/events?after=evt_1&type=achFile.approved&objectId=ach_1',
  },
  {
    id: 'webhookEndpoints.create',
    args: [{ url: 'https://a.example' }],
    request: 'POST /v1/webhook-endpoints',
    body: { url: 'https://a.example' },
  },
  { id: 'webhookEndpoints.list', args: [{ limit: 5 }], request: 'GET /v1/webhook-endpoints?limit=5' },
  { id: 'webhookEndpoints.retrieve', args: ['whe_1'], request: 'GET /v1/webhook-endpoints/whe_1' },
  {
    id: 'webhookEndpoints.update',
    args: ['whe_1', { eventTypes: null }],
    request: 'PATCH /v1/webhook-endpoints/whe_1',
    body: { eventTypes: null },
  },
  { id: 'webhookEndpoints.enable', args: ['whe_1'], request: 'POST /v1/webhook-endpoints/whe_1/enable' },
  { id: 'webhookEndpoints.disable', args: ['whe_1'], request: 'POST /v1/webhook-endpoints/whe_1/disable' },
  { id: 'webhookEndpoints.archive', args: ['whe_1'], request: 'POST /v1/webhook-endpoints/whe_1/archive' },
  {
    id: 'webhookEndpoints.rotateSecret',
    args: ['whe_1', { overlapHours: 2 }],
    request: 'POST /v1/webhook-endpoints/whe_1/rotate-secret',
    body: { overlapHours: 2 },
  },
  { id: 'webhookEndpoints.test', args: ['whe_1'], request: 'POST /v1/webhook-endpoints/whe_1/test' },
  {
    id: 'webhookEndpoints.redeliverFailed',
    args: ['whe_1', { since: '2026-12-24T00:00:00Z' }],
    request: 'POST /v1/webhook-endpoints/whe_1/redeliver-failed',
    body: { since: '2026-12-24T00:00:00Z' },
  },
  {
    id: 'webhookDeliveries.list',
    args: [{ webhookEndpointId: 'whe_1', state: 'failed' }],
    request: 'GET /v1/webhook-deliveries?webhookEndpointId=whe_1&state=failed',
  },
  { id: 'webhookDeliveries.retrieve', args: ['whd_1'], request: 'GET /v1/webhook-deliveries/whd_1' },
  { id: 'webhookDeliveries.redeliver', args: ['whd_1'], request: 'POST /v1/webhook-deliveries/whd_1/redeliver' },
  { id: 'auditEvents.list', args: [], request: 'GET /v1/audit-events' },
  { id: 'auditEvents.checkpoints', args: [], request: 'GET /v1/audit-events/checkpoints' },
  {
    id: 'auditEvents.export',
    args: [{ format: 'csv' }],
    request: 'POST /v1/audit-events/export',
    body: { format: 'csv' },
    isFile: true,
  },
  {
    id: 'signIn.requestCode',
    args: [{ email: 'a@b.example' }],
    request: 'POST /v1/sign-in/codes',
    body: { email: 'a@b.example' },
    isSilent: true,
  },
  {
    id: 'signIn.verifyCode',
    args: [{ email: 'a@b.example', code: '12345678' }],
    request: 'POST /v1/sign-in/sessions',
    body: { email: 'a@b.example', code: '12345678' },
  },
  { id: 'signIn.methods', args: [], request: 'GET /v1/sign-in/methods' },
  { id: 'signIn.withEntra', args: [{ token: 't' }], request: 'POST /v1/sign-in/entra', body: { token: 't' } },
  { id: 'identities.list', args: [], request: 'GET /v1/session/identities', isWhole: true },
  { id: 'identities.begin', args: [], request: 'POST /v1/session/identities/challenges' },
  { id: 'identities.create', args: [{ token: 't' }], request: 'POST /v1/session/identities', body: { token: 't' } },
  { id: 'identities.remove', args: ['idn_1'], request: 'POST /v1/session/identities/idn_1/remove', isSilent: true },
  { id: 'portalSession.retrieve', args: [], request: 'GET /v1/session' },
  { id: 'portalSession.end', args: [], request: 'POST /v1/session/end', isSilent: true },
  { id: 'openSessions.list', args: [], request: 'GET /v1/session/open-sessions', isWhole: true },
  { id: 'openSessions.end', args: ['ses_1'], request: 'POST /v1/session/open-sessions/ses_1/end', isSilent: true },
  { id: 'openSessions.endOthers', args: [], request: 'POST /v1/session/open-sessions/end-others' },
  { id: 'passkeys.list', args: [], request: 'GET /v1/session/passkeys', isWhole: true },
  { id: 'passkeys.begin', args: [], request: 'POST /v1/session/passkeys/challenges' },
  { id: 'passkeys.create', args: [{ name: 'P' }], request: 'POST /v1/session/passkeys', body: { name: 'P' } },
  { id: 'passkeys.remove', args: ['pky_1'], request: 'POST /v1/session/passkeys/pky_1/remove', isSilent: true },
  { id: 'authenticatorApp.begin', args: [], request: 'POST /v1/session/authenticator-app/seeds' },
  {
    id: 'authenticatorApp.confirm',
    args: [{ code: '123456' }],
    request: 'POST /v1/session/authenticator-app',
    body: { code: '123456' },
  },
  { id: 'authenticatorApp.remove', args: [], request: 'POST /v1/session/authenticator-app/remove', isSilent: true },
  { id: 'secondFactors.retrieve', args: [], request: 'GET /v1/session/second-factors' },
  { id: 'recoveryCodes.create', args: [], request: 'POST /v1/session/recovery-codes' },
  { id: 'stepUp.begin', args: [], request: 'POST /v1/session/step-up/challenges' },
  { id: 'stepUp.verify', args: [{ credential: {} }], request: 'POST /v1/session/step-up', body: { credential: {} } },
]

type Methods = Record<string, Record<string, (...args: unknown[]) => PromiseLike<unknown>>>

describe('every operation of the API has a method that sends exactly its request', () => {
  test.each(operations)('$id', async ({ id, args, request, body, isSilent, isFile, isWhole, isPage }) => {
    const result = { id: 'x', data: [], hasMore: false, nextCursor: null }
    const server = await localServer([isSilent ? { status: 204 } : { body: result }])
    const fist = new FISTWorks({ apiKey: 'fw_test_sk_1', baseUrl: server.baseUrl, organization: 'org_default' })
    const [resource = '', method = ''] = id.split('.')
    const place = (fist as unknown as Methods)[resource]
    const padded = id.endsWith('.list') && isWhole !== true && args.length === 0 ? [undefined] : args
    const given = await place?.[method]?.(...padded, { organization: 'org_other', idempotencyKey: 'key-1' })

    expect(server.received.map((one) => `${one.method} ${one.url}`)).toEqual([request])
    const [sent] = server.received
    expect(sent?.body).toBe(body === undefined ? '' : JSON.stringify(body))
    expect(sent?.headers).toMatchObject({
      authorization: 'Bearer fw_test_sk_1',
      accept: 'application/json',
      'fistworks-version': '2026-11-21',
      'fistworks-organization': 'org_other',
    })
    expect(sent?.headers['idempotency-key']).toBe(request.startsWith('GET') ? undefined : 'key-1')
    expect(sent?.headers['content-type']).toBe(body === undefined ? undefined : 'application/json')
    if (isSilent) expect(given).toBeUndefined()
    else if (isFile) {
      const { body: stream, fileName } = given as FileAnswer
      expect([await new Response(stream).json(), fileName]).toEqual([result, 'export'])
    } else expect(given).toMatchObject(id.endsWith('.list') || isPage ? { data: [], hasMore: false } : result)
  })

  test('and there is no other method', () => {
    const fist = new FISTWorks({ apiKey: 'fw_test_sk_1', baseUrl: 'https://api.example.com' })
    const getters = new Set(chainOf(FISTWorks.prototype).flatMap((each) => namesIn(each, ({ get }) => get)))
    // What the resources send through is there for components that bring one of their own.
    getters.delete('http')
    const methods = [...getters].flatMap((resource) => {
      const classes = chainOf(Object.getPrototypeOf((fist as unknown as Methods)[resource]))
      const names = classes
        .filter((each) => each !== Resource.prototype)
        .flatMap((each) => namesIn(each, ({ value }) => value))
      return names.filter((name) => name !== 'constructor').map((name) => `${resource}.${name}`)
    })
    expect(methods.sort()).toEqual(operations.map((one) => one.id).sort())
  })
})

/** A class and those it extends, as far as they are ours. */
function chainOf(prototype: object): object[] {
  const above: object | null = Object.getPrototypeOf(prototype)
  return above === null || above === Object.prototype ? [prototype] : [prototype, ...chainOf(above)]
}

function namesIn(prototype: object, isOf: (one: PropertyDescriptor) => unknown): string[] {
  return Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(([name, one]) => (isOf(one) ? [name] : []))
}
