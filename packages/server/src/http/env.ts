/** What the middlewares leave for the handlers of one request. */
export interface HttpEnv {
  Variables: {
    requestId: string
    publicOrigin: string
    /** The caller is known by now: the request no longer counts against its address. */
    isKnown: () => void
    onError: (error: unknown, requestId: string) => void
  }
}
