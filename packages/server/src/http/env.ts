/** What the middlewares leave for the handlers of one request. */
export interface HttpEnv {
  Variables: {
    requestId: string
    publicOrigin: string
    onError: (error: unknown, requestId: string) => void
  }
}
