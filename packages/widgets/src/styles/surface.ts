import { css } from 'lit'

/** Notices, badges, empty and loading states. */
export const surfaceStyles = css`
  .notice {
    display: grid;
    gap: 0.5rem;
    padding: 0.875rem 1rem;
    border-radius: var(--_radius);
    border-inline-start: 3px solid var(--_tone);
    background: color-mix(in oklab, var(--_tone), var(--_surface) 92%);
    overflow-wrap: anywhere;
  }
  .notice,
  .badge {
    --_tone: var(--_muted);
  }
  .positive {
    --_tone: var(--_positive);
  }
  .caution {
    --_tone: var(--_caution);
  }
  .critical {
    --_tone: var(--_critical);
  }
  .active {
    --_tone: var(--_accent);
  }
  .notice h3 {
    color: var(--_tone);
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 0.4375rem;
    padding: 0.125rem 0.625rem 0.125rem 0.5rem;
    border-radius: 999px;
    background: color-mix(in oklab, var(--_tone), var(--_surface) 88%);
    color: var(--_tone);
    font-size: 0.8125em;
    font-weight: 600;
    white-space: nowrap;
  }
  .badge::before {
    content: '';
    width: 0.4375rem;
    height: 0.4375rem;
    border-radius: 50%;
    background: currentColor;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 0.5rem;
    padding: 3rem 1.5rem 3.5rem;
    text-align: center;
  }
  .empty p {
    max-width: 26rem;
    color: var(--_muted);
  }
  .empty .button {
    margin-block-start: 0.75rem;
  }
  .skeleton {
    display: grid;
    gap: 1.25rem;
    padding: 0.5rem 1.5rem 1.75rem;
  }
  .skeleton span {
    height: 0.875rem;
    border-radius: 0.25rem;
    background: var(--_border);
    animation: breathe 1.4s ease-in-out infinite alternate;
  }
  .skeleton span:nth-child(3n) {
    width: 55%;
  }
  .skeleton span:nth-child(3n + 1) {
    width: 80%;
  }
  @keyframes breathe {
    to {
      opacity: 0.4;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .skeleton span {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .badge,
    .notice {
      border: 1px solid;
    }
  }
`
