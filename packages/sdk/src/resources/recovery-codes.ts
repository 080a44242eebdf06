import type { RecoveryCodes } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import { Resource } from '../resource.ts'

/** Codes that confirm once each, for whoever has lost everything else. */
export class RecoveryCodeLists extends Resource {
  /**
   * Ten new codes, told this once; those before them are worthless.
   * @example
   * const { codes } = await fist.recoveryCodes.create()
   */
  async create(options?: RequestOptions): Promise<RecoveryCodes> {
    return this.send({ operation: 'recoveryCodes.create', method: 'POST', path: '/v1/session/recovery-codes', options })
  }
}
