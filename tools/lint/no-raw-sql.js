/** `sql.raw` takes only what stands in the source: a value in it would be SQL injection. */
export const noRawSql = {
  create(context) {
    return {
      CallExpression(node) {
        const { callee, arguments: args } = node
        if (callee.type !== 'MemberExpression' || callee.computed || callee.property.name !== 'raw') return
        if (callee.object.type !== 'Identifier' || callee.object.name !== 'sql') return
        if (args.length === 1 && isLiteral(args[0])) return
        context.report({ node, message: 'sql.raw takes a literal only; pass values through sql`…${value}…`.' })
      },
    }
  },
}

function isLiteral(node) {
  if (node.type === 'TemplateLiteral') return node.expressions.length === 0
  return node.type === 'Literal' && typeof node.value === 'string'
}
