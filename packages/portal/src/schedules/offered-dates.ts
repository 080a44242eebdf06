import type { Direction } from '@fistworks/contract'
import { css, type PropertyValues } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { PortalPage } from '../pages/portal-page.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { Loader } from '../ui/loader.ts'
import { offeredDatesTable } from './offered-dates-table.ts'

/** The dates that a file of an account can still have, by when the bank must have it, and what goes the same day. */
@customElement('portal-offered-dates')
export class OfferedDates extends PortalPage {
  static override styles = [
    pageStyles,
    tableStyles,
    css`
      .hint {
        margin-block-start: 0.5rem;
      }
    `,
  ]

  /** Which account the file is paid from. */
  @property({ attribute: false }) accountId = ''
  /** Whether something is collected: debits may be told to the bank later only. */
  @property({ attribute: false }) direction: Direction = 'credit'

  private readonly offered = new Loader(this, async () => {
    return (await this.client.effectiveDates.retrieve(this.accountId, { direction: this.direction })).dates
  })

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('accountId') || changed.has('direction')) void this.offered.load()
  }

  protected override render() {
    return this.offered.show('dates', (dates) => offeredDatesTable(dates))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-offered-dates': OfferedDates
  }
}
