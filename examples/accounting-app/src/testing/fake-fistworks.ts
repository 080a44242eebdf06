import { FISTWorks } from '@fistworks/sdk'

type Json = Record<string, unknown>

const page = (data: Json[]) => ({ data, hasMore: false, nextCursor: null })

/** A FISTWorks that answers from memory, asked through the real SDK. */
export class FakeFistworks {
  recipients: Json[] = []
  files: Json[] = []
  isDown = false
  readonly requests: { method: string; path: string; body: unknown }[] = []

  readonly fist = new FISTWorks({
    apiKey: 'fw_test_sk_example',
    baseUrl: 'http://fistworks.example',
    maxRetries: 0,
    fetch: async (input, init) => {
      const request = new Request(input, init)
      const url = new URL(request.url)
      const text = await request.text()
      this.requests.push({ method: request.method, path: url.pathname, body: text === '' ? null : JSON.parse(text) })
      if (this.isDown) throw new TypeError('fetch failed')
      const answer = this.answer(url)
      const headers = { 'Content-Type': answer === null ? 'application/problem+json' : 'application/json' }
      const missing = { status: 404, code: 'not-found', title: 'Not found', detail: 'There is nothing with this id.' }
      return new Response(JSON.stringify(answer ?? missing), { status: answer === null ? 404 : 200, headers })
    },
  })

  private answer(url: URL): Json | null {
    const [, , kind, id] = url.pathname.split('/')
    if (kind === 'embed-sessions') {
      return { type: 'embedSession', id: 'ems_1', token: 'fw_ems_secret', expiresAt: '2026-11-21T10:15:00Z' }
    }
    const things = kind === 'recipients' ? this.recipients : this.files
    if (id !== undefined) {
      const thing = things.find((one) => one['id'] === id)
      if (thing === undefined) return null
      return thing
    }
    const externalId = url.searchParams.get('externalId')
    const isArchived = url.searchParams.get('archived') === 'true'
    if (kind !== 'recipients') return page(things)
    return page(
      things.filter(
        (one) =>
          (externalId === null || one['externalId'] === externalId) && isArchived === (one['archivedAt'] !== null),
      ),
    )
  }

  addRecipient(externalId: string | null): string {
    const id = `rcp_${String(this.recipients.length).padStart(26, '0')}`
    this.recipients.push({
      type: 'recipient',
      id,
      name: 'Somebody',
      externalId,
      accountNumberLast4: '6789',
      accountType: 'checking',
      archivedAt: null,
    })
    return id
  }

  /** A file that pays these bills; what is left out is right. */
  addFile(
    status: string,
    entries: { externalId: string; recipientId: string; amountCents: number; direction?: string }[],
  ): string {
    const id = `ach_${String(this.files.length).padStart(26, '0')}`
    const batches = [{ entries: entries.map((entry) => ({ direction: 'credit', ...entry })) }]
    this.files.push({ type: 'achFile', id, status, version: 1, batches, submissionId: null })
    return id
  }
}
