/** What came along with a result. */
export interface ResponseInfo {
  status: number
  /** To be quoted to support. */
  requestId: string | null
  /** The server had done this already: the answer is the first one again. */
  isReplay: boolean
}

const infos = new WeakMap<object, ResponseInfo>()

export function rememberResponse(result: object, info: ResponseInfo): void {
  infos.set(result, info)
}

/**
 * What came along with a result of this package: an object or a page. `undefined` for anything else.
 * @example
 * const file = await fist.achFiles.submit(id, { version }, { idempotencyKey })
 * lastResponse(file)?.isReplay
 */
export function lastResponse(result: object): ResponseInfo | undefined {
  return infos.get(result)
}
