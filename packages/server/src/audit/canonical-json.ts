/**
 * JSON with one spelling per value (RFC 8785): keys in UTF-16 order, no spaces, so that its hash can be checked
 * anywhere. Keys whose value is `undefined` are left out.
 * @throws TypeError for what JSON does not have (NaN, infinity, bigint, functions)
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('JSON has no NaN and no infinity')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((one) => canonicalJson(one ?? null)).join(',')}]`
  if (typeof value === 'object') {
    if ('toJSON' in value && typeof value.toJSON === 'function') return canonicalJson(value.toJSON())
    const fields = new Map(Object.entries(value).filter(([, one]) => one !== undefined))
    const keys = [...fields.keys()].sort()
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(fields.get(key))}`).join(',')}}`
  }
  throw new TypeError(`JSON has no ${typeof value}`)
}
