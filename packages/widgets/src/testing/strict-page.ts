import '../register/fistworks.ts'
import { FakeApi } from './fake-api.ts'

/** What the policy of the page was broken by. */
const violations: string[] = []
document.addEventListener('securitypolicyviolation', (event) => {
  violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)
  document.body.dataset['violations'] = violations.join('\n')
})

const api = new FakeApi()
const [initech] = api.addRecipients('Initech')
const batch = {
  bankAccountId: api.bankAccounts[0]?.id ?? ('bac_' as const),
  secCode: 'CCD' as const,
  companyEntryDescription: 'BILLS',
  effectiveDate: '2099-11-24',
  entries: [{ recipientId: initech?.id ?? ('rcp_' as const), amountCents: 4200 }],
}
const file = api.addFile({ name: 'Bills', batches: [batch] }, { status: 'needsAttention' })
const submission = api.addSubmission(file, ['ready', 'unknown'])
const client = api.client
const pieces = [
  Object.assign(document.createElement('fist-recipients'), { client }),
  Object.assign(document.createElement('fist-recipient-form'), { client }),
  Object.assign(document.createElement('fist-ach-files'), { client }),
  Object.assign(document.createElement('fist-ach-file'), { client, prefill: { name: 'New', batches: [batch] } }),
  Object.assign(document.createElement('fist-ach-file'), { client, fileId: file.id }),
  Object.assign(document.createElement('fist-submission'), { client, submissionId: submission.id }),
  Object.assign(document.createElement('fist-masked'), { last: '6789' }),
]
document.body.append(...pieces)
document.body.dataset['ready'] = ''
