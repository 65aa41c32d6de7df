import type { IdentityProvider, SisConnection, SomePlugin } from '@emrex-gateway/core'

/** Loads a plugin: only those that the settings name take time at the start, and memory. */
export type LoadPlugin<Product> = () => Promise<SomePlugin<Product>>

/** The plugins that this gateway brings, one line each; a package name in the settings loads another from outside. */
export const identityPlugins: Readonly<Record<string, LoadPlugin<IdentityProvider>>> = {
  demo: async () => (await import('@emrex-gateway/identity-demo')).demoIdentityPlugin,
  eidas: async () => (await import('@emrex-gateway/identity-eidas')).eidasIdentityPlugin,
  oidc: async () => (await import('@emrex-gateway/identity-oidc')).oidcIdentityPlugin,
  saml: async () => (await import('@emrex-gateway/identity-saml')).samlIdentityPlugin,
}
export const sisPlugins: Readonly<Record<string, LoadPlugin<SisConnection>>> = {
  rest: async () => (await import('@emrex-gateway/sis-rest')).restSisPlugin,
  sql: async () => (await import('@emrex-gateway/sis-sql')).sqlSisPlugin,
  usos: async () => (await import('@emrex-gateway/sis-usos')).usosSisPlugin,
  ladok: async () => (await import('@emrex-gateway/sis-ladok')).ladokSisPlugin,
  virta: async () => (await import('@emrex-gateway/sis-virta')).virtaSisPlugin,
  fs: async () => (await import('@emrex-gateway/sis-fs')).fsSisPlugin,
}
