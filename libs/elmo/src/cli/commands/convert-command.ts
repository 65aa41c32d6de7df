import { resolve } from 'node:path'
import { convertElmo } from '../../convert/convert-elmo.js'
import { conversionLosses, type ConversionLoss } from '../../convert/conversion-loss.js'
import { fromElm } from '../../convert/elm/from-elm.js'
import { toElm } from '../../convert/elm/to-elm.js'
import { readElmo } from '../../document/read-elmo.js'
import { writeElmo } from '../../document/write-elmo.js'
import { ElmoError } from '../../elmo-error.js'
import { releases, type Release } from '../../grammar/releases.js'
import { fromJson, toJson } from '../../json/elmo-json.js'
import type { Elmo } from '../../model.js'
import type { CliArguments } from '../cli-arguments.js'
import type { CliCommand } from '../cli-command.js'
import type { CliOutput } from '../cli-output.js'
import { exitCodes } from '../exit-codes.js'
import { harmlessJson } from '../harmless-json.js'
import { openDocument } from '../open-document.js'
import { readInput } from '../read-input.js'
import { sharedOptions } from '../shared-options.js'
import { tellInvalid } from '../tell-invalid.js'
import { UsageError } from '../usage-error.js'
import { writeResult, writeToFile } from '../write-result.js'

const targets = [...releases, 'elm', 'json'] as const
type Target = (typeof targets)[number]

export const convertCommand: CliCommand = {
  name: 'convert',
  files: '[FILE]',
  summary: 'Make a document of one form one of another, and say what was lost.',
  about: [
    'Between releases of ELMO, plain JSON (json) and credentials of the European Learning Model (elm), in every direction. A document in XML may be packed.',
    'What the target cannot hold, and what had to be added, is listed on standard error; no line quotes a value. The result is not signed: a signature vouches for the bytes it came with. Nothing is written when the result would break its release in another way.',
    'Exit codes: 0 converted, 1 it cannot be, 2 wrong usage or a file that cannot be read or written.',
  ],
  options: {
    to: { value: 'FORM', words: `a release (${releases.join(', ')}), elm or json` },
    from: { value: 'FORM', words: 'elm or json; XML of any release without it' },
    losses: { value: 'FILE', words: 'the losses as JSON; - is standard output, with --output' },
    output: sharedOptions.output,
    progress: sharedOptions.progress,
  },
  run: async (args, output) => {
    const to = args.oneOf('to', targets)
    if (to === undefined) throw new UsageError('--to is missing')
    const [losses, result = '-'] = [args.text('losses'), args.text('output')]
    if (losses === '-' && result === '-')
      throw new UsageError('--losses - needs --output, or two things would be on standard output')
    if (losses !== undefined && resolve(losses) === resolve(result))
      throw new UsageError('--losses and --output name the same file')
    const source = await readSource(args, output)
    const converted = convert(source, to)
    await writeResult(converted.result, args, output)
    await tellLosses(together(source.losses, converted.losses), args, output)
    return exitCodes.ok
  },
}

interface Source {
  readonly elmo: Elmo
  readonly release: Release | null
  /** Of the root; undefined when there is no XML. */
  readonly namespace?: string
  readonly losses: readonly ConversionLoss[]
}

async function readSource(args: CliArguments, output: CliOutput): Promise<Source> {
  const from = args.oneOf('from', ['elm', 'json'])
  if (from === undefined) {
    const read = readElmo(await openDocument(args.file, args, output), { keepSignature: true })
    const { elmo, namespace, releases: valid, release } = read
    tellInvalid(read, 'the source', output)
    return { elmo, namespace, release: valid.length === 0 ? null : release, losses: [] }
  }
  const bytes = await readInput(args.file, args, output)
  const text = decodeUtf8(bytes)
  if (from === 'elm') {
    const { elmo, losses } = fromElm(text)
    return { elmo, losses, release: '2.1.1' }
  }
  const json = parseJson(text)
  const elmo = fromJson(json)
  const { elmo: release, namespace } = json as { elmo: Release | null; namespace: string }
  return { elmo, release, namespace, losses: [] }
}

/** What is in another encoding would come out as other characters, and nobody would know. */
function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ElmoError('ELMO_ENCODING', 'The document is not UTF-8.')
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The message of JSON.parse quotes the text.
    throw new ElmoError('ELMO_INVALID', 'this is no JSON')
  }
}

const asJson = (value: unknown): string => `${harmlessJson(value, 2)}\n`

interface Converted {
  readonly result: string | Uint8Array
  readonly losses: readonly ConversionLoss[]
}

function convert({ elmo, release, namespace }: Source, to: Target): Converted {
  if (to === 'json') {
    const head = { release, ...(namespace !== undefined && { namespace }) }
    return { result: asJson(toJson(elmo, head)), losses: [] }
  }
  if (to === 'elm') {
    const { credentials, losses } = toElm(elmo)
    return { result: asJson({ credentials }), losses }
  }
  const converted = convertElmo(elmo, to)
  return { result: writeElmo(converted.elmo, { release: to }), losses: converted.losses }
}

/**
 * The losses of two steps as those of one: what the first added to the document between them and the second dropped, or
 * moved something else to, was never in the source and is not in the result.
 */
function together(first: readonly ConversionLoss[], second: readonly ConversionLoss[]): ConversionLoss[] {
  const added = new Set(first.filter(({ what }) => what === 'added').map(({ path }) => path))
  const gone = new Set(second.flatMap(({ what, path, kept }) => (what === 'dropped' ? path : (kept ?? []))))
  return [
    ...first.filter(({ what, path }) => what !== 'added' || !gone.has(path)),
    ...second.filter(({ what, path }) => what !== 'dropped' || !added.has(path)),
  ]
}

/** How many losses a person is shown. */
const most = 20

async function tellLosses(losses: readonly ConversionLoss[], args: CliArguments, output: CliOutput): Promise<void> {
  const file = args.text('losses')
  if (file === '-') return output.raw(asJson(losses))
  if (file !== undefined) return writeToFile(file, asJson(losses))
  if (losses.length === 0) return
  output.tell(losses.length === 1 ? 'one thing is not as it was:' : `${losses.length} things are not as they were:`)
  for (const { code, what, path, kept } of losses.slice(0, most)) {
    const place = kept === undefined ? path : `${path} → ${kept}`
    output.tellMore(`  ${what} ${place}: ${conversionLosses[code][1]} (${code})`)
  }
  if (losses.length > most) output.tellMore(`  and ${losses.length - most} more; --losses FILE has all of them`)
}
