import type { MakeTranscript } from '@emrex-gateway/core'
import { readSeal, transcriptMaker, type FontFile, type Seal } from '@emrex-gateway/transcript'
import type { Settings } from '../settings/settings-schema.js'
import type { SettingsFiles } from './settings-files.js'

type SealFiles = Settings['ncp'][number]['transcript']['seal']

/** Who makes the transcripts of each entry, in their order; undefined for one that has none. Problems are kept with the others. */
export function makeTranscripts(settings: Settings, files: SettingsFiles) {
  const fonts = settings.transcript.fonts.map((font): FontFile =>
    typeof font === 'string' ? files.resolve(font) : { ...font, path: files.resolve(font.path) },
  )
  fonts.forEach((font, index) => attempt(`transcript.fonts.${index}`, files, () => transcriptMaker({ fonts: [font] })))
  const fontsOpen = !files.isBad('transcript.fonts')
  const maker = (wanted: boolean, path: string, sealFiles: SealFiles): MakeTranscript | undefined => {
    const seal = sealFiles && sealOf(`${path}.transcript.seal`, sealFiles, files)
    if (!wanted || !fontsOpen) return undefined
    return transcriptMaker({ fonts, ...(seal === undefined ? {} : { seal }) })
  }
  return {
    ncp: settings.ncp.map(({ transcript: { attach, seal } }, index) => maker(attach, `ncp.${index}`, seal)),
    smp: settings.smp.map(({ transcript: { offer, seal } }, index) => maker(offer, `smp.${index}`, seal)),
  }
}

function sealOf(path: string, { keyFile, certificateFile }: NonNullable<SealFiles>, files: SettingsFiles) {
  const privateKey = files.text(`${path}.keyFile`, keyFile)
  const certificate = files.text(`${path}.certificateFile`, certificateFile)
  return files.isBad(path) ? undefined : attempt<Seal>(path, files, () => readSeal({ privateKey, certificate }))
}

/** What goes wrong here is a mistake in the settings. */
function attempt<Result>(path: string, files: SettingsFiles, act: () => Result): Result | undefined {
  try {
    return act()
  } catch (error) {
    files.problem(path, (error as Error).message)
    return undefined
  }
}
