import type { IdentityPlugin, SisPlugin } from '@emrex-gateway/core'
import { demoIdentityPlugin } from '@emrex-gateway/identity-demo'
import { sqlSisPlugin } from '@emrex-gateway/sis-sql'

/** The plugins that this gateway brings, one line each; a package name in the settings loads another from outside. */
export const identityPlugins: Readonly<Record<string, IdentityPlugin<never>>> = { demo: demoIdentityPlugin }
export const sisPlugins: Readonly<Record<string, SisPlugin<never>>> = { sql: sqlSisPlugin }
