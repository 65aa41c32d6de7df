/**
 * The dependency rule as data: which layers a project's sources may import, by the tag `layer:…` in its package.json.
 * `eslint.config.mjs` reads the same table, so the two checks differ in how they look, never in what they demand.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const mayImport = {
  format: [],
  core: ['format'],
  driver: [],
  service: ['driver', 'core', 'format'],
  role: ['service', 'core', 'format'],
  plugin: ['service', 'driver', 'core', 'format'],
  app: ['role', 'plugin', 'service', 'driver', 'core', 'format'],
  testing: ['core', 'format'],
  tool: ['tool', 'testing', 'app', 'role', 'plugin', 'service', 'driver', 'core', 'format'],
}

/**
 * What a file is for: `*.spec.ts`, `test/` and `tools/` are development files, all else is shipped.
 *
 * @param {string} path relative to the project, with `/`
 */
export const isDevelopmentFile = (path) => /\.spec\.tsx?$|^(test|tools)\//.test(path)

/**
 * Layers that a file of a project may import. Only development files reach the testing layer, and those of the
 * application the tools: its whole transfers are tested in the town.
 *
 * @param {string} layer
 * @param {string} path relative to the project
 * @returns {readonly string[]}
 */
export const layersFor = (layer, path) => {
  const development = layer === 'app' ? ['testing', 'tool'] : ['testing']
  return [...(mayImport[layer] ?? []), ...(isDevelopmentFile(path) ? development : [])]
}

/** The packages that shape a program around themselves; `no-restricted-imports` takes these patterns too. */
const frameworks = ['@nestjs/*', 'express', 'rxjs']
const pageLibraries = ['preact', 'preact/*', 'preact-render-to-string']
export const webFrameworks = [...frameworks, ...pageLibraries]

const isOneOf = (/** @type {readonly string[]} */ patterns) => (/** @type {string} */ name) =>
  patterns.some((pattern) => (pattern.endsWith('/*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern))

/**
 * Third-party packages that are kept in few places, so that an embedder is not forced to have them.
 *
 * @typedef {{ name: string, layer: string, path: string }} Place a file: its project, its layer, its path in the project
 * @type {readonly { what: string, holds(packageName: string): boolean, allows(place: Place): boolean }[]}
 */
export const kept = [
  {
    what: 'web framework',
    holds: isOneOf(frameworks),
    allows: ({ name, layer, path }) =>
      layer === 'app' ||
      (name === '@emrex-gateway/web' && path !== 'src/index.ts') ||
      (layer === 'role' && /^(src\/nest|test)\//.test(path)),
  },
  {
    what: 'page library',
    holds: isOneOf(pageLibraries),
    allows: ({ name, layer, path }) =>
      layer === 'app' || name === '@emrex-gateway/web' || (layer === 'role' && /^(src\/(nest|http)|test)\//.test(path)),
  },
  {
    what: 'query builder',
    holds: (packageName) => packageName === 'knex',
    allows: ({ name, layer }) =>
      ['app', 'driver', 'tool'].includes(layer) || ['@emrex-gateway/store', '@emrex-gateway/sis-sql'].includes(name),
  },
]
