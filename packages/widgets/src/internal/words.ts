import type { AchFileStatus, Actor, SubmissionState } from '@fistworks/contract'
import { html } from 'lit'

export type Tone = 'neutral' | 'active' | 'positive' | 'caution' | 'critical'
interface Words {
  readonly label: string
  readonly tone: Tone
  readonly text: string
}

const STATUS: Record<AchFileStatus, Words> = {
  draft: { label: 'Draft', tone: 'neutral', text: 'Nothing is sent until another person approves it.' },
  pendingApproval: {
    label: 'Waiting for approval',
    tone: 'caution',
    text: 'Somebody other than its author must approve it.',
  },
  rejected: { label: 'Rejected', tone: 'critical', text: 'Its author can change it and ask for approval again.' },
  approved: { label: 'Approved', tone: 'active', text: 'Ready to be submitted to the bank.' },
  submitted: { label: 'Submitted', tone: 'active', text: 'It goes to the bank. How far it is stands below.' },
  delivered: { label: 'Delivered', tone: 'positive', text: 'The bank has the file and has not answered yet.' },
  acknowledged: { label: 'Acknowledged', tone: 'positive', text: 'The bank has accepted the file.' },
  needsAttention: { label: 'Needs a person', tone: 'critical', text: 'It is not known whether the bank has the file.' },
  failed: { label: 'Failed', tone: 'critical', text: 'Nobody is paid by it. Why stands below.' },
  canceled: { label: 'Canceled', tone: 'neutral', text: 'It will never be sent.' },
}

const STATE: Record<SubmissionState, Words> = {
  ready: { label: 'Ready to send', tone: 'active', text: 'The file is written and waits for its turn.' },
  claimed: { label: 'Connecting', tone: 'active', text: 'Connecting to the bank.' },
  uploading: { label: 'Uploading', tone: 'active', text: 'The bank is receiving the file under a temporary name.' },
  uploaded: { label: 'Checking', tone: 'active', text: 'All bytes are there; they are being compared.' },
  renamed: { label: 'Handing over', tone: 'active', text: 'The file got its final name.' },
  verified: { label: 'Verified', tone: 'positive', text: 'The bank has the complete file.' },
  done: { label: 'Delivered', tone: 'positive', text: 'Waiting for the bank to acknowledge it.' },
  acknowledged: { label: 'Acknowledged', tone: 'positive', text: 'The bank has accepted the file.' },
  rejectedByBank: { label: 'Rejected by the bank', tone: 'critical', text: 'The bank has refused the file.' },
  retryWait: {
    label: 'Waiting to try again',
    tone: 'caution',
    text: 'The bank could not be reached. It is tried again.',
  },
  reconciling: {
    label: 'Looking at the bank',
    tone: 'caution',
    text: 'It is looked for at the bank before anybody is asked.',
  },
  unknown: { label: 'Needs a person', tone: 'critical', text: 'It is not known whether the bank has the file.' },
  failed: { label: 'Failed', tone: 'critical', text: 'The file could not be delivered; nothing reached the bank.' },
  canceled: { label: 'Canceled', tone: 'neutral', text: 'It was canceled before anything was sent.' },
}

/** A state of a newer server is shown as it is called. */
const unnamed = (label: string): Words => ({ label, tone: 'neutral', text: '' })
export const statusWords = (status: string): Words => STATUS[status as AchFileStatus] ?? unnamed(status)
export const stateWords = (state: string): Words => STATE[state as SubmissionState] ?? unnamed(state)

export const badge = ({ label, tone }: Words) => html`<span class="badge ${tone}">${label}</span>`

export function actorName(actor: Actor): string {
  if (actor.name) return actor.name
  return actor.type === 'apiKey' ? 'an API key' : actor.type === 'system' ? 'FISTWorks' : 'a person'
}
