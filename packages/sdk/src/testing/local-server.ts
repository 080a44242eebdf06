import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A request as it arrived. */
export interface Received {
  method: string
  url: string
  headers: IncomingHttpHeaders
  body: string
  atMs: number
}

/** How to answer: with something, not at all, or by cutting the connection before or within the answer. */
export type Answer =
  | { status?: number; headers?: Record<string, string>; body?: unknown; text?: string }
  | 'reset'
  | 'cutOff'
  | 'hang'

export interface LocalServer {
  baseUrl: string
  received: Received[]
  stop(): Promise<void>
}

/** A real HTTP server for one test. A list of answers is given in order, the last one from then on. */
export async function localServer(answers: Answer[] | ((request: Received) => Answer)): Promise<LocalServer> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const arrived = { method, url, headers, body, atMs: performance.now() }
      received.push(arrived)
      const answer = typeof answers === 'function' ? answers(arrived) : answers[received.length - 1]
      give(response, answer ?? (answers as Answer[]).at(-1) ?? {})
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  onTestFinished(stop)
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, stop }
}

function give(response: ServerResponse, answer: Answer): void {
  if (answer === 'hang') return
  if (answer === 'reset') {
    response.socket?.destroy()
    return
  }
  if (answer === 'cutOff') {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' })
    response.write('{"id":', () => response.socket?.destroy())
    return
  }
  const isProblem = (answer.status ?? 200) >= 400
  response.writeHead(answer.status ?? 200, {
    'Content-Type': isProblem ? 'application/problem+json' : 'application/json',
    'Request-Id': 'req_1',
    ...answer.headers,
  })
  response.end(answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body)))
}

/** An error as the server gives it. */
export function problem(status: number, code: string, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers,
    body: { type: `/problems#${code}`, title: code, status, detail: `It was ${code}.`, code, requestId: 'req_1' },
  }
}
