import { css } from 'lit'

export const auditLogStyles = css`
  .filter {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 8.75rem), 1fr));
    gap: 0.75rem 1rem;
    max-width: none;
  }
  .chosen {
    grid-column: 1 / -1;
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
    align-items: center;
  }
  .chosen:not(:has(:not([hidden]))) {
    display: none;
  }
  .export {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
    align-items: end;
    justify-content: space-between;
    max-width: none;
    margin-block-end: 1.25rem;
  }
  .export > div {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
    align-items: end;
  }
  .what {
    display: flex;
    gap: 0.5rem;
    align-items: baseline;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    font-weight: 600;
    text-align: start;
    cursor: pointer;
  }
  .what::before {
    content: '';
    flex: none;
    width: 0.4rem;
    height: 0.4rem;
    border: solid var(--portal-muted);
    border-width: 0 2px 2px 0;
    transform: rotate(-45deg);
    margin-inline-end: 0.15rem;
  }
  .what[aria-expanded='true']::before {
    transform: rotate(45deg) translate(-1px, -1px);
  }
  .what:hover {
    color: var(--portal-accent);
  }
  .about {
    padding: 0;
    border: 0;
    background: none;
    color: var(--portal-muted);
    font-size: 0.8125em;
    text-align: start;
    overflow-wrap: anywhere;
    cursor: pointer;
    margin-inline-start: 1.05rem;
  }
  .about:not(.code) {
    font-family: inherit;
  }
  .about:hover {
    color: var(--portal-accent);
    text-decoration: underline;
  }
  .badge.caution {
    --tone: var(--portal-caution);
  }
  td.wide,
  td.wide:first-child {
    display: table-cell;
    border-block-start: 0;
    padding: 0 0 1rem;
    text-align: start;
  }
  .details {
    display: grid;
    gap: 1rem;
    padding: 1rem 1.25rem;
    border-radius: 0.5rem;
    background: var(--portal-ground);
  }
  .changes {
    font-size: 0.9375em;
  }
  .changes th,
  .changes td,
  .changes td:first-child {
    padding: 0.35rem 0.75rem 0.35rem 0;
  }
  .changes .before {
    color: var(--portal-muted);
    text-decoration: line-through;
    text-decoration-color: color-mix(in oklab, var(--portal-muted), transparent 50%);
  }
  dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 16rem), 1fr));
    gap: 0.6rem 1.5rem;
    font-size: 0.9375em;
  }
  dt {
    font-size: 0.8125rem;
    color: var(--portal-muted);
  }
  dd {
    overflow-wrap: anywhere;
  }
  .end-of-list {
    text-align: center;
  }
  @media (max-width: 44rem) {
    td.wide,
    td.wide:first-child {
      display: block;
    }
    tr.more {
      border: 0;
      padding: 0;
    }
    .changes tr {
      padding: 0.35rem 0;
    }
    .changes td.field {
      color: var(--portal-muted);
    }
    .changes.new tr {
      display: flex;
      justify-content: space-between;
      gap: 1rem;
    }
    .changes.new td[data-label]::before {
      content: none;
    }
    .changes td:last-child {
      padding-inline-end: 0;
    }
  }
`
