import { createApp } from '../app.ts'
import type { BookStore } from '../books/book-store.ts'
import { seedBooks } from '../books/seed.ts'
import { FakeFistworks } from './fake-fistworks.ts'

export const ORIGIN = 'http://localhost:4500'
const TODAY = new Date('2026-11-20T12:00:00Z')

/** Books that are kept nowhere. */
export function memoryStore(): BookStore {
  let books = seedBooks(TODAY)
  return {
    read: () => books,
    update: async (change) => {
      books = structuredClone(books)
      change(books)
      return books
    },
  }
}

/** The whole app in this process, and somebody signed in to it. */
export async function openApp(userId: string | null = 'maya') {
  const fistworks = new FakeFistworks()
  const store = memoryStore()
  const reported: unknown[] = []
  const app = createApp({
    fist: fistworks.fist,
    store,
    apiUrl: 'http://fistworks.example',
    origin: ORIGIN,
    now: () => TODAY.getTime(),
    report: (error) => reported.push(error),
  })
  const signIn = await app.request(`${ORIGIN}/sign-in`, {
    method: 'POST',
    headers: { Origin: ORIGIN },
    body: new URLSearchParams({ user: userId ?? '' }),
  })
  const cookie = (signIn.headers.get('Set-Cookie') ?? '').split(';')[0] ?? ''
  const get = (path: string) => app.request(`${ORIGIN}${path}`, { headers: { Cookie: cookie } })
  const post = (path: string, body: BodyInit | null = null, headers: Record<string, string> = {}) =>
    app.request(`${ORIGIN}${path}`, { method: 'POST', body, headers: { Cookie: cookie, Origin: ORIGIN, ...headers } })
  return { app, fistworks, store, reported, get, post, cookie }
}
