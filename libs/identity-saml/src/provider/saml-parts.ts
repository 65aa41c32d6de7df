import type { PluginHost } from '@emrex-gateway/core'
import type { MetadataWatch } from '../metadata/metadata-watch.js'
import type { SamlProfile } from '../profile.js'
import type { OwnKeys } from './load-keys.js'
import type { SamlSettings } from './saml-settings.js'

/** What the steps of a login work with. */
export interface SamlParts {
  /** Of the login in the settings. */
  readonly id: string
  readonly settings: SamlSettings
  readonly profile: SamlProfile
  readonly host: PluginHost
  readonly keys: OwnKeys
  readonly watch: MetadataWatch
}
