import type { IdentityProvider, SisConnection, SomePlugin } from '@emrex-gateway/core'
import { demoIdentityPlugin } from '@emrex-gateway/identity-demo'
import { eidasIdentityPlugin } from '@emrex-gateway/identity-eidas'
import { oidcIdentityPlugin } from '@emrex-gateway/identity-oidc'
import { samlIdentityPlugin } from '@emrex-gateway/identity-saml'
import { ladokSisPlugin } from '@emrex-gateway/sis-ladok'
import { fsSisPlugin } from '@emrex-gateway/sis-fs'
import { restSisPlugin } from '@emrex-gateway/sis-rest'
import { sqlSisPlugin } from '@emrex-gateway/sis-sql'
import { usosSisPlugin } from '@emrex-gateway/sis-usos'
import { virtaSisPlugin } from '@emrex-gateway/sis-virta'

/** The plugins that this gateway brings, one line each; a package name in the settings loads another from outside. */
export const identityPlugins: Readonly<Record<string, SomePlugin<IdentityProvider>>> = {
  demo: demoIdentityPlugin,
  eidas: eidasIdentityPlugin,
  oidc: oidcIdentityPlugin,
  saml: samlIdentityPlugin,
}
export const sisPlugins: Readonly<Record<string, SomePlugin<SisConnection>>> = {
  rest: restSisPlugin,
  sql: sqlSisPlugin,
  usos: usosSisPlugin,
  ladok: ladokSisPlugin,
  virta: virtaSisPlugin,
  fs: fsSisPlugin,
}
