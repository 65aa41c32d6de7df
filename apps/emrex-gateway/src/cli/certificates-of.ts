import { certificatesIn } from '@emrex-gateway/elmo/cli'

/** Every certificate of these files: one may hold several, as during a change of keys. A file without any stays as it is, to be refused. */
export const certificatesOf = (files: readonly Buffer[]): string[] =>
  files.flatMap((file) => {
    const text = file.toString('utf8')
    const found = certificatesIn(text)
    return found.length > 0 ? found : [text]
  })
