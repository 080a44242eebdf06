import type { Page as WirePage } from '@fistworks/contract'
import type { Call, FileAnswer, Http } from './http.ts'
import type { RequestOptions } from './options.ts'
import { PagePromise } from './page.ts'

/** What the methods of all resources are made of. */
export abstract class Resource {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  protected send<T>(call: Call): Promise<T> {
    return this.#http.send(call)
  }

  protected open(call: Call): Promise<FileAnswer> {
    return this.#http.open(call)
  }

  protected page<T>(operation: string, path: string, query: object | undefined, options: RequestOptions | undefined) {
    return new PagePromise<T>((after) =>
      this.#http.send<WirePage<T>>({
        operation,
        method: 'GET',
        path,
        query: after === undefined ? query : { ...query, after },
        options,
      }),
    )
  }
}
