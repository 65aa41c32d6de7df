import ts from 'typescript'

/** @typedef {{ specifier: string, line: number, isDynamic: boolean }} Import */

const isRequire = (/** @type {ts.Expression} */ callee) => ts.isIdentifier(callee) && callee.text === 'require'

/** @type {(node: ts.Node) => { target: ts.Node | undefined, isDynamic: boolean } | undefined} */
function importOf(node) {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    return { target: node.moduleSpecifier, isDynamic: false }
  if (ts.isExternalModuleReference(node)) return { target: node.expression, isDynamic: false }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return { target: node.argument.literal, isDynamic: false }
  if (!ts.isCallExpression(node)) return undefined
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword
  return isImport || isRequire(node.expression) ? { target: node.arguments[0], isDynamic: isImport } : undefined
}

/**
 * Everything a source file names as another module: `import`, `export … from`, `import()`, `require()` and types.
 * Types count like values: a declaration file that names a package is of no use without that package. A file with JSX
 * also imports the JSX runtime, though no line says so.
 *
 * @param {string} path decides the dialect by its ending
 * @param {string} text
 * @returns {Import[]}
 */
export function readImports(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false)
  /** @type {Import[]} */
  const found = /\.tsx$/.test(path) ? [{ specifier: 'preact/jsx-runtime', line: 1, isDynamic: false }] : []
  /** @param {ts.Node} node */
  const visit = (node) => {
    const { target, isDynamic = false } = importOf(node) ?? {}
    if (target !== undefined && ts.isStringLiteralLike(target))
      found.push({
        specifier: target.text,
        line: source.getLineAndCharacterOfPosition(target.end).line + 1,
        isDynamic,
      })
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}
