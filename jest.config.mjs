import { fileURLToPath } from 'node:url'

// One configuration for every project: `jest --config jest.config.mjs --rootDir libs/NAME` (nx calls it so).
const swc = (tsx) => [
  '@swc/jest',
  {
    swcrc: false,
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', tsx, decorators: true },
      transform: {
        legacyDecorator: true,
        decoratorMetadata: true,
        react: { runtime: 'automatic', importSource: 'preact' },
      },
      keepClassNames: true,
    },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  },
]

export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.ts$': swc(false), '^.+\\.tsx$': swc(true) },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // Tests run from the sources: no build is needed, and none can be stale.
  testEnvironmentOptions: { customExportConditions: ['@emrex-gateway/source', 'node', 'node-addons'] },
  // libs/testing/src/kept-keys.ts
  globals: { keptKeysFolder: fileURLToPath(new URL('tmp/kept-keys', import.meta.url)) },
  testMatch: ['**/*.spec.ts', '**/*.spec.tsx'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  coverageProvider: 'v8',
  workerIdleMemoryLimit: '512MB',
  maxWorkers: 2,
  // Nothing is timed by it: it ends what hangs, on a machine that is busy too.
  testTimeout: 30_000,
}
