import { FISTWorks } from '@fistworks/sdk'
import { serve } from '@hono/node-server'
import { createApp } from './app.ts'
import { openBookStore } from './books/book-store.ts'
import { seedBooks } from './books/seed.ts'
import { readConfig } from './config.ts'

const config = readConfig(process.env)
const { apiUrl, apiKey, organizationId } = config.fistworks
const fist = new FISTWorks({ baseUrl: apiUrl, apiKey, organization: organizationId })
const store = await openBookStore(config.dataFolder, () => seedBooks(new Date()))
const report = (error: unknown) => console.error(error instanceof Error ? `${error.name}: ${error.message}` : 'unknown')
const app = createApp({ fist, store, apiUrl, origin: config.origin, now: Date.now, report })

const server = serve({ fetch: app.fetch, port: config.port, hostname: '127.0.0.1' }, () => {
  console.log(`Tidewater Books is ready at ${config.origin}`)
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
  })
}
