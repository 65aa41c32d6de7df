import { describe, expect, it } from '@jest/globals'
import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isNodeNewEnough, reasonToInstall } from '../ensure-install.mjs'

function folderWith(files: Readonly<Record<string, number>>): string {
  const root = mkdtempSync(join(tmpdir(), 'emrex-install-'))
  mkdirSync(join(root, 'node_modules'))
  for (const [path, changedAtSeconds] of Object.entries(files)) {
    writeFileSync(join(root, path), '{}')
    utimesSync(join(root, path), changedAtSeconds, changedAtSeconds)
  }
  return root
}

describe('reasonToInstall', () => {
  it('installs where nothing is installed, or where an installation broke off', () => {
    expect(reasonToInstall(folderWith({ 'package-lock.json': 100 }))).toBe('nothing is installed yet')
  })

  it('installs again when the lock file is newer', () => {
    const root = folderWith({ 'package-lock.json': 200, 'node_modules/.package-lock.json': 100 })
    expect(reasonToInstall(root)).toBe('package-lock.json is newer than what is installed')
  })

  it('leaves an installation alone that is newer than the lock file', () => {
    const root = folderWith({ 'package-lock.json': 100, 'node_modules/.package-lock.json': 200 })
    expect(reasonToInstall(root)).toBeUndefined()
  })
})

describe('isNodeNewEnough', () => {
  it.each([
    ['18.20.4', false],
    ['20.18.3', false],
    ['20.19.0', true],
    ['22.3.0', true],
    ['24.0.0', true],
  ])('says for Node %s: %s', (version, expected) => {
    expect(isNodeNewEnough(version)).toBe(expected)
  })
})
