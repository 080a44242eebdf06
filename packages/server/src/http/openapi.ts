import { API_VERSION, HEADERS, MACHINE_SCOPES, Problem } from '@fistworks/contract'
import * as z from 'zod/mini'
import type { Operation } from './operation.ts'
import { TOKEN_PATH } from './token-path.ts'

type Schema = z.ZodMiniType

/** The OpenAPI 3.1 document of these operations: what the wrapper enforces is what it says. */
export function openApiDocument(operations: readonly Operation[], serverUrl: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const operation of operations) {
    const path = (paths[operation.path] ??= {})
    path[operation.method] = describe(operation)
  }
  return {
    openapi: '3.1.0',
    info: { title: 'FISTWorks', version: API_VERSION, summary: 'ACH payments from a company’s own bank' },
    servers: [{ url: serverUrl }],
    security: [{ bearer: [] }, { clientCredentials: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key (fw_…_sk_…), an access token (fw_…_at_…) or an embed session (fw_ems_…)',
        },
        clientCredentials: {
          type: 'oauth2',
          description: 'The id of an API key is the client id, the key itself the client secret.',
          flows: {
            clientCredentials: {
              tokenUrl: `${serverUrl}${TOKEN_PATH}`,
              scopes: Object.fromEntries(MACHINE_SCOPES.map((scope) => [scope, `The permission ${scope}`])),
            },
          },
        },
      },
      schemas: { Problem: jsonSchema(Problem, 'output') },
    },
  }
}

function describe(operation: Operation): Record<string, unknown> {
  const { response, body } = operation
  const content =
    response.schema === undefined
      ? fileContent(operation)
      : { content: { 'application/json': { schema: jsonSchema(response.schema, 'output') } } }
  return {
    operationId: operation.id,
    summary: operation.summary,
    tags: [operation.id.split('.')[0]],
    parameters: parametersOf(operation),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(body, 'input') } } } }),
    responses: {
      [response.status]: { description: 'Done', ...content },
      default: {
        description: 'A problem (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
    ...('scope' in operation ? { 'x-fistworks-scope': operation.scope } : { security: [] }),
    ...('stepUp' in operation ? { 'x-fistworks-step-up': operation.stepUp } : {}),
    ...('stepUpFor' in operation ? { 'x-fistworks-step-up-for': operation.stepUpFor } : {}),
    'x-fistworks-effect': operation.effect,
    'x-fistworks-rate': operation.rate,
    ...('audit' in operation ? { 'x-fistworks-audit': operation.audit } : {}),
    ...('idempotency' in operation ? { 'x-fistworks-idempotency': operation.idempotency } : {}),
  }
}

/** What a file of this operation can be. */
function fileContent(operation: Operation): Record<string, unknown> {
  if (operation.effect !== 'export') return {}
  const text = { schema: { type: 'string' } }
  return { content: { 'application/x-ndjson': text, 'text/csv': text } }
}

function parametersOf(operation: Operation): unknown[] {
  const parameters: unknown[] = []
  if (operation.path.includes('{id}')) {
    parameters.push({ name: 'id', in: 'path', required: true, schema: { type: 'string' } })
  }
  const query = operation.query === undefined ? undefined : jsonSchema(operation.query, 'input')
  const properties = (query?.['properties'] ?? {}) as Record<string, unknown>
  for (const [name, schema] of Object.entries(properties)) parameters.push({ name, in: 'query', schema })
  parameters.push({
    name: HEADERS.organization,
    in: 'header',
    description: 'The organization to work in; needed by platform keys and portal sessions for what belongs to one.',
    schema: { type: 'string' },
  })
  parameters.push({
    name: HEADERS.platform,
    in: 'header',
    description: 'The platform that a signed-in person works for; instead of an organization.',
    schema: { type: 'string' },
  })
  parameters.push({
    name: HEADERS.version,
    in: 'header',
    description: 'The version that the caller speaks; another one than that of this document is refused.',
    schema: { type: 'string', const: API_VERSION },
  })
  if ('idempotency' in operation && operation.idempotency !== 'none') {
    parameters.push({
      name: HEADERS.idempotencyKey,
      in: 'header',
      required: operation.idempotency === 'required',
      description: KEYS,
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    })
  }
  return parameters
}

const KEYS =
  'Made once per request and kept over its repetitions: the first answer comes again for 30 days, and for ever where a file is made or sent (achFiles, submissions, returns, templates, schedules). After that the same key is a new request.'

function jsonSchema(schema: Schema, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>
  return rest
}
