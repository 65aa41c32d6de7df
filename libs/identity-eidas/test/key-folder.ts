import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeThrowawaySigner, type ThrowawayOptions } from '@emrex-gateway/testing'

/** A folder with a key of ours, made now. */
export interface KeyFolder {
  readonly keyFile: string
  readonly certificateFile: string
  readonly privateKey: string
  readonly certificate: string
  file(name: string, text: string): string
  remove(): void
}

export async function makeKeyFolder(key: ThrowawayOptions['key']): Promise<KeyFolder> {
  const folder = mkdtempSync(join(tmpdir(), 'eidas-'))
  const { privateKey, certificate } = await makeThrowawaySigner(key === undefined ? {} : { key })
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  return {
    privateKey,
    certificate,
    keyFile: file('ours.key', privateKey),
    certificateFile: file('ours.pem', certificate),
    file,
    remove: () => rmSync(folder, { recursive: true }),
  }
}
