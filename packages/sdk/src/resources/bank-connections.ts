import type {
  BankConnection,
  BankConnectionCreate,
  BankConnectionUpdate,
  ConnectionTest,
  ConnectionTestQuery,
  HostKeyScan,
  HostKeyScanRequest,
  OurKey,
  PageQuery,
} from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import type { PagePromise } from '../page.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** Where and how files reach a bank by SFTP. */
export class BankConnections extends Resource {
  /**
   * Adds a connection. Passwords and keys are only ever sent, never given back.
   * @example
   * const connection = await fist.bankConnections.create({
   *   name: 'First Bank',
   *   host: 'sftp.bank.example',
   *   username: 'acme',
   *   authentication: { method: 'password', password },
   *   hostKeyFingerprints: ['SHA256:…'],
   *   uploadDirectory: '/inbound',
   *   immediateDestination: '021000021',
   *   immediateOrigin: '1234567890',
   * })
   */
  async create(input: BankConnectionCreate, options?: RequestOptions): Promise<BankConnection> {
    return this.send({
      operation: 'bankConnections.create',
      method: 'POST',
      path: '/v1/bank-connections',
      body: input,
      options,
    })
  }

  /**
   * All connections, newest first.
   * @example
   * const { data } = await fist.bankConnections.list()
   */
  list(query?: PageQuery, options?: RequestOptions): PagePromise<BankConnection> {
    return this.page('bankConnections.list', '/v1/bank-connections', query, options)
  }

  /**
   * One connection.
   * @example
   * const connection = await fist.bankConnections.retrieve('bcn_…')
   */
  async retrieve(id: string, options?: RequestOptions): Promise<BankConnection> {
    return this.send({
      operation: 'bankConnections.retrieve',
      method: 'GET',
      path: path`/v1/bank-connections/${id}`,
      options,
    })
  }

  /**
   * Changes what is named.
   * @example
   * await fist.bankConnections.update('bcn_…', { port: 2222 })
   */
  async update(id: string, input: BankConnectionUpdate, options?: RequestOptions): Promise<BankConnection> {
    return this.send({
      operation: 'bankConnections.update',
      method: 'PATCH',
      path: path`/v1/bank-connections/${id}`,
      body: input,
      options,
    })
  }

  /**
   * Takes it out of use. What went through it stays readable.
   * @example
   * await fist.bankConnections.archive('bcn_…')
   */
  async archive(id: string, options?: RequestOptions): Promise<BankConnection> {
    return this.send({
      operation: 'bankConnections.archive',
      method: 'POST',
      path: path`/v1/bank-connections/${id}/archive`,
      options,
    })
  }

  /**
   * Makes the key that follows the pair we sign in with, or the OpenPGP key we sign with. Tell the bank its public half.
   * @example
   * const { nextPublicKey } = await fist.bankConnections.makeNextKey('bcn_…', { use: 'signIn' })
   */
  async makeNextKey(id: string, input: OurKey, options?: RequestOptions): Promise<BankConnection> {
    return this.send({
      operation: 'bankConnections.makeNextKey',
      method: 'POST',
      path: path`/v1/bank-connections/${id}/make-next-key`,
      body: input,
      options,
    })
  }

  /**
   * Uses the key that was made before, once the bank knows it. The one before it is gone.
   * @example
   * await fist.bankConnections.useNextKey('bcn_…', { use: 'signIn' })
   */
  async useNextKey(id: string, input: OurKey, options?: RequestOptions): Promise<BankConnection> {
    return this.send({
      operation: 'bankConnections.useNextKey',
      method: 'POST',
      path: path`/v1/bank-connections/${id}/use-next-key`,
      body: input,
      options,
    })
  }

  /**
   * Tries address, encryption, host key, login, directories and keys, and says which step failed. With `writeProbe`
   * also puts an empty file into the upload directory. Leaves nothing at the bank.
   * @example
   * const { passed, steps } = await fist.bankConnections.test('bcn_…', { writeProbe: 'true' })
   */
  async test(id: string, query?: ConnectionTestQuery, options?: RequestOptions): Promise<ConnectionTest> {
    return this.send({
      operation: 'bankConnections.test',
      method: 'POST',
      path: path`/v1/bank-connections/${id}/test`,
      query,
      options,
    })
  }

  /**
   * What the server at an address presents. Compare it with the bank’s letter before pinning it.
   * @example
   * const { fingerprint } = await fist.bankConnections.scanHostKey({ host: 'sftp.bank.example' })
   */
  async scanHostKey(input: HostKeyScanRequest, options?: RequestOptions): Promise<HostKeyScan> {
    return this.send({
      operation: 'bankConnections.scanHostKey',
      method: 'POST',
      path: '/v1/bank-connections/scan-host-key',
      body: input,
      options,
    })
  }
}
