import { join } from 'node:path'
import ts from 'typescript'
import { PackedPackages, type UnrelatedFolder } from './unrelated-folder.js'

/** The doors that need no framework, and a word of each. */
const doors = {
  '@emrex-gateway/core': 'matchPerson',
  '@emrex-gateway/elmo': 'readElmo',
  '@emrex-gateway/registry': 'createRegistry',
  '@emrex-gateway/ncp': 'createNcp',
  '@emrex-gateway/smp': 'takeAnswer',
  '@emrex-gateway/identity-saml': 'samlIdentityPlugin',
  '@emrex-gateway/sis-rest': 'restSisPlugin',
}
const imports = Object.entries(doors).map(([door, name]) => `import { ${name} } from '${door}'`)
const consumer = `${imports.join('\n')}
export const used = [${Object.values(doors).join(', ')}].map((each) => typeof each)
// A wrong use must be seen: were the types not found, everything would be any.
// @ts-expect-error
export const wrong: number = matchPerson
`
const kinds = [
  { file: 'node16.mts', module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  { file: 'nodenext.cts', module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  { file: 'bundler.ts', module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
] as const

describe('consumers of the packed packages, without a framework beside them', () => {
  let packed: PackedPackages
  let folder: UnrelatedFolder

  beforeAll(async () => {
    const needed = ['@emrex-gateway/identity-saml', '@emrex-gateway/sis-rest', ...Object.keys(doors)]
    packed = await PackedPackages.pack(needed)
    folder = await packed.install([...needed, '@types/node'], {
      ...Object.fromEntries(kinds.map(({ file }) => [file, consumer])),
      'plain.cjs': Object.entries(doors)
        .map(([door, name]) => `console.log(typeof require('${door}').${name})`)
        .join('\n'),
      'plain.mjs': `${imports.join('\n')}\nconsole.log([${Object.values(doors).join(', ')}].map((each) => typeof each).join())`,
    })
  }, 180_000)

  afterAll(async () => {
    await folder.remove()
    packed.remove()
  })

  it('has their types by every way in which TypeScript looks for them, with those of the libraries looked at', () => {
    const sources = new Map<string, ts.SourceFile | undefined>()
    for (const { file, module, moduleResolution } of kinds) {
      const options: ts.CompilerOptions = {
        ...{ module, moduleResolution, target: ts.ScriptTarget.ES2023, lib: ['lib.es2023.d.ts'], strict: true },
        ...{
          skipLibCheck: false,
          noEmit: true,
          types: ['node'],
          typeRoots: [join(folder.path, 'node_modules/@types')],
        },
      }
      const host = ts.createCompilerHost(options)
      const read = host.getSourceFile.bind(host)
      host.getCurrentDirectory = () => folder.path
      host.getSourceFile = (name, how) => {
        const key = `${name} ${typeof how === 'object' ? how.impliedNodeFormat : ''}`
        if (!sources.has(key)) sources.set(key, read(name, how))
        return sources.get(key)
      }
      const program = ts.createProgram([join(folder.path, file)], options, host)
      const told = ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), {
        getCanonicalFileName: (name) => name,
        getCurrentDirectory: () => folder.path,
        getNewLine: () => '\n',
      })
      expect({ file, told }).toEqual({ file, told: '' })
    }
  }, 120_000)

  it('loads by import and by require, without a flag', () => {
    const { status, output } = folder.run(['plain.cjs'])
    const known = output.split('\n').filter((line) => /^(function|object)$/.test(line))
    expect({ status, known: known.length }).toEqual({ status: 0, known: Object.keys(doors).length })
    const imported = folder.run(['plain.mjs'])
    expect(imported.output).toMatch(/^((function|object),?)+\n$/)
    expect(imported.output).not.toContain('undefined')
  })
})
