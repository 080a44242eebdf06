import { type AchFile, type BankAccount, formatCents, type Id } from '@fistworks/contract'
import type { ComponentResources } from '@fistworks/sdk'
import type { Question } from '../../internal/confirm-dialog.ts'
import { formatInstant } from '../../internal/dates.ts'
import { plural } from '../../internal/sentence.ts'
import { factsOf } from './ach-file-view.ts'
import { detailsOf } from './approvals-view.ts'

/** A step a person can take with a file: when, with which feature, what is asked before, and the call. */
export interface FileAction {
  readonly name: 'requestApproval' | 'approve' | 'withdraw' | 'reject' | 'submit' | 'cancel'
  readonly feature: 'write' | 'approve' | 'submit'
  readonly label: string
  /** What is told while it is under way: a large file takes seconds. */
  readonly doing: string
  readonly look: 'primary' | 'danger' | ''
  readonly from: readonly string[]
  /** Whether it makes sense for this file; always unless told. */
  isFor?(file: AchFile): boolean
  question(file: AchFile, accounts: readonly BankAccount[]): Question
  run(client: ComponentResources, file: AchFile, answer: Answer, idempotencyKey: string): Promise<AchFile>
}

/** What the person said: a reason, and the files that they know to make some of the same payments. */
export interface Answer {
  readonly reason: string
  readonly known: readonly Id<'ach'>[]
}

/** Whether its payments came with it: those of a file of more than 10,000 do not. */
const isWhole = ({ batches }: AchFile) => batches.every(({ entries, entryCount }) => entries.length === entryCount)

/**
 * Saving what is shown of a file that came without its payments would take them out of it; those of a reversal are what
 * was paid.
 */
export const mayBeEdited = (file: AchFile): boolean =>
  (file.status === 'draft' || file.status === 'rejected') && file.kind === 'payments' && isWhole(file)

const release = ({ version }: AchFile, { known }: Answer) => ({ version, acknowledgedDuplicates: [...known] })

/** Until when it can be called off: the file may be held for days. */
function whenItLeaves({ plannedTransmission }: AchFile): string {
  const at = plannedTransmission?.leavesAt
  const until = at
    ? `It leaves for the bank ${formatInstant(at)} and can be canceled until then.`
    : 'It goes to the bank.'
  return ` ${until} What has left cannot be canceled any more.`
}

/** Whoever approves knows whether that sends it. */
function whatFollows(file: AchFile): string {
  if (!file.submitOnApproval) return ' It is sent only once somebody submits it.'
  return file.approvals.length + 1 < file.approvalsNeeded
    ? ' Its last approval submits it to the bank.'
    : ` Your approval submits it.${whenItLeaves(file)}`
}

export const FILE_ACTIONS: readonly FileAction[] = [
  {
    name: 'requestApproval',
    feature: 'write',
    label: 'Request approval',
    doing: 'Asking for approval…',
    look: 'primary',
    from: ['draft', 'rejected'],
    // The editor asks for it where there is one.
    isFor: (file) => !mayBeEdited(file),
    question: (file, accounts) => ({
      heading: `Request approval of ${file.name}?`,
      facts: factsOf(file),
      text: detailsOf(file, accounts),
      confirm: 'Request approval',
    }),
    run: (client, file, answer, idempotencyKey) =>
      client.achFiles.requestApproval(file.id, release(file, answer), { idempotencyKey }),
  },
  {
    name: 'approve',
    feature: 'approve',
    label: 'Approve',
    doing: 'Approving…',
    look: 'primary',
    from: ['pendingApproval'],
    isFor: ({ you }) => !you.isAuthor && !you.hasApproved,
    question: (file, accounts) => ({
      heading: `Approve ${file.name}?`,
      facts: factsOf(file),
      text: `${detailsOf(file, accounts)}${whatFollows(file)}`,
      confirm: 'Approve',
    }),
    run: (client, file, answer, idempotencyKey) =>
      client.achFiles.approve(file.id, release(file, answer), { idempotencyKey }),
  },
  {
    name: 'submit',
    feature: 'submit',
    label: 'Submit to the bank',
    doing: 'Writing the file for the bank…',
    look: 'primary',
    from: ['approved'],
    question: (file, accounts) => ({
      heading: `Submit ${plural(file.totals.entryCount, 'payment')}, ${formatCents(file.totals.creditCents + file.totals.debitCents)}?`,
      facts: factsOf(file),
      text: `${detailsOf(file, accounts)}${whenItLeaves(file)}`,
      confirm: 'Submit to the bank',
    }),
    run: (client, file, answer, idempotencyKey) =>
      client.achFiles.submit(file.id, release(file, answer), { idempotencyKey }),
  },
  {
    name: 'withdraw',
    feature: 'approve',
    label: 'Take my approval back',
    doing: 'Taking it back…',
    look: '',
    from: ['pendingApproval', 'approved'],
    isFor: ({ you }) => you.hasApproved,
    question: (file) => ({
      heading: `Take your approval of ${file.name} back?`,
      text: 'The file waits for approval again. The approvals of others stay.',
      confirm: 'Take it back',
    }),
    run: (client, { id, version }, _answer, idempotencyKey) =>
      client.achFiles.withdrawApproval(id, { version }, { idempotencyKey }),
  },
  {
    name: 'reject',
    feature: 'approve',
    label: 'Reject',
    doing: 'Rejecting…',
    look: 'danger',
    from: ['pendingApproval'],
    isFor: ({ you }) => !you.isAuthor,
    question: (file) => ({
      heading: `Reject ${file.name}?`,
      text: 'It goes back to the person who drafted it, with your reason.',
      reasonLabel: 'Reason',
      confirm: 'Reject',
      isDangerous: true,
    }),
    run: (client, { id, version }, { reason }, idempotencyKey) =>
      client.achFiles.reject(id, { version, reason }, { idempotencyKey }),
  },
  {
    name: 'cancel',
    feature: 'write',
    label: 'Cancel file',
    doing: 'Canceling…',
    look: '',
    from: ['draft', 'rejected', 'pendingApproval', 'approved', 'submitted'],
    question: (file) => ({
      heading: `Cancel ${file.name}?`,
      text: 'It will never be sent. To pay these recipients you make a new file.',
      confirm: 'Cancel this file',
      isDangerous: true,
    }),
    run: (client, { id, version }, _answer, idempotencyKey) =>
      client.achFiles.cancel(id, { version }, { idempotencyKey }),
  },
]
