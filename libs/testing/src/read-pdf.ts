import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const most = 256 * 1024 * 1024

/** What poppler, which is not ours, makes of a PDF. */
export class ReadPdf {
  readonly #pdf: Uint8Array
  #text: string | undefined
  #structure: readonly string[] | undefined

  constructor(pdf: Uint8Array) {
    this.#pdf = pdf
  }

  /** The text of the pages in the order in which it was written, each line end as a space. */
  get text(): string {
    this.#text ??= this.#ask('pdftotext', '-raw', 'in.pdf', '-').replace(/\s+/g, ' ')
    return this.#text
  }

  /** The text in the order in which a person reads it, also from right to left; without marks of direction. */
  get readable(): string {
    return this.#ask('pdftotext', 'in.pdf', '-')
      .replace(/[\u200e\u200f\u202a-\u202e]/g, '')
      .replace(/\s+/g, ' ')
      .normalize('NFKC')
  }

  /** Title and number of pages. */
  get info(): string {
    return this.#ask('pdfinfo', 'in.pdf')
  }

  get fonts(): string {
    return this.#ask('pdffonts', 'in.pdf')
  }

  /** The structure tree with its text, one element or text a line. */
  get structure(): readonly string[] {
    this.#structure ??= this.#ask('pdfinfo', '-struct-text', 'in.pdf')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
    return this.#structure
  }

  /** Languages that stand in the dictionaries of the file, the first for the document. They are written uncompressed. */
  get languages(): readonly string[] {
    return [...this.raw.matchAll(/\/Lang \(([^)]*)\)/g)].map(([, tag = '']) => tag)
  }

  /** The whole file as Latin-1, to look for what is written uncompressed. */
  get raw(): string {
    return Buffer.from(this.#pdf).toString('latin1')
  }

  get attached(): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
    return this.#inFolder((folder) => {
      run(folder, 'pdfdetach', '-saveall', 'in.pdf')
      const names = readdirSync(folder).filter((name) => name !== 'in.pdf')
      return names.map((name) => ({ name, bytes: readFileSync(join(folder, name)) }))
    })
  }

  /** What zbar reads from the squares on the last page. */
  get codes(): readonly string[] {
    return this.#inFolder((folder) => {
      const last = /Pages: +(\d+)/.exec(run(folder, 'pdfinfo', 'in.pdf'))?.[1] ?? ''
      run(folder, 'pdftoppm', '-r', '110', '-f', last, '-singlefile', '-png', 'in.pdf', 'last')
      return run(folder, 'zbarimg', '--nodbus', '-q', '--raw', 'last.png').split('\n').filter(Boolean)
    })
  }

  /** What is said of its seals, without asking whether anybody vouches for the certificates. */
  get seals(): string {
    return this.#ask('pdfsig', '-nocert', 'in.pdf')
  }

  #ask(program: string, ...parameters: readonly string[]): string {
    return this.#inFolder((folder) => run(folder, program, ...parameters))
  }

  #inFolder<T>(action: (folder: string) => T): T {
    const folder = mkdtempSync(join(tmpdir(), 'transcript-'))
    try {
      writeFileSync(join(folder, 'in.pdf'), this.#pdf)
      return action(folder)
    } finally {
      rmSync(folder, { recursive: true })
    }
  }
}

/** @throws {Error} the program is missing, or complains of anything */
function run(cwd: string, program: string, ...parameters: readonly string[]): string {
  const { stdout, stderr, error } = spawnSync(program, parameters, {
    cwd,
    encoding: 'utf8',
    maxBuffer: most,
    timeout: 60_000,
  })
  if (error !== undefined) throw error
  if (stderr !== '') throw new Error(`${program} complains: ${stderr.slice(0, 500)}`)
  return stdout
}
