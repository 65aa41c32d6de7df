import { existsSync } from 'node:fs'
import { join, sep } from 'node:path'
import ts from 'typescript'
import { manifestOf } from './find-installed.mjs'

/** @typedef {{ name: string, door: string, file: string, folder: string }} Door */

/**
 * The public types of packages as text, in the words of their declarations: per door every export, and below what of the
 * package an export speaks of without exporting it. No comments, no private members, sorted by name: it changes only when a
 * type changes. The packages must be built.
 *
 * @param {string} root of the workspace
 * @param {readonly { readonly name: string, readonly folder: string }[]} packages
 * @returns {Map<string, string>} by the name of the package
 */
export function publicTypes(root, packages) {
  const doors = packages.flatMap((one) => doorsOf(root, one))
  const program = ts.createProgram({
    rootNames: doors.map(({ file }) => file),
    options: {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      // Nothing is checked here: names are followed to their declarations.
      noLib: true,
      types: [],
      experimentalDecorators: true,
    },
  })
  const checker = program.getTypeChecker()
  return new Map(
    packages.map(({ name }) => {
      const own = doors.filter((door) => door.name === name)
      return [name, own.length === 0 ? '' : textOf(own, program, checker)]
    }),
  )
}

/** @type {(root: string, one: { readonly name: string, readonly folder: string }) => Door[]} */
function doorsOf(root, { name, folder }) {
  const exported = Object.entries(manifestOf(join(root, folder))['exports'] ?? {})
  return exported.flatMap(([door, target]) => {
    const types = typeof target === 'string' ? undefined : target.types
    if (types === undefined) return []
    const file = join(root, folder, types)
    if (!existsSync(file)) throw new Error(`${name}: ${types} does not exist; build first`)
    return [{ name, door: name + door.slice(1), file, folder: join(root, folder) + sep }]
  })
}

/** @type {(doors: readonly Door[], program: ts.Program, checker: ts.TypeChecker) => string} */
function textOf(doors, program, checker) {
  const folder = doors[0]?.folder ?? ''
  /** @type {Set<ts.Symbol>} */
  const told = new Set()
  const parts = doors.map(({ door, file }) => {
    const source = program.getSourceFile(file)
    const module = source && checker.getSymbolAtLocation(source)
    // A file that only runs exports nothing.
    const exports = module === undefined ? [] : checker.getExportsOfModule(module)
    const lines = exports
      .map((symbol) => ({ name: symbol.name, target: targetOf(symbol, checker) }))
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .map(({ name, target }) => {
        const own = (target.declarations ?? []).filter((node) => isIn(node, folder))
        if (own.length === 0) return `${name}: from elsewhere`
        if (told.has(target)) return `${name}: as above`
        told.add(target)
        return (target.name === name ? '' : `${name} = `) + own.map(print).join('\n')
      })
    return [`# ${door}`, ...lines].join('\n')
  })
  const hidden = spokenOf(told, folder, checker)
  const more = hidden.length === 0 ? [] : [['# not exported', ...hidden].join('\n')]
  return [...parts, ...more].join('\n\n') + '\n'
}

/** @type {(symbol: ts.Symbol, checker: ts.TypeChecker) => ts.Symbol} */
const targetOf = (symbol, checker) =>
  (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol

/** @type {(node: ts.Node, folder: string) => boolean} */
const isIn = (node, folder) => join(node.getSourceFile().fileName).startsWith(folder)

/**
 * Declarations of the package that exported ones speak of, and those that they speak of.
 *
 * @type {(told: Set<ts.Symbol>, folder: string, checker: ts.TypeChecker) => string[]}
 */
function spokenOf(told, folder, checker) {
  const hidden = new Map()
  const look = (/** @type {ts.Node} */ node) => {
    if (ts.isIdentifier(node)) {
      const found = checker.getSymbolAtLocation(node)
      const symbol = found && targetOf(found, checker)
      const declarations = (symbol?.declarations ?? []).filter(
        (one) => isIn(one, folder) && (ts.isSourceFile(one.parent) || ts.isVariableDeclaration(one)),
      )
      if (symbol !== undefined && declarations.length > 0 && !told.has(symbol)) {
        told.add(symbol)
        hidden.set(symbol, declarations.map(print).join('\n'))
        declarations.forEach(look)
      }
    }
    node.forEachChild(look)
  }
  for (const symbol of [...told])
    for (const node of symbol.declarations ?? []) if (isIn(node, folder)) node.forEachChild(look)
  return [...hidden.values()].sort()
}

const printer = ts.createPrinter({ removeComments: true })

/**
 * Alternatives, and the values of an enumeration, sorted by their text: the compiler writes them in the order in which it
 * happened to meet them, which differs between a build from nothing and one that goes on.
 *
 * @type {ts.TransformerFactory<ts.Node>}
 */
const sortAlternatives = (context) => {
  /** @type {(node: ts.Node) => ts.Node} */
  const visit = (node) => {
    const visited = ts.visitEachChild(node, visit, context)
    const text = (/** @type {ts.Node} */ each) =>
      printer.printNode(ts.EmitHint.Unspecified, each, ts.getOriginalNode(node).getSourceFile())
    const sorted = (/** @type {readonly any[]} */ parts) =>
      ts.factory.createNodeArray([...parts].sort((one, other) => (text(one) < text(other) ? -1 : 1)))
    if (ts.isUnionTypeNode(visited)) return ts.factory.updateUnionTypeNode(visited, sorted(visited.types))
    if (isEnumeration(visited)) return ts.factory.updateTypeLiteralNode(visited, sorted(visited.members))
    return visited
  }
  return visit
}

/** An object type of nothing but literals, as zod writes an enumeration. @type {(node: ts.Node) => node is ts.TypeLiteralNode} */
const isEnumeration = (node) =>
  ts.isTypeLiteralNode(node) &&
  node.members.every(
    (member) => ts.isPropertySignature(member) && member.type !== undefined && ts.isLiteralTypeNode(member.type),
  )

/** @type {(node: ts.Node) => string} */
function print(node) {
  const whole = ts.isVariableDeclaration(node) ? node.parent.parent : node
  const [sorted = whole] = ts.transform(/** @type {ts.Node} */ (whole), [sortAlternatives]).transformed
  return printer
    .printNode(ts.EmitHint.Unspecified, sorted, node.getSourceFile())
    .split('\n')
    .filter((line) => !/^\s+(private .*|#private);$/.test(line))
    .map((line) => line.replace(/^ +/, (indent) => ' '.repeat(indent.length / 4)))
    .join('\n')
    .replace(/^(export )?(default )?(declare )?/, '')
    .replace(/;$/, '')
}
