import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const contentTypes = {
  'site.css': 'text/css; charset=utf-8',
  'site.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const

/** The files that pages load; there are no others. */
export type AssetName = keyof typeof contentTypes

export interface Asset {
  readonly contentType: string
  readonly bytes: Buffer
  /** Changes with the content. */
  readonly version: string
}

export const assetNames = Object.keys(contentTypes) as AssetName[]

const loaded = new Map<AssetName, Asset>()

export const isAssetName = (name: string): name is AssetName => Object.hasOwn(contentTypes, name)

/** An asset, read once per process. */
export function assetOf(name: AssetName): Asset {
  const asset = loaded.get(name) ?? load(name)
  loaded.set(name, asset)
  return asset
}

/** The address of an asset in a page; a new content gets a new address, so that no browser shows an old one. */
export const assetUrl = (name: AssetName): string => `/assets/${name}?v=${assetOf(name).version}`

function load(name: AssetName): Asset {
  const bytes = readFileSync(new URL(`../../assets/${name}`, import.meta.url))
  const version = createHash('sha256').update(bytes).digest('base64url').slice(0, 12)
  return { contentType: contentTypes[name], bytes, version }
}
