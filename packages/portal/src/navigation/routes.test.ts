import { describe, expect, it } from 'vitest'
import { routeOf, SECTIONS } from './routes.ts'

describe('routeOf', () => {
  it('finds a page for every entry of the navigation, and marks that entry', () => {
    for (const { path } of SECTIONS) expect(routeOf(path)).toMatchObject({ section: path, id: null })
  })

  it('shows payments first', () => {
    expect(routeOf('/')).toMatchObject({ page: 'payments', section: '/payments' })
  })

  it('shows a platform first to whoever works for one', () => {
    expect(routeOf('/', true)).toMatchObject({ page: 'platform', section: '/platform' })
  })

  it('takes an id of the right kind only', () => {
    const id = `bac_${'0'.repeat(26)}`
    expect(routeOf(`/bank-accounts/${id}`)).toMatchObject({ page: 'bankAccount', id })
    expect(routeOf(`/bank-connections/${id}`).page).toBe('notFound')
    expect(routeOf('/bank-accounts/..').page).toBe('notFound')
  })

  it('says so when there is no such page', () => {
    expect(routeOf('/elsewhere')).toMatchObject({ page: 'notFound', title: 'Not found' })
  })
})
