import { type AchFile, formatCents } from '@fistworks/contract'
import type { ComponentResources } from '@fistworks/sdk'
import type { Question } from '../../internal/confirm-dialog.ts'
import { plural } from '../../internal/sentence.ts'
import { factsOf } from './ach-file-view.ts'

/** A step a person can take with a file: when, with which feature, what is asked before, and the call. */
export interface FileAction {
  readonly name: 'approve' | 'reject' | 'submit' | 'cancel'
  readonly feature: 'write' | 'approve' | 'submit'
  readonly label: string
  readonly look: 'primary' | 'danger' | ''
  readonly from: readonly string[]
  question(file: AchFile): Question
  run(client: ComponentResources, file: AchFile, reason: string, idempotencyKey: string): Promise<AchFile>
}

export const FILE_ACTIONS: readonly FileAction[] = [
  {
    name: 'approve',
    feature: 'approve',
    label: 'Approve',
    look: 'primary',
    from: ['pendingApproval'],
    question: (file) => ({ heading: `Approve ${file.name}?`, facts: factsOf(file), confirm: 'Approve' }),
    run: (client, { id, version }, _reason, idempotencyKey) =>
      client.achFiles.approve(id, { version }, { idempotencyKey }),
  },
  {
    name: 'submit',
    feature: 'submit',
    label: 'Submit to the bank',
    look: 'primary',
    from: ['approved'],
    question: (file) => ({
      heading: `Submit ${plural(file.totals.entryCount, 'payment')}, ${formatCents(file.totals.creditCents + file.totals.debitCents)}?`,
      facts: factsOf(file),
      text: 'The file goes to the bank now. This cannot be undone.',
      confirm: 'Submit to the bank',
    }),
    run: (client, { id, version }, _reason, idempotencyKey) =>
      client.achFiles.submit(id, { version }, { idempotencyKey }),
  },
  {
    name: 'reject',
    feature: 'approve',
    label: 'Reject',
    look: 'danger',
    from: ['pendingApproval'],
    question: (file) => ({
      heading: `Reject ${file.name}?`,
      text: 'It goes back to the person who drafted it, with your reason.',
      reasonLabel: 'Reason',
      confirm: 'Reject',
      isDangerous: true,
    }),
    run: (client, { id, version }, reason, idempotencyKey) =>
      client.achFiles.reject(id, { version, reason }, { idempotencyKey }),
  },
  {
    name: 'cancel',
    feature: 'write',
    label: 'Cancel file',
    look: '',
    from: ['draft', 'rejected', 'pendingApproval', 'approved'],
    question: (file) => ({
      heading: `Cancel ${file.name}?`,
      text: 'It will never be sent. To pay these recipients you make a new file.',
      confirm: 'Cancel this file',
      isDangerous: true,
    }),
    run: (client, { id, version }, _reason, idempotencyKey) =>
      client.achFiles.cancel(id, { version }, { idempotencyKey }),
  },
]
