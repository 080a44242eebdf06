import type { AccessReview, AccessReviewItem } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement } from 'lit/decorators.js'
import { failureNotice } from '../ui/failure.ts'
import { selectField } from '../ui/field.ts'
import { Loader } from '../ui/loader.ts'
import { MemberSection } from './member-section.ts'
import { dayOf } from './role-words.ts'
import { agrees } from '../ui/question-dialog.ts'

type Current = NonNullable<AccessReview['current']>

const INTERVALS: Readonly<Record<string, string>> = {
  30: 'every 30 days',
  90: 'every 90 days',
  180: 'every 180 days',
  365: 'every year',
}

/** Who has what, looked at every so often: each access is confirmed or taken away with one click. */
@customElement('portal-access-review')
export class AccessReviewSection extends MemberSection {
  private readonly review = new Loader(this, () => this.client.accessReviews.retrieve())

  override connectedCallback(): void {
    super.connectedCallback()
    void this.review.load()
  }

  private readonly begin = async () => {
    await this.tell(async () => {
      await this.client.accessReviews.begin()
      return 'The review has begun. Confirm or revoke each access.'
    })
    await this.review.load()
  }

  private async decide(id: string, item: AccessReviewItem, decision: 'confirmed' | 'revoked'): Promise<void> {
    const question = { text: 'It works no more from then on.', confirm: 'Take it away', isDangerous: true }
    const heading = `Take away the access of ${item.name}?`
    if (decision === 'revoked' && !(await agrees(this, { heading, ...question }))) return
    await this.tell(async () => {
      const { current } = await this.client.accessReviews.decide(id, { subjectId: item.subjectId, decision })
      return current === null ? 'The review is complete.' : `${item.name}: ${decision}.`
    })
    await this.review.load()
  }

  private readonly onInterval = async (event: Event) => {
    event.stopPropagation()
    const everyDays = Number((event.target as HTMLSelectElement).value)
    await this.tell(async () => {
      await this.client.accessReviews.configure({ everyDays })
      return `The review is due ${INTERVALS[String(everyDays)] ?? ''} now.`
    })
    await this.review.load()
  }

  protected override render() {
    return html`<section class="card stack" aria-labelledby="review">
      <h2 id="review">Access review</h2>
      <p>Look at who has what every so often, and take away what nobody needs. What you decide stands in the audit log.</p>
      ${failureNotice(this.failure)}
      ${this.said === '' ? nothing : html`<p class="notice positive" role="status">${this.said}</p>`}
      ${this.review.show('the access review', (review) => this.state(review))}
    </section>`
  }

  private state(review: AccessReview) {
    const { isOverdue, dueAt, lastCompletedAt, current } = review
    const mayDecide = this.may('members:write')
    return html`<p class=${isOverdue ? 'notice caution' : ''} role=${isOverdue ? 'status' : nothing}>
        ${isOverdue ? 'Overdue since' : 'Due on'} ${dayOf(dueAt)}.
        ${lastCompletedAt === null ? 'There was none yet.' : `The last was completed on ${dayOf(lastCompletedAt)}.`}
      </p>
      ${mayDecide ? this.interval(review) : nothing}
      ${current === null ? nothing : this.table(current, mayDecide)}
      ${
        current === null && mayDecide
          ? html`<p><button type="button" class="button" @click=${this.begin}>Begin a review</button></p>`
          : nothing
      }`
  }

  private interval({ everyDays }: AccessReview) {
    const choices = { [everyDays]: `every ${everyDays} days`, ...INTERVALS }
    const onInput = (event: Event) => event.stopPropagation()
    return html`<div class="add" @input=${onInput} @change=${this.onInterval}>
      ${selectField({ name: 'everyDays', label: 'How often', value: String(everyDays), choices })}
    </div>`
  }

  private table({ id, begunAt, begunBy, items }: Current, mayDecide: boolean) {
    return html`<p class="muted">Begun on ${dayOf(begunAt)} by ${begunBy}; each access as it was then.</p>
      <table>
        <thead>
          <tr>
            <th scope="col">Who or what</th>
            <th scope="col">Access</th>
            <th scope="col">Since</th>
            <th scope="col">Last used</th>
            <th scope="col" class="end"><span class="muted">Decision</span></th>
          </tr>
        </thead>
        <tbody>
          ${items.map(
            (item) => html`<tr>
              <td class="main">
                <strong>${item.name}</strong><small>${item.subjectType === 'member' ? 'Member' : 'API key'}</small>
              </td>
              <td data-label="Access">${item.access}</td>
              <td data-label="Since">${dayOf(item.since)}</td>
              <td data-label="Last used">${item.lastUsedAt === null ? 'Never' : dayOf(item.lastUsedAt)}</td>
              <td class="end">${this.decision(id, item, mayDecide)}</td>
            </tr>`,
          )}
        </tbody>
      </table>`
  }

  private decision(id: string, item: AccessReviewItem, mayDecide: boolean) {
    if (item.decision !== null) {
      const tone = item.decision === 'confirmed' ? 'positive' : 'critical'
      return html`<span class="badge ${tone}">${item.decision}</span><small>${item.decidedBy}</small>`
    }
    if (!mayDecide) return html`<span class="badge">open</span>`
    return html`<button type="button" class="button quiet" aria-label="Confirm ${item.name}" @click=${() => this.decide(id, item, 'confirmed')}>
        Confirm
      </button>
      <button type="button" class="button quiet" aria-label="Revoke ${item.name}" @click=${() => this.decide(id, item, 'revoked')}>
        Revoke
      </button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-access-review': AccessReviewSection
  }
}
