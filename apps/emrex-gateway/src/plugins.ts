import type { IdentityProvider, SisConnection, SomePlugin } from '@emrex-gateway/core'
import { demoIdentityPlugin } from '@emrex-gateway/identity-demo'
import { sqlSisPlugin } from '@emrex-gateway/sis-sql'

/** The plugins that this gateway brings, one line each; a package name in the settings loads another from outside. */
export const identityPlugins: Readonly<Record<string, SomePlugin<IdentityProvider>>> = { demo: demoIdentityPlugin }
export const sisPlugins: Readonly<Record<string, SomePlugin<SisConnection>>> = { sql: sqlSisPlugin }
