import { css } from 'lit'

export const submissionStyles = css`
  .content {
    display: grid;
    gap: 1.5rem;
  }
  .file {
    overflow-wrap: anywhere;
  }
  .timeline li {
    --_tone: var(--_muted);
    position: relative;
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0 1rem;
    padding: 0 0 1.125rem 1.75rem;
  }
  .timeline li::before {
    content: '';
    position: absolute;
    inset: 0.4375em auto auto 0.1875rem;
    width: 0.625rem;
    height: 0.625rem;
    border: 2px solid var(--_tone);
    border-radius: 50%;
    background: color-mix(in oklab, var(--_tone), var(--_surface) 70%);
  }
  .timeline li:not(:last-child)::after {
    content: '';
    position: absolute;
    inset: 1.4em auto -0.125em 0.5rem;
    width: 1px;
    background: var(--_border-strong);
    opacity: 0.5;
  }
  .timeline li:last-child {
    padding-block-end: 0;
  }
  .timeline li:last-child::before {
    background: var(--_tone);
  }
  .timeline .positive {
    --_tone: var(--_positive);
  }
  .timeline .caution {
    --_tone: var(--_caution);
  }
  .timeline .critical {
    --_tone: var(--_critical);
  }
  .timeline .active {
    --_tone: var(--_accent);
  }
  .detail {
    grid-column: 1 / -1;
    overflow-wrap: anywhere;
  }
`
