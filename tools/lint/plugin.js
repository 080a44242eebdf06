import { imports } from './imports.js'
import { noClock } from './no-clock.js'
import { noNamedZod } from './no-named-zod.js'
import { noRawSql } from './no-raw-sql.js'
import { noUnsafeMarkup } from './no-unsafe-markup.js'

export default {
  meta: { name: 'fistworks' },
  rules: {
    imports,
    'no-clock': noClock,
    'no-named-zod': noNamedZod,
    'no-raw-sql': noRawSql,
    'no-unsafe-markup': noUnsafeMarkup,
  },
}
