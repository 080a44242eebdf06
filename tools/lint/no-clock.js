const forbidden = new Map([
  ['Date', new Set(['now'])],
  ['Math', new Set(['random'])],
  ['performance', new Set(['now'])],
  ['crypto', new Set(['randomUUID', 'getRandomValues'])],
])

/** Pure code gets clocks and randomness as arguments, so that the same input gives the same output any day. */
export const noClock = {
  create(context) {
    function refuse(node, what) {
      context.report({ node, message: `${what} differs from run to run; take the value as an argument.` })
    }
    return {
      NewExpression(node) {
        if (isDate(node.callee) && node.arguments.length === 0) refuse(node, 'new Date()')
      },
      CallExpression(node) {
        if (isDate(node.callee)) refuse(node, 'Date()')
      },
      MemberExpression(node) {
        if (node.computed || node.object.type !== 'Identifier') return
        const name = node.property.name
        if (forbidden.get(node.object.name)?.has(name)) refuse(node, `${node.object.name}.${name}`)
      },
    }
  },
}

function isDate(node) {
  return node.type === 'Identifier' && node.name === 'Date'
}
