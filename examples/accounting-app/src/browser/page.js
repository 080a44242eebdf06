// Gives every FISTWorks component on a page its token, and keeps the page up to date with what happens in it.

/** @typedef {HTMLElement & { fetchSessionToken?: () => Promise<{ token: string, expiresAt: string }>, hasUnsavedInput?: boolean, features?: string[], prefill?: unknown }} Component */
/** @typedef {{ id: string, state: string, words: string }} BillNews */

/** @type {NodeListOf<Component>} */
const found = document.querySelectorAll('[data-fistworks]')
const components = [...found]
let hadSession = false

/** Our server knows who is signed in; nothing is sent but the cookie. */
async function fetchSessionToken() {
  const response = await fetch('/fistworks/session', { method: 'POST' })
  // Whoever was at work stays on the page: what they typed is still there after they sign in again.
  if (response.status === 401 && hadSession) showSignedOut()
  else if (response.status === 401) location.assign('/sign-in')
  hadSession ||= response.ok
  if (response.ok) document.querySelector('#signed-out')?.remove()
  if (!response.ok) throw new Error('The payment service is not available.')
  // `{ token, expiresAt }`: knowing the end, the components ask for the next one before it.
  return response.json()
}

for (const component of components) {
  if (component.dataset.prefill) component.prefill = JSON.parse(component.dataset.prefill)
  component.features = (component.dataset.features ?? '').split(' ')
  component.fetchSessionToken = fetchSessionToken
}

addEventListener('beforeunload', (event) => {
  if (components.some((each) => each.hasUnsavedInput)) event.preventDefault()
})

function showSignedOut() {
  if (document.querySelector('#signed-out')) return
  const notice = document.createElement('p')
  notice.id = 'signed-out'
  notice.className = 'notice warn'
  notice.setAttribute('role', 'alert')
  const link = document.createElement('a')
  link.href = '/sign-in'
  link.target = '_blank'
  link.textContent = 'Sign in again in a new tab'
  notice.append('You were signed out. ', link, ', then go on here: nothing you typed is lost.')
  document.querySelector('h1')?.after(notice)
  notice.scrollIntoView({ block: 'nearest' })
}

/** An event of a component says that something changed; how the bills on this page stand now, our own server says. */
async function refreshBills() {
  /** @type {NodeListOf<HTMLElement>} */
  const badges = document.querySelectorAll('[data-bill]')
  const query = new URLSearchParams([...badges].map((badge) => ['bill', badge.dataset.bill ?? '']))
  const response = await fetch(`/bill-states?${query}`, { headers: { Accept: 'application/json' } })
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
  void refreshBills()
})
on('fist-ach-file-changed', () => void refreshBills())
on('fist-submission-changed', () => void refreshBills())

// The server writes these pages: what they say about a vendor's account is asked for again.
on('fist-recipient-created', () => document.querySelector('fist-recipient-form') && location.reload())
