import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { defaultElmLimits, defaultLimits } from '../src/index.js'

const door = fileURLToPath(new URL('../src/index.ts', import.meta.url))
const program = ts.createProgram([door], {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  strict: true,
})
const checker = program.getTypeChecker()

/** What a user of the package meets by name. */
interface PublicName {
  readonly name: string
  /** A function, a class, a constant; the others are types. */
  readonly isValue: boolean
  readonly isFunction: boolean
  /** The docstring with its tags. */
  readonly words: string
  readonly throws: readonly string[]
}

const resolved = (symbol: ts.Symbol): ts.Symbol =>
  (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol)

const exports = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(door)!)!)

const isValueOf = ({ flags }: ts.Symbol): boolean => (flags & ts.SymbolFlags.Value) !== 0

function publicNames(): PublicName[] {
  return exports.map((exported) => {
    const symbol = resolved(exported)
    const declaration = symbol.valueDeclaration
    const isFunction =
      declaration !== undefined && checker.getTypeOfSymbolAtLocation(symbol, declaration).getCallSignatures().length > 0
    const throws = symbol
      .getJsDocTags(checker)
      .filter((tag) => tag.name === 'throws')
      .map((tag) => ts.displayPartsToString(tag.text))
    const words = [ts.displayPartsToString(symbol.getDocumentationComment(checker)), ...throws].join('\n')
    return { name: exported.name, isValue: isValueOf(symbol), isFunction, words, throws }
  })
}

/** Every outcome of these is a value. What they are given must have the shape of its type; that alone may break them. */
const neverThrow = new Set([
  'attachmentIds',
  'trimAttachmentRefs',
  ...[
    'birthDateOf',
    'checkElm',
    'completenessOf',
    'contextOfParts',
    'courseCode',
    'courseKey',
    'creditSum',
    'creditSums',
  ],
  ...['elmoXsd', 'elmoXsdFiles', 'explainResults', 'firstText', 'lintElmo', 'listResults', 'packElmo', 'packElmoAsync'],
  ...['pickText', 'resultDate', 'resultLevel', 'resultStatus', 'validateElmo', 'verifyElmo', 'verifyElmoInSlices'],
])

/** What these do is laid down nowhere but here. */
const ofOurOwn = new Set(['checkSigningKey', 'explainResults', 'fromJson', 'toJson', 'resolveChoice', 'selectResults'])

const names = publicNames()
const functions = names.filter(({ isFunction }) => isFunction)
const codes = new Set(
  exports
    .filter(({ name }) => name === 'ElmoErrorCode')
    .flatMap((symbol) => {
      const type = checker.getDeclaredTypeOfSymbol(resolved(symbol))
      return type.isUnion() ? type.types.map((each) => (each as ts.StringLiteralType).value) : []
    }),
)

describe('every public function, class and constant', () => {
  it('has a docstring', () => {
    expect(functions.length).toBeGreaterThan(30)
    expect(names.filter(({ isValue, words }) => isValue && words.trim().length < 20).map(({ name }) => name)).toEqual(
      [],
    )
  })
})

describe('every public function', () => {
  it('says where what it does is laid down', () => {
    const silent = functions.filter(({ name, words }) => !/^Spec: /m.test(words) && !ofOurOwn.has(name))
    expect(silent.map(({ name }) => name)).toEqual([])
    expect([...ofOurOwn].filter((name) => !functions.some((each) => each.name === name))).toEqual([])
  })

  it('names the codes that it throws, or never throws', () => {
    const silent = functions.filter(({ name, throws }) => throws.length === 0 && !neverThrow.has(name))
    expect(silent.map(({ name }) => name)).toEqual([])
    const both = functions.filter(({ name, throws }) => throws.length > 0 && neverThrow.has(name))
    expect(both.map(({ name }) => name)).toEqual([])
    expect([...neverThrow].filter((name) => !functions.some((each) => each.name === name))).toEqual([])
  })

  it('throws ElmoError with codes that exist', () => {
    expect(codes.size).toBe(17)
    for (const { name, throws } of functions) {
      for (const words of throws) {
        expect([name, words]).toEqual([name, expect.stringMatching(/ELMO_|as `?\w+|those of `?\w+/)])
        const unknown = (words.match(/ELMO_[A-Z_]+/g) ?? []).filter((code) => !codes.has(code))
        expect([name, unknown]).toEqual([name, []])
        for (const [, other = ''] of words.matchAll(/\b(?:as|those of|codes of) `?([a-z]+[A-Z]\w*)`?/g)) {
          expect([name, other, functions.some((each) => each.name === other)]).toEqual([name, other, true])
        }
      }
    }
  })
})

describe('the docstrings of limits', () => {
  it('say the numbers with their units', () => {
    const { maxBytes, maxDepth, maxAttributes, maxNodes, maxRatio, ratioFreeBytes } = defaultLimits
    const MiB = 2 ** 20
    const nodes = maxNodes.toLocaleString('en')
    const wordsOf = (name: string) => names.find((each) => each.name === name)?.words.replace(/\s+/g, ' ')
    const reading = [`${maxBytes / MiB} MiB`, `${maxDepth} elements deep`, `${maxAttributes} attributes for an element`]
    const opening = [`${maxBytes / MiB} MiB`, `from ${ratioFreeBytes / MiB} MiB on ${maxRatio} times the packed size`]
    const expected = {
      defaultLimits: [...reading, ...opening, `${nodes} nodes`],
      parseXml: [...reading, `${nodes} nodes`],
      unpackElmo: opening,
      defaultElmLimits: [
        `${defaultElmLimits.maxBytes / MiB} Mi characters`,
        `${defaultElmLimits.maxDepth} objects`,
        `${defaultElmLimits.maxNodes.toLocaleString('en')} parts`,
      ],
    }
    for (const [name, words] of Object.entries(expected)) {
      for (const each of words) expect([name, wordsOf(name)]).toEqual([name, expect.stringContaining(each)])
    }
  })
})
