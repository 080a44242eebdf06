// Gives every FISTWorks component on a page its token, and keeps the page up to date with what happens in it.

/** @typedef {HTMLElement & { fetchSessionToken?: () => Promise<string>, features?: string[], prefill?: unknown }} Component */
/** @typedef {{ id: string, state: string, words: string }} BillNews */

/** Our server knows who is signed in; nothing is sent but the cookie. */
async function fetchSessionToken() {
  const response = await fetch('/fistworks/session', { method: 'POST' })
  if (response.status === 401) location.assign('/sign-in')
  if (!response.ok) throw new Error('The payment service is not available.')
  const { token } = await response.json()
  return token
}

for (const element of document.querySelectorAll('[data-fistworks]')) {
  const component = /** @type {Component} */ (element)
  if (component.dataset.prefill) component.prefill = JSON.parse(component.dataset.prefill)
  component.features = (component.dataset.features ?? '').split(' ')
  component.fetchSessionToken = fetchSessionToken
}

/**
 * An event of a component says that something changed; what it is now, our own server says.
 * @param {string} achFileId
 */
async function refreshBills(achFileId) {
  const response = await fetch(`/payments/${achFileId}/bills`, { headers: { Accept: 'application/json' } })
  if (!response.ok) return
  for (const { id, state, words } of /** @type {BillNews[]} */ (await response.json())) {
    for (const badge of document.querySelectorAll(`[data-bill="${CSS.escape(id)}"]`)) {
      badge.textContent = words
      badge.className = `badge ${state}`
    }
  }
}

/**
 * @param {string} type
 * @param {(detail: any, event: Event) => void} react
 */
function on(type, react) {
  document.addEventListener(type, (event) => react(/** @type {CustomEvent} */ (event).detail, event))
}

on('fist-ach-file-opened', ({ achFileId }, event) => {
  event.preventDefault()
  location.assign(`/payments/${achFileId}`)
})
on('fist-ach-file-created', ({ achFile }) => {
  history.replaceState(null, '', `/payments/${achFile.id}`)
  void refreshBills(achFile.id)
})
on('fist-ach-file-changed', ({ achFile }) => void refreshBills(achFile.id))
on('fist-submission-changed', ({ submission }) => void refreshBills(submission.achFileId))

// The server writes these pages: what they say about a vendor's account is asked for again.
on('fist-recipient-created', () => document.querySelector('fist-recipient-form') && location.reload())
