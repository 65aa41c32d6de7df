import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import type { Stage } from './read-dockerfile.js'

export interface Performance {
  /** Becomes the root of the stage's file system: `/app` of the stage is `app` below it. */
  readonly root: string
  /** What is sent to the builder. */
  readonly context: string
  readonly isIgnored: (path: string) => boolean
  /** Roots of the stages before. */
  readonly stages: ReadonlyMap<string, string>
  /** Of the whole image: number of the user and of the group. */
  readonly user: string
  /** Packages that are installed already, for `npm ci` with those for development. */
  readonly installed?: string
}

const inside = (root: string, path: string, folder: string): string =>
  path.startsWith('/') ? join(root, path) : join(folder, path)

/**
 * Performs the instructions of a stage that make files: WORKDIR, ENV, COPY, RUN. What only describes the image is left to
 * the caller; an instruction that is not known is an error, so that none is passed over.
 *
 * @returns the environment that the stage leaves behind
 */
export function performStage(stage: Stage, { root, context, isIgnored, stages, user, installed }: Performance) {
  const env: Record<string, string> = {}
  let folder = root
  for (const { word, rest } of stage.instructions) {
    if (word === 'WORKDIR') mkdirSync((folder = join(root, rest)), { recursive: true })
    else if (word === 'ENV') env[rest.slice(0, rest.indexOf('='))] = rest.slice(rest.indexOf('=') + 1)
    else if (word === 'COPY') copy(rest)
    else if (word === 'RUN') run(rest.replaceAll(/--mount=\S+ /g, ''))
    else if (!describing.has(word)) throw new Error(`the instruction ${word} is not known here`)
  }
  return { env, folder }

  function copy(rest: string): void {
    const words = rest.split(' ')
    const [, from] = /^--from=(.+)$/.exec(words[0]!) ?? []
    if (from !== undefined) words.shift()
    const to = words.pop()!
    const source = from === undefined ? context : stages.get(from)!
    for (const word of words) {
      const path = join(source, word)
      const isFolder = statSync(path).isDirectory()
      // As a builder does it: of a folder its content, into a folder with a slash at the end the file.
      const target = isFolder ? inside(root, to, folder) : join(inside(root, to, folder), basename(path))
      cpSync(path, target, {
        recursive: true,
        preserveTimestamps: true,
        verbatimSymlinks: true,
        filter: (each) => from !== undefined || !isIgnored(relative(context, each)),
      })
    }
  }

  function run(command: string): void {
    if (installed !== undefined && command === 'npm ci --ignore-scripts') {
      for (const place of placesOfPackages(installed))
        if (existsSync(join(folder, dirname(place)))) symlinkSync(join(installed, place), join(folder, place))
      return
    }
    // Absolute paths of the stage are below its root here; only root may give files away.
    const own = `${process.getuid!()}:${process.getgid!()}`
    const translated = command
      .replaceAll(/(?<= )\/(?=[a-z]+( |$))/g, `${root}/`)
      .replaceAll(user, process.getuid!() === 0 ? user : own)
    // Packages that were installed once lie in npm's cache.
    const tries = command.startsWith('npm ci') ? [{ npm_config_offline: 'true' }, {}] : [{}]
    const failures: string[] = []
    for (const more of tries) {
      const { status, stderr } = spawnSync('sh', ['-c', translated], {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...npmSettings(), ...env, ...more },
      })
      if (status === 0) return
      failures.push(stderr.slice(-2000))
    }
    throw new Error(`RUN ${command}: ${failures.at(-1)}`)
  }
}

const describing = new Set(['USER', 'VOLUME', 'EXPOSE', 'STOPSIGNAL', 'HEALTHCHECK', 'ENTRYPOINT', 'CMD'])

/** Where npm finds packages on this machine, and nothing else that the test command was given. */
const npmSettings = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) =>
      /^npm_config_(registry|cache|userconfig|cafile|.*proxy)$/i.test(name),
    ),
  )

/** Every folder of packages of a workspace, relative to it. */
const placesOfPackages = (workspace: string): readonly string[] =>
  [
    '.',
    ...['libs', 'apps'].flatMap((parent) => readdirSync(join(workspace, parent)).map((each) => `${parent}/${each}`)),
  ]
    .map((folder) => join(folder, 'node_modules'))
    .filter((place) => existsSync(join(workspace, place)))

/** Removes what a stage made, although it may be read alone. */
export function removeStage(root: string): void {
  spawnSync('chmod', ['-R', 'u+w', root])
  if (existsSync(root)) chmodSync(root, 0o700)
  rmSync(root, { recursive: true, force: true })
}
