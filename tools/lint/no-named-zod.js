/** `import { z }` keeps bundlers from dropping what is not used. */
export const noNamedZod = {
  create(context) {
    return {
      ImportDeclaration(node) {
        if (!/^zod(\/|$)/.test(node.source.value)) return
        const named = node.specifiers.find((one) => one.type === 'ImportSpecifier' && one.imported.name === 'z')
        if (named) context.report({ node: named, message: `Write import * as z from '${node.source.value}'.` })
      },
    }
  },
}
