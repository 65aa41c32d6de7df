import ts from 'typescript'
import { namedMutants } from './named-mutants.mjs'

/** @typedef {{ readonly place: string, readonly what: string }} Mutant */

/**
 * The JavaScript of a source file with a switch around every check. `mutants` gets one entry for each; the switch of the
 * one with index N is `globalThis.isTakenOut(N)`.
 *
 * @param {string} file path within the library's sources, for people
 * @param {string} source
 * @param {Mutant[]} mutants
 */
export function switchChecks(file, source, mutants) {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2023, true)
  /** @type {{ readonly start: number, readonly end: number, readonly before: string, readonly after: string }[]} */
  const edits = []

  /**
   * @param {ts.Node} node
   * @param {string} what
   * @param {(n: number) => [string, string]} around text before and behind the node
   */
  const add = (node, what, around) => {
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree))
    const [before, after] = around(mutants.length)
    mutants.push({ place: `${file}:${line + 1}`, what: what.replace(/\s+/g, ' ') })
    edits.push({ start: node.getStart(tree), end: node.getEnd(), before, after })
  }

  /** @param {ts.Node} node @param {boolean} isRule within what decides */
  const visit = (node, isRule) => {
    const text = node.getText(tree)
    const named = namedMutants.find((one) => one.file === file && one.expression === text)
    if (named !== undefined && ts.isExpression(node))
      add(node, `${text} -> ${named.weakened}`, (n) => [`(globalThis.isTakenOut(${n}) ? ${named.weakened} : `, ')'])
    if (ts.isCallExpression(node) && isCheck(node, tree))
      // `void` because the sources have no semicolons: a bracket would go on with the line before.
      add(node, text, (n) => [`void (globalThis.isTakenOut(${n}) ? undefined : `, ')'])
    if (ts.isThrowStatement(node) && text.includes('new SamlRefusal'))
      add(node, text, (n) => [`if (!globalThis.isTakenOut(${n})) `, ''])
    if (isRule && ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
      for (const side of [node.left, node.right])
        if (!isAnd(side))
          add(side, `${side.getText(tree)} in ${text}`, (n) => [`(globalThis.isTakenOut(${n}) || (`, '))'])
    if (ts.isIdentifier(node) && isEntryOfChecks(node))
      add(node, `entry ${text}`, (n) => [`(...all) => globalThis.isTakenOut(${n}) ? undefined : `, '(...all)'])
    const decides = isRule || isDemand(node, tree) || isPredicate(node)
    ts.forEachChild(node, (child) => visit(child, decides))
  }
  visit(tree, false)
  return ts.transpileModule(withEdits(source, edits), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  }).outputText
}

/** @param {ts.Node} node */
const isAnd = (node) => ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken

/** @param {ts.Node} node @param {ts.SourceFile} tree */
const isDemand = (node, tree) => ts.isCallExpression(node) && node.expression.getText(tree) === 'demand'

/** @param {ts.Node} node */
const isPredicate = (node) =>
  (ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node)) &&
  node.name !== undefined &&
  ts.isIdentifier(node.name) &&
  /^(?:is|looks)[A-Z]/.test(node.name.text)

/** A demand, or a call whose only use is that it may refuse. @param {ts.CallExpression} node @param {ts.SourceFile} tree */
const isCheck = (node, tree) =>
  isDemand(node, tree) ||
  ((ts.isExpressionStatement(node.parent) || (ts.isArrowFunction(node.parent) && node.parent.body === node)) &&
    /^(?:check|scan|accept)[A-Z]\w*$/.test(node.expression.getText(tree)) &&
    !ts.isVariableDeclaration(node.parent))

/** @param {ts.Identifier} node */
const isEntryOfChecks = (node) =>
  ts.isArrayLiteralExpression(node.parent) &&
  ts.isVariableDeclaration(node.parent.parent) &&
  ts.isIdentifier(node.parent.parent.name) &&
  node.parent.parent.name.text.endsWith('Checks')

/**
 * @param {string} source
 * @param {readonly { readonly start: number, readonly end: number, readonly before: string, readonly after: string }[]} edits
 */
function withEdits(source, edits) {
  const inserts = edits.flatMap(({ start, end, before, after }, order) => [
    // Of two that begin together the outer one, which was found first, comes first; of two that end together, last.
    { at: start, text: before, rank: order },
    { at: end, text: after, rank: -order - 0.5 - edits.length },
  ])
  inserts.sort((a, b) => a.at - b.at || a.rank - b.rank)
  let text = ''
  let from = 0
  for (const { at, text: inserted } of inserts) {
    text += source.slice(from, at) + inserted
    from = at
  }
  return text + source.slice(from)
}
