import { css } from 'lit'

/** Tables that become stacked cards where there is no room for columns. */
export const tableStyles = css`
  table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  th {
    text-align: start;
    font-size: 0.8125rem;
    font-weight: 550;
    color: var(--portal-muted);
    padding: 0 0.75rem 0.5rem;
  }
  td {
    padding: 0.75rem;
    border-block-start: 1px solid var(--portal-border);
    vertical-align: top;
    overflow-wrap: break-word;
  }
  td.main {
    overflow-wrap: anywhere;
  }
  th:first-child,
  td:first-child {
    padding-inline-start: 0;
  }
  th:last-child,
  td:last-child {
    padding-inline-end: 0;
  }
  .end {
    text-align: end;
  }
  .end .button {
    white-space: nowrap;
  }
  .badge {
    --tone: var(--portal-muted);
    display: inline-block;
    padding: 0.05rem 0.6rem;
    border-radius: 999px;
    background: color-mix(in oklab, var(--tone), var(--portal-card) 88%);
    color: var(--tone);
    font-size: 0.8125rem;
    font-weight: 600;
    white-space: nowrap;
  }
  .badge.positive {
    --tone: var(--portal-positive);
  }
  .badge.critical {
    --tone: var(--portal-critical);
  }
  @media (max-width: 44rem) {
    thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    tr {
      display: block;
      padding: 0.75rem 0;
      border-block-start: 1px solid var(--portal-border);
    }
    tbody tr:first-child {
      border-block-start: 0;
      padding-block-start: 0;
    }
    td,
    td:first-child {
      display: flex;
      justify-content: space-between;
      gap: 1rem;
      padding: 0.15rem 0;
      border: 0;
      text-align: end;
      overflow-wrap: anywhere;
    }
    td.main {
      display: block;
      text-align: start;
    }
    td[data-label]::before {
      content: attr(data-label);
      color: var(--portal-muted);
      text-align: start;
      flex: none;
    }
  }
`
