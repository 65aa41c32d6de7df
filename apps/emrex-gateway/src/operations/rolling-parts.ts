import { certificateEnd, EmrexError } from '@emrex-gateway/core'
import type { SigningKey } from '@emrex-gateway/elmo'
import type { OpenedStore, SealKeys } from '@emrex-gateway/store'
import type { OpenedPlugins } from '../serve/open-plugins.js'
import { loadSettings, type LoadedSettings } from '../settings/load-settings.js'
import type { SigningSettings } from '../settings/settings-schema.js'
import type { RollingPart } from './key-rollover.js'

/** Reads files that the settings name, and keeps what is wrong with them. */
export interface KeyReader {
  readonly problems: readonly { readonly path: string; readonly message: string }[]
  text(path: string, file: string): string
  seal(): SealKeys
  signing(path: string, files: SigningSettings): SigningKey
}

export interface RollingSource {
  readonly loaded: LoadedSettings
  readonly reader: (loaded: LoadedSettings) => KeyReader
  /** The keys in use, in the order of the entries; replaced in place. */
  readonly signing: { readonly ncp: SigningKey[]; readonly smp: (SigningKey | undefined)[] }
  /** The same of the mail server. */
  readonly mail: { password: string }
  readonly store: Pick<OpenedStore, 'replaceSealKeys'>
  readonly reopening: OpenedPlugins['reopening']
}

/** Everything that is read from files and can be read anew while the gateway runs. */
export function rollingParts({
  loaded,
  reader,
  signing: inUse,
  mail,
  store,
  reopening,
}: RollingSource): readonly RollingPart[] {
  let fresh = loaded
  const read = async (work: (files: KeyReader) => void | Promise<void>) => {
    const files = reader(fresh)
    await work(files)
    const [problem] = files.problems
    if (problem !== undefined) throw new EmrexError('INTERNAL', problem.message)
  }

  // Of changed settings only the names of these files are taken; anything else waits for a restart.
  const settings: RollingPart = {
    what: 'settings',
    files: () => [loaded.file],
    apply: async () => {
      try {
        fresh = loadSettings(loaded.file)
      } catch (cause) {
        throw new EmrexError('INTERNAL', 'they cannot be used; `emrex config check` says why', { cause })
      }
    },
  }
  const seal: RollingPart = {
    what: 'seal',
    files: () =>
      [fresh.settings.seal.keyFile, ...fresh.settings.seal.previousKeyFiles].map((file) => fresh.resolvePath(file)),
    apply: () =>
      read(async (files) => {
        const keys = files.seal()
        if (files.problems.length === 0) await store.replaceSealKeys(keys)
      }),
  }
  const rollingMail = (passwordFile: string): RollingPart => {
    let last = passwordFile
    const named = () => (last = fresh.settings.mail?.passwordFile ?? last)
    return {
      what: 'mail',
      files: () => [fresh.resolvePath(named())],
      apply: () =>
        read((files) => {
          const password = files.text('mail.passwordFile', named()).trim()
          if (files.problems.length === 0) mail.password = password
        }),
    }
  }
  const rollingKey = (role: 'ncp' | 'smp', id: string, index: number, signing: SigningSettings): RollingPart => {
    let last = signing
    // Where the entry was taken out or renamed, that waits for a restart; until then it signs with what it has.
    const named = () => (last = fresh.settings[role].find((entry) => entry.id === id)?.signing ?? last)
    return {
      what: `${role} ${id}`,
      files: () => [named().keyFile, named().certificateFile].map((file) => fresh.resolvePath(file)),
      apply: () =>
        read((files) => {
          const key = files.signing('signing', named())
          if (files.problems.length > 0) return
          if ((certificateEnd(key.certificate, new Date())?.daysLeft ?? 0) < 0)
            throw new EmrexError('INTERNAL', 'the certificate has ended')
          inUse[role][index] = key
        }),
    }
  }
  const keys = (['ncp', 'smp'] as const).flatMap((role) =>
    loaded.settings[role].flatMap(({ id, signing }, index) => (signing ? [rollingKey(role, id, index, signing)] : [])),
  )
  const systems = [...reopening].map(([id, { files, reopen }]): RollingPart => {
    return { what: `system ${id}`, files: () => [...files], apply: reopen }
  })
  const { passwordFile } = loaded.settings.mail ?? {}
  return [settings, seal, ...keys, ...(passwordFile === undefined ? [] : [rollingMail(passwordFile)]), ...systems]
}
