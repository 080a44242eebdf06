import type { Context, MiddlewareHandler } from 'hono'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { matchedRoutes } from 'hono/route'
import type { HttpEnv } from './http/env.ts'
import { apiCors, apiHeaders, pageHeaders } from './http/headers.ts'
import { openApiDocument } from './http/openapi.ts'
import type { Operation } from './http/operation.ts'
import { answerProblem } from './http/problem.ts'
import { PROBLEM_PAGE } from './http/problem-page.ts'
import { networkOf } from './http/rate-limits.ts'
import { type HttpDeps, register } from './http/register.ts'
import { mountTokenEndpoint } from './http/token-endpoint.ts'
import { TOKEN_PATH } from './http/token-path.ts'
import { LIMITS } from './limits.ts'
import { ProblemError } from './problem-error.ts'

/** One answer, without anything of what was asked or given. */
export interface Answered {
  requestId: string
  method: string
  /** The pattern, `/v1/recipients/:id`; never what stood in its place. */
  route: string
  status: number
  durationMs: number
}

export interface AppOptions {
  deps: HttpDeps
  operations: readonly Operation[]
  isReady(): Promise<boolean>
  onError(error: unknown, requestId: string): void
  onAnswer(answer: Answered): void
  newRequestId(): string
}

/** The API: every operation behind the one wrapper, its description, and whether the process is well. */
export function createApp(options: AppOptions): Hono<HttpEnv> {
  const { deps, operations } = options
  const app = new Hono<HttpEnv>()
  app.use(async (c, next) => {
    const startedAt = performance.now()
    const requestId = options.newRequestId()
    c.set('requestId', requestId)
    c.set('publicOrigin', deps.access.publicOrigin)
    c.set('onError', options.onError)
    await next()
    const durationMs = Math.round(performance.now() - startedAt)
    options.onAnswer({ requestId, method: c.req.method, route: routeOf(c), status: c.res.status, durationMs })
  })
  app.onError((error, c) => answerProblem(c, error))
  app.notFound((c) => answerProblem(c, new ProblemError('not-found', 'There is nothing at this address.')))

  app.use('*', apiHeaders)
  app.use('/v1/*', apiCors, countByAddress(deps))
  app.on(['POST', 'PATCH'], '/v1/*', bodyLimit({ maxSize: LIMITS.bodyBytes, onError: tooLarge }))
  for (const operation of operations) register(app, deps, operation)
  mountTokenEndpoint(app, deps)
  refuseOtherMethods(app, [...operations, { path: TOKEN_PATH, method: 'post' }])

  let document: ReturnType<typeof openApiDocument> | undefined
  app.get('/openapi.json', apiCors, (c) => {
    document ??= openApiDocument(operations, deps.access.publicOrigin)
    return c.json(document)
  })
  app.get('/problems', pageHeaders, (c) => c.html(PROBLEM_PAGE))
  app.get('/healthz', (c) => c.body(null, 204))
  app.get('/readyz', async (c) => c.body(null, (await options.isReady()) ? 204 : 503))
  return app
}

/** Counts what comes from an address until it is known who asks, so that nobody tries keys as fast as we can answer. */
function countByAddress({ rateLimits, addressOf }: HttpDeps): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const network = networkOf(addressOf(c))
    rateLimits.spend('address', network, (name, value) => c.header(name, value))
    c.set('isKnown', () => rateLimits.giveBack('address', network))
    await next()
  }
}

/** The pattern of the address, past what stands before every address. */
function routeOf(c: Context): string {
  return matchedRoutes(c).find(({ path }) => !path.includes('*'))?.path ?? '*'
}

function tooLarge(): never {
  const megabytes = LIMITS.bodyBytes / 1024 / 1024
  throw new ProblemError('body-too-large', `A body has at most ${megabytes} MB. Split a large file into several.`)
}

function refuseOtherMethods(app: Hono<HttpEnv>, operations: readonly Pick<Operation, 'path' | 'method'>[]): void {
  const methods = new Map<string, string[]>()
  for (const { path, method } of operations) methods.set(path, [...(methods.get(path) ?? []), method.toUpperCase()])
  for (const [path, allowed] of methods) {
    app.all(path.replaceAll('{id}', ':id'), (c: Context<HttpEnv>) => {
      c.header('Allow', allowed.join(', '))
      throw new ProblemError('method-not-allowed', `This address takes ${allowed.join(' and ')}.`)
    })
  }
}
