import { describe, expect, it } from 'vitest'
import { ORIGIN, openApp } from '../testing/open-app.ts'

describe('paying bills', () => {
  it('puts people into a PPD batch and companies into a CCD batch with the invoice number', async () => {
    const { get, fistworks, store } = await openApp()
    const [company] = store.read().bills
    const person = store.read().bills.find((bill) => bill.vendorId === 'ven_vega')
    fistworks.addRecipient(company?.vendorId ?? '')
    fistworks.addRecipient('ven_vega')
    const page = await (await get(`/payments/new?bill=${company?.id}&bill=${person?.id}`)).text()
    const attribute = /data-prefill="([^"]*)"/.exec(page)?.[1] ?? ''
    expect(JSON.parse(attribute.replaceAll('&quot;', '"')).batches).toMatchObject([
      { secCode: 'PPD', entries: [{ amountCents: person?.amountCents, externalId: person?.id, addenda: [] }] },
      { secCode: 'CCD', entries: [{ externalId: company?.id, addenda: [`Invoice ${company?.number}`] }] },
    ])
  })

  it('says which vendor has no payment details, and prepares nothing', async () => {
    const { get } = await openApp()
    const response = await get('/payments/new?bill=bil_1001')
    expect(response.status).toBe(422)
    expect(await response.text()).toContain('Harbor Freight Lines has no payment details yet.')
  })

  it('does not pay a bill twice', async () => {
    const { get, fistworks, store } = await openApp()
    const bill = store.read().bills[0]
    const recipientId = fistworks.addRecipient(bill?.vendorId ?? '')
    fistworks.addFile('draft', [{ externalId: bill?.id ?? '', recipientId, amountCents: bill?.amountCents ?? 0 }])
    const response = await get(`/payments/new?bill=${bill?.id}`)
    expect(response.status).toBe(422)
    expect(await response.text()).toContain('is in a payment already')
  })

  it('says how a bill stands, open again after its payment was canceled', async () => {
    const { get, fistworks, store } = await openApp()
    const bill = store.read().bills[0]
    const recipientId = fistworks.addRecipient(bill?.vendorId ?? '')
    fistworks.addFile('draft', [{ externalId: bill?.id ?? '', recipientId, amountCents: bill?.amountCents ?? 0 }])
    const states = async () => (await get(`/bill-states?bill=${bill?.id}`)).json()
    expect(await states()).toEqual([{ id: bill?.id, state: 'inPayment', words: 'Being prepared' }])
    for (const file of fistworks.files) file['status'] = 'canceled'
    expect(await states()).toEqual([{ id: bill?.id, state: 'open', words: 'Open' }])
  })

  it('is not offered to the controller', async () => {
    const { get } = await openApp('ray')
    expect(await (await get('/bills')).text()).not.toContain('Pay by ACH')
    expect((await get('/payments/new?bill=bil_1001')).status).toBe(403)
  })

  it('takes unsafe input as text, not as markup', async () => {
    const { get } = await openApp()
    const path = `/payments/${encodeURIComponent('"><script>alert(1)</script>')}`
    expect((await get(path)).status).toBe(404)
    expect(
      await (await get(`/payments/new?bill=${encodeURIComponent('<script>alert(1)</script>')}`)).text(),
    ).not.toContain('<script>alert')
  })
})

describe('a vendor and its recipient', () => {
  it('are tied by the vendor’s id from the start', async () => {
    const { get, fistworks } = await openApp()
    const form = async () =>
      /<fist-recipient-form([^>]*)>/.exec(await (await get('/vendors/ven_vega')).text())?.[1] ?? ''
    expect(await form()).toMatch(/recipient-name="Marisol Vega".*holder-type="individual".*external-id="ven_vega"/s)
    const recipientId = fistworks.addRecipient('ven_vega')
    expect(await form()).toContain(`recipient-id="${recipientId}"`)
  })

  it('are only shown to somebody who approves', async () => {
    const { get } = await openApp('ray')
    expect(await (await get('/vendors/ven_vega')).text()).not.toContain('fist-recipient-form')
  })
})

describe('every page', () => {
  it('forbids inline scripts, and asks nobody but us and FISTWorks', async () => {
    const { get } = await openApp()
    for (const path of ['/sign-in', '/bills', '/vendors', '/vendors/ven_vega', '/payments']) {
      const response = await get(path)
      expect(response.status).toBe(200)
      const policy = response.headers.get('Content-Security-Policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("connect-src 'self' http://fistworks.example;")
      expect(policy).not.toContain('unsafe-inline')
      expect(await response.text()).not.toMatch(/<script(?![^>]* src=)|<style| style=| on\w+="/)
    }
  })

  it('shows the books when FISTWorks does not answer, and says so', async () => {
    const { get, fistworks, reported } = await openApp()
    fistworks.isDown = true
    for (const path of ['/bills', '/vendors', '/vendors/ven_vega']) {
      const response = await get(path)
      expect([path, response.status]).toEqual([path, 200])
      expect(await response.text()).toContain('did not answer')
    }
    expect(reported.length).toBeGreaterThan(0)
  })

  it('asks for sign-in first', async () => {
    const { app } = await openApp(null)
    for (const path of ['/bills', '/vendors', '/payments', '/vendors/ven_vega']) {
      expect((await app.request(`${ORIGIN}${path}`)).headers.get('Location')).toBe('/sign-in')
    }
  })

  it('lives at one address only', async () => {
    const { app } = await openApp(null)
    const response = await app.request('http://127.0.0.1:4500/bills?x=1')
    expect(response.headers.get('Location')).toBe(`${ORIGIN}/bills?x=1`)
  })
})

it('shows the same components inside our own frame when that is asked for', async () => {
  const { get } = await openApp()
  for (const [path, component, tag] of [
    ['/vendors', 'recipients', '<fist-recipients '],
    ['/payments', 'ach-files', '<fist-ach-files '],
  ] as const) {
    expect(await (await get(path)).text()).toContain(tag)
    const framed = await (await get(`${path}?place=frame`)).text()
    expect(framed).toContain(`<fist-frame component="${component}" data-fistworks base-url=`)
    expect(framed).not.toContain(tag)
  }
  const policy = (await get('/payments')).headers.get('Content-Security-Policy')
  expect(policy).toMatch(/frame-src http\S+\/embed\/v1\/frame;/)
})
