import { answerDeliveriesRequest, type DeliveriesRequest } from '../deliveries/operator-request.ts'
import type { Databases } from '../storage/directory.ts'
import { answerKeyRequest, type KeyRequest } from './key-request.ts'
import type { KeyOffice } from './office.ts'

/** What an operator asks of the server on the command line. */
export type OperatorRequest = KeyRequest | DeliveriesRequest

/** @returns lines for a person @throws Error that says what was wrong */
export function answerOperator(
  parts: { keys: KeyOffice; databases: Pick<Databases, 'control'>; now(): Date },
  request: OperatorRequest,
): Promise<string[]> {
  if (isOfDeliveries(request)) {
    return answerDeliveriesRequest({ control: parts.databases.control, now: parts.now }, request)
  }
  return answerKeyRequest(parts.keys, request)
}

function isOfDeliveries(request: OperatorRequest): request is DeliveriesRequest {
  return request.do.startsWith('deliveries.')
}
