import { parse, stringify } from 'yaml'

/** The parts of the settings that tests of logins change. */
export interface TownSettingsFile {
  readonly logins: { id: string; plugin: string; settings: Record<string, unknown> }[]
  readonly smp: Entry[]
  readonly ncp: Entry[]
  mail?: unknown
}
interface Entry {
  readonly id: string
  readonly publicUrl: string
  logins: string[]
  staffLogin?: string
  minimumLoa?: string
}

/** For `rewriteSettings`: changes the settings of the town as an object. */
export const rewriteTown =
  (...changes: readonly ((settings: TownSettingsFile) => void)[]) =>
  (yaml: string): string => {
    const settings = parse(yaml) as TownSettingsFile
    for (const change of changes) change(settings)
    return stringify(settings)
  }

export const entriesOf = ({ smp, ncp }: TownSettingsFile): readonly Entry[] => [...smp, ...ncp]

/** Every entry demands the level that the logins of the town reach on a good day. */
export const demandSubstantial = (settings: TownSettingsFile): void => {
  for (const entry of entriesOf(settings)) entry.minimumLoa = 'substantial'
}
