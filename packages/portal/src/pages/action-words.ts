/** Where the words of the action itself would say something else to a treasurer. */
const OWN_WORDS: Readonly<Record<string, string>> = {
  'access.stepUpAsked': 'Asked to confirm that it is they',
  'user.steppedUp': 'Confirmed that it is they',
  'user.proofsLocked': 'Confirmed wrongly too often',
  'user.sessionEnded': 'Signed out in another place',
  'user.otherSessionsEnded': 'Signed out everywhere else',
  'embedSession.raised': 'Confirmed for an embedded page',
  'user.identityConnected': 'Connected an account for signing in',
  'user.identityRemoved': 'Removed a connected account',
  'user.mailsChosen': 'Chose which mails they get',
  'user.accountClosed': 'Closed their account',
  'organization.closing': 'Closing of the organization begun',
  'organization.closingHeld': 'Closing waits for a delivery',
  'bankConnection.keyMade': 'Next key of a bank connection made',
  'bankConnection.keyUsed': 'Next key of a bank connection put to use',
  'inboundFile.listed': 'Files at the bank listed',
  'inboundFile.fetchAsked': 'Files of the bank asked for',
  'inboundFile.notUnderstood': 'File of the bank not understood',
  'inboundFile.processed': 'File of the bank processed',
  'inboundFile.received': 'File of the bank received',
  'inboundFile.reprocessed': 'File of the bank processed once more',
  'return.matched': 'Return matched to a payment by a person',
  'return.retried': 'Returned payment drafted again',
  'correction.matched': 'Correction matched to a payment by a person',
  'correctionPolicy.updated': 'Who applies corrections changed',
  'key.destroyed': 'Keys destroyed',
  'recipient.revealed': 'Full numbers of a recipient shown',
  'security.manyRevealed': 'Many full numbers shown to one person',
}

/** An audit action in words: `achFile.approvalRequested` → `ACH file approval requested`. */
export function actionWords(action: string): string {
  const known = OWN_WORDS[action]
  if (known !== undefined) return known
  const words = action
    .split('.')
    .join(' ')
    .replaceAll(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`.replace(/^Ach /, 'ACH ')
}
