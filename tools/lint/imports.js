import { relative, sep } from 'node:path'
import { refusal } from './import-table.js'

/** Refuses an import that the table does not allow, whichever way it is written. */
export const imports = {
  create(context) {
    const file = relative(context.cwd, context.filename).split(sep).join('/')
    function check(node) {
      const module = node.source?.value
      if (typeof module !== 'string') return
      const because = refusal(file, module)
      if (because) context.report({ node, message: `'${module}' is not imported here: ${because}.` })
    }
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    }
  },
}
