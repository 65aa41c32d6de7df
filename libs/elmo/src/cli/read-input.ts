import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { ElmoError } from '../elmo-error.js'
import { defaultLimits } from '../limits.js'
import type { CliArguments } from './cli-arguments.js'
import type { CliOutput } from './cli-output.js'
import { ReadProgress } from './read-progress.js'
import { fileError } from './usage-error.js'

/** As much as `unpackElmo` looks at: base64 is a third longer than what it holds. */
const maxBytes = 2 * defaultLimits.maxBytes

/**
 * A file, or standard input for `-`; says on standard error how far it is with a large one.
 * @throws {UsageError} when it cannot be read
 * @throws {ElmoError} ELMO_TOO_LARGE past 128 MiB, before more is read
 */
export async function readInput(file: string, args: CliArguments, output: CliOutput): Promise<Uint8Array> {
  const { stdin, stderr } = output.io
  const isWanted = args.flag('progress') || stderr.isTTY === true
  if (file === '-' && stdin.isTTY) output.tell('reading from standard input')
  try {
    const size = file === '-' ? undefined : (await stat(file)).size
    const progress = new ReadProgress(stderr, isWanted, file, size === 0 ? undefined : size)
    return await collect(file === '-' ? stdin : createReadStream(file, { highWaterMark: 1 << 20 }), progress)
  } catch (error) {
    if (error instanceof ElmoError) throw error
    throw fileError('read', file === '-' ? 'standard input' : file, error)
  }
}

async function collect(source: AsyncIterable<Uint8Array | string>, progress: ReadProgress): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of source) {
    chunks.push(Buffer.from(chunk as Uint8Array))
    length += chunk.length
    if (length > maxBytes) throw new ElmoError('ELMO_TOO_LARGE', `The file is larger than ${maxBytes} bytes.`)
    progress.read(length)
  }
  progress.ended(length)
  return Buffer.concat(chunks)
}

/**
 * A small text beside the document: a key, a certificate.
 * @throws {UsageError} when it cannot be read
 */
export async function readTextFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw fileError('read', file, error)
  }
}
