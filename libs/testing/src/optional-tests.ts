import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync } from 'node:fs'
import { findDatabaseProgram } from './databases/database-program.js'
import { findCjkFont } from './find-cjk-font.js'
import { findSimpleSamlPhp } from './stand-ins/saml/find-simple-saml-php.js'
import { findShared } from './shared-folder.js'

/** Second implementations that tests compare ours with, and the Debian package that brings each. */
const debianPackages = {
  xmlsec1: 'xmlsec1',
  xmllint: 'libxml2-utils',
  chromium: 'chromium',
  gzip: 'gzip',
  java: 'default-jdk-headless',
  openssl: 'openssl',
  python3: 'python3',
  'python3-cryptography': 'python3-cryptography',
  'opensaml-schemas': 'opensaml-schemas',
  postgresql: 'postgresql',
  mariadb: 'mariadb-server',
  pdftotext: 'poppler-utils',
  zbarimg: 'zbar-tools',
  'cjk-font': 'fonts-wqy-microhei',
  helm: 'helm (Debian has none: a release of its makers)',
  simplesamlphp: 'php-cli (and run .ci/run once, which unpacks simplesamlphp)',
} as const
/** Too big to be asked of every machine, or no package of Debian: skipped with a line also with `CI=true`. */
const neverRequired: ReadonlySet<string> = new Set(['java', 'helm'])
export type SecondImplementation = keyof typeof debianPackages

type Describe = (name: string, body: () => void) => void
interface Describes extends Describe {
  skip: Describe
}

const runs = (command: string, ...parameters: readonly string[]) =>
  spawnSync(command, parameters, { stdio: 'ignore', timeout: 30_000, env: process.env })

/** The Python that knows the package: Debian's may stand behind another on the path. */
export const pythonWithCryptography = (): string | undefined =>
  ['python3', '/usr/bin/python3'].find((python) => runs(python, '-c', 'import cryptography').status === 0)

/** How to see that it is there, where that is not `NAME --version`. */
const probes: Partial<Record<SecondImplementation, () => boolean>> = {
  openssl: () => runs('openssl', 'version').status === 0,
  'python3-cryptography': () => pythonWithCryptography() !== undefined,
  'opensaml-schemas': () => existsSync('/usr/share/xml/opensaml/saml-schema-protocol-2.0.xsd'),
  postgresql: () => ['initdb', 'postgres'].every((name) => findDatabaseProgram(name) !== undefined),
  mariadb: () => ['mariadb-install-db', 'mariadbd'].every((name) => findDatabaseProgram(name) !== undefined),
  'cjk-font': () => findCjkFont() !== undefined,
  simplesamlphp: () =>
    findSimpleSamlPhp() !== undefined &&
    runs('php', '-r', "exit(extension_loaded('dom') && extension_loaded('mbstring') ? 0 : 1);").status === 0,
}

const isInstalled = (program: SecondImplementation): boolean =>
  probes[program]?.() ?? runs(program, '--version').error === undefined

function say(line: string): void {
  process.stdout.write(`${line}\n`)
  // The test command collects these lines and repeats them at its end.
  const file = process.env['EMREX_SKIP_LOG']
  if (file !== undefined) appendFileSync(file, `${line}\n`)
}

/**
 * Whether to run what needs the program. With `CI=true` a missing program is not skipped: the tests run and fail. Java
 * and Helm alone may be missing there too. Elsewhere a line says what to install.
 */
export function runsWith(program: SecondImplementation, name: string): boolean {
  const isRequired = process.env['CI'] === 'true' && !neverRequired.has(program)
  if (isRequired || isInstalled(program)) return true
  say(`skipped: "${name}" needs ${program}; install Debian's package ${debianPackages[program]}`)
  return false
}

/** The folder of shared test data; where it is absent a line says so, also with `CI=true`. */
export function sharedFor(name: string): string | undefined {
  const folder = findShared()
  if (folder === undefined) say(`skipped: "${name}" needs the shared test data beside the project (or EMREX_SHARED)`)
  return folder
}

/** `describe`, skipped with a line where `runsWith` says so. */
export function describeWith(describe: Describes, program: SecondImplementation, name: string, body: () => void): void {
  if (runsWith(program, name)) return describe(name, body)
  describe.skip(name, body)
}

/** `describe`, skipped with a line where the shared test data is absent, also with `CI=true`. */
export function describeWithShared(describe: Describes, name: string, body: (folder: string) => void): void {
  const folder = sharedFor(name)
  if (folder !== undefined) return describe(name, () => body(folder))
  describe.skip(name, () => body('absent'))
}
