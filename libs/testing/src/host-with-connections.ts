import type { ClientCertificate, PluginHost } from '@emrex-gateway/core'
import { Agent, fetch as undiciFetch } from 'undici'
import { recordingHost, type RecordingHost } from './recording-host.js'

/** A recording host that asks other systems as the application does: with client certificates, following no redirect. */
export interface HostWithConnections extends RecordingHost {
  /** Ends every connection that was opened by the plugins of this host. */
  close(): Promise<void>
}

/** Makes such a host; its connections are its own, so that a test can see that all of them end. */
export function hostWithConnections(
  options: Partial<Pick<PluginHost, 'environment' | 'now'>> = {},
): HostWithConnections {
  const agents: Agent[] = []
  const fetchAs = ({ privateKey, certificate, pfx, passphrase, authorities }: ClientCertificate): typeof fetch => {
    const agent = new Agent({
      connect: {
        minVersion: 'TLSv1.2',
        ...(privateKey !== undefined && { key: privateKey }),
        ...(certificate !== undefined && { cert: certificate }),
        ...(pfx !== undefined && { pfx: Buffer.from(pfx) }),
        ...(passphrase !== undefined && { passphrase }),
        ...(authorities && { ca: [...authorities] }),
      },
    })
    agents.push(agent)
    const ask = (input: unknown, init: RequestInit = {}) =>
      undiciFetch(input as never, { redirect: 'error', ...init, dispatcher: agent } as never)
    return ask as unknown as typeof fetch
  }
  const host = recordingHost({ ...options, fetch: fetchAs({}), fetchAs })
  return { ...host, close: async () => void (await Promise.all(agents.map((agent) => agent.destroy()))) }
}
