/** Everything that can keep an event from an endpoint, in the words of whoever looks after the endpoint. */
export const WEBHOOK_FAULTS = {
  refusedByReceiver: 'The endpoint did not take the event: it must answer with a status from 200 to 299.',
  redirected: 'The endpoint answered with a redirect, which is not followed: enter the address it leads to.',
  gone: 'The endpoint answered 410: it takes no events any more.',
  timedOut: 'The endpoint did not answer within 15 seconds. Take the event first, and work on it afterwards.',
  unreachable: 'Nothing answers at this address.',
  connectionLost: 'The connection was lost before there was an answer.',
  certificate: 'The certificate of the endpoint is not valid for this address, or nobody known has signed it.',
  addressUnknown: 'The name of the endpoint is not known on the internet.',
  addressRefused: 'The endpoint is not at a public internet address and port 443, so it may not be contacted.',
} as const

export type WebhookFault = keyof typeof WEBHOOK_FAULTS
