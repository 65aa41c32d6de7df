import type { IdentityPlugin } from '@emrex-gateway/core'
import { demoProvider } from './demo-provider.js'
import { demoSettings, type DemoSettings } from './demo-settings.js'

/**
 * A login for demonstrations: the visitor picks one of the invented people of the settings. It proves nothing about
 * anybody, so it refuses to start unless the settings say `environment: demo`.
 *
 * `create` @throws {Error} in any environment but `demo`.
 */
export const demoIdentityPlugin: IdentityPlugin<DemoSettings> = {
  apiVersion: 1,
  name: 'identity-demo',
  config: demoSettings,
  async create(settings, host, id) {
    if (host.environment !== 'demo')
      throw new Error(`login "${id}" lets everybody be anybody; it starts with "environment: demo" only`)
    return demoProvider(settings, id, () => host.now())
  },
}
