import type {
  AchFile,
  AchFileCreate,
  AchFileDecision,
  AchFileQuery,
  AchFileRejection,
  AchFileRelease,
  AchFileReversal,
  AchFileSummary,
  AchFileUpdate,
} from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import type { PagePromise } from '../page.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** A file from its draft to the bank: what components do with it. */
export class AchFileSteps extends Resource {
  /**
   * Starts a draft. Nothing in it is a number of an account.
   * @example
   * const file = await fist.achFiles.create({
   *   name: 'Bills of May 29',
   *   batches: [
   *     {
   *       bankAccountId: 'bac_…',
   *       secCode: 'CCD',
   *       companyEntryDescription: 'VENDOR PMT',
   *       effectiveDate: '2026-05-29',
   *       entries: [{ recipientId: 'rcp_…', amountCents: 123_456 }],
   *     },
   *   ],
   * })
   */
  async create(input: AchFileCreate, options?: RequestOptions): Promise<AchFile> {
    return this.send({ operation: 'achFiles.create', method: 'POST', path: '/v1/ach-files', body: input, options })
  }

  /**
   * Files without their batches, newest first.
   * @example
   * const waiting = await fist.achFiles.list({ status: 'pendingApproval' })
   */
  list(query?: AchFileQuery, options?: RequestOptions): PagePromise<AchFileSummary> {
    return this.page('achFiles.list', '/v1/ach-files', query, options)
  }

  /**
   * One file with its batches.
   * @example
   * const file = await fist.achFiles.retrieve('ach_…')
   */
  async retrieve(id: string, options?: RequestOptions): Promise<AchFile> {
    return this.send({ operation: 'achFiles.retrieve', method: 'GET', path: path`/v1/ach-files/${id}`, options })
  }

  /**
   * Replaces what is named, in a draft or a rejected file. Throws `ConflictError` (`version-mismatch`) when somebody changed it since `version` was read.
   * @example
   * await fist.achFiles.update(file.id, { version: file.version, name: 'Bills of June 1' })
   */
  async update(id: string, input: AchFileUpdate, options?: RequestOptions): Promise<AchFile> {
    return this.send({
      operation: 'achFiles.update',
      method: 'PATCH',
      path: path`/v1/ach-files/${id}`,
      body: input,
      options,
    })
  }

  /**
   * Hands a draft to the approvers. Throws `ConflictError` (`possible-duplicate`) when another file makes some of the same payments: `errors` names it, and `acknowledgedDuplicates` says that it is meant. So do `approve` and `submit`.
   * @example
   * await fist.achFiles.requestApproval(file.id, { version: file.version })
   */
  async requestApproval(id: string, input: AchFileRelease, options?: RequestOptions): Promise<AchFile> {
    return this.send({
      operation: 'achFiles.requestApproval',
      method: 'POST',
      path: path`/v1/ach-files/${id}/request-approval`,
      body: input,
      options,
    })
  }

  /**
   * Approves; the file is approved once as many different people have as its policy asks for. Throws `PermissionError` (`second-person-required`) for anybody who wrote in it.
   * @example
   * await fist.achFiles.approve(file.id, { version: file.version })
   */
  async approve(id: string, input: AchFileRelease, options?: RequestOptions): Promise<AchFile> {
    return this.send({
      operation: 'achFiles.approve',
      method: 'POST',
      path: path`/v1/ach-files/${id}/approve`,
      body: input,
      options,
    })
  }

  /**
   * Sends it back with a reason; `update` makes it a draft again.
   * @example
   * await fist.achFiles.reject(file.id, { version: file.version, reason: 'Wrong date' })
   */
  async reject(id: string, input: AchFileRejection, options?: RequestOptions): Promise<AchFile> {
    return this.send({
      operation: 'achFiles.reject',
      method: 'POST',
      path: path`/v1/ach-files/${id}/reject`,
      body: input,
      options,
    })
  }

  /**
   * Generates the file once and hands it to the delivery. Returns before the bank has it: see `submissions.retrieve(file.submissionId)`.
   * @example
   * const { submissionId } = await fist.achFiles.submit(file.id, { version: file.version })
   */
  async submit(id: string, input: AchFileRelease, options?: RequestOptions): Promise<AchFile> {
    return this.send({
      operation: 'achFiles.submit',
      method: 'POST',
      path: path`/v1/ach-files/${id}/submit`,
      body: input,
      options,
    })
  }

  /**
   * Gives a file up, until somebody has begun to send it.
   * @example
   * await fist.achFiles.cancel(file.id, { version: file.version })
   */
  async cancel(id: string, input: AchFileDecision, options?: RequestOptions): Promise<AchFile> {
    return this.send({
      operation: 'achFiles.cancel',
      method: 'POST',
      path: path`/v1/ach-files/${id}/cancel`,
      body: input,
      options,
    })
  }

  /**
   * Takes the caller's own approval back, before the file is submitted.
   * @example
   * await fist.achFiles.withdrawApproval(file.id, { version: file.version })
   */
  async withdrawApproval(id: string, input: AchFileDecision, options?: RequestOptions): Promise<AchFile> {
    return this.send({
      operation: 'achFiles.withdrawApproval',
      method: 'POST',
      path: path`/v1/ach-files/${id}/withdraw-approval`,
      body: input,
      options,
    })
  }

  /**
   * Drafts a reversal of what the bank has, whole or some entries: the money comes from the accounts that were paid. It is approved and submitted like any file, within five banking days after settlement and 24 hours after it was noticed.
   * @example
   * const reversal = await fist.achFiles.reverse(file.id, { version: file.version, reason: 'duplicate', discoveredAt: '2026-11-24T15:00:00Z' })
   */
  async reverse(id: string, input: AchFileReversal, options?: RequestOptions): Promise<AchFile> {
    return this.send({
      operation: 'achFiles.reverse',
      method: 'POST',
      path: path`/v1/ach-files/${id}/reverse`,
      body: input,
      options,
    })
  }
}
