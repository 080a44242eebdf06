import type { PortalSession } from '@fistworks/contract'
import { css } from 'lit'
import { property, state } from 'lit/decorators.js'
import { FormPage } from '../pages/form-page.ts'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'

/** What a part of the page of an organization has: where it is, and what it has to say after a change. */
export abstract class MemberSection extends FormPage {
  static override styles = [
    pageStyles,
    formStyles,
    tableStyles,
    css`
      td select {
        min-width: 10rem;
        max-width: 12rem;
      }
      .add {
        display: flex;
        flex-wrap: wrap;
        gap: 0.75rem;
        align-items: end;
        max-width: none;
      }
      .add .field {
        flex: 1 1 12rem;
        max-width: 24rem;
      }
      details {
        position: relative;
      }
      .menu {
        position: absolute;
        z-index: 1;
        inset-inline-end: 0;
        display: grid;
        justify-items: end;
        padding: 0.25rem;
        border: 1px solid var(--portal-border-strong);
        border-radius: 0.5rem;
        background: var(--portal-card);
      }
      @media (max-width: 44rem) {
        details {
          inline-size: 100%;
        }
        .menu {
          position: static;
          border: 0;
          padding: 0;
        }
      }
      summary::after {
        content: '▾' / '';
        margin-inline-start: 0.35rem;
      }
      details[open] > summary::after {
        content: '▴' / '';
      }
    `,
  ]

  @property({ attribute: false }) organization!: PortalSession['organizations'][number]
  @state() protected said = ''

  /** Runs a change and says what it did. @param work gives the sentence */
  protected async tell(work: () => Promise<string>): Promise<void> {
    this.failure = null
    this.said = ''
    await this.attempt(async () => {
      this.said = await work()
      this.settle()
      this.dispatchEvent(new Event('portal-settled', { bubbles: true, composed: true }))
    })
  }
}
