import nx from '@nx/eslint-plugin'
import tseslint from 'typescript-eslint'
import { isDevelopmentFile, layersFor, mayImport, webFrameworks } from './tools/check-layers/layers.mjs'

const developmentFiles = ['**/*.spec.ts', '**/*.spec.tsx', '**/test/**', 'libs/*/tools/**', 'tools/**']
/** Files without types, where every value of a library is `any`. */
const untypedFiles = ['**/*.mjs']

const layerRule = (path) => [
  'error',
  {
    // A test goes in by the door that its package's users take.
    allowCircularSelfDependency: isDevelopmentFile(path),
    // Plugins are loaded late at a start; a command, which is loaded late itself, may import one, and so may a test.
    checkDynamicDependenciesExceptions: ['@emrex-gateway/(sis|identity)-.*'],
    // Specs of these use what is built on them; nx sees a circle of projects where no module makes one.
    ignoredCircularDependencies: [
      ['@emrex-gateway/testing', '@emrex-gateway/core'],
      ['@emrex-gateway/testing', '@emrex-gateway/elmo'],
      ['@emrex-gateway/town', '@emrex-gateway/gateway'],
    ],
    depConstraints: Object.keys(mayImport).map((layer) => ({
      sourceTag: `layer:${layer}`,
      onlyDependOnLibsWithTags: layersFor(layer, path).map((allowed) => `layer:${allowed}`),
    })),
  },
]

/** Only rules that find mistakes; how code looks is prettier's business. */
export default tseslint.config(
  { ignores: ['**/node_modules/**', '**/dist/**', 'tmp/**', '.nx/**', '**/data/**', '**/testdata/**'] },
  {
    files: ['**/*.{ts,tsx,mjs}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { project: './tsconfig.eslint.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['warn', { max: 400 }],
      'array-callback-return': 'error',
      'no-constant-binary-expression': 'error',
      'no-constructor-return': 'error',
      'no-self-compare': 'error',
      'no-template-curly-in-string': 'error',
      'no-unmodified-loop-condition': 'error',
      'no-unreachable-loop': 'error',
      'no-useless-backreference': 'error',
      eqeqeq: 'error',
      'use-isnan': 'error',
      'valid-typeof': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      // `async` is a promise of its own: a port's method stays asynchronous though one implementation need not wait.
      '@typescript-eslint/require-await': 'off',
      '@nx/enforce-module-boundaries': layerRule('src/index.ts'),
    },
  },
  {
    files: ['libs/**/*.{ts,tsx}'],
    ignores: ['libs/web/**', 'libs/*/src/nest/**', 'libs/*/test/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: webFrameworks, message: 'Only in apps, libs/web and the nest folder of a role.' }] },
      ],
    },
  },
  { files: developmentFiles, rules: { '@nx/enforce-module-boundaries': layerRule('test/any.ts') } },
  {
    files: [...developmentFiles, ...untypedFiles, 'libs/testing/**'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
)
