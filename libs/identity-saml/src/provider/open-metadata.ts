import { createPublicKey } from 'node:crypto'
import type { PluginHost } from '@emrex-gateway/core'
import { MetadataWatch, type MetadataSource } from '../metadata/metadata-watch.js'
import type { SamlProfile } from '../profile.js'
import { readPem } from './load-keys.js'
import type { SamlSettings } from './saml-settings.js'

/**
 * Looks at the metadata of the login for the first time. A file that is missing or wrong is a mistake in the settings; a
 * service that does not answer is a login that is not available yet.
 * @throws {Error} that names the setting
 */
export async function openMetadata(
  { identityProvider: it }: SamlSettings,
  profile: SamlProfile,
  host: PluginHost,
  id: string,
): Promise<MetadataWatch> {
  const signers = await Promise.all(
    (it.signedBy ?? []).map((path, index) =>
      readPem(path, `identityProvider.signedBy[${index}]`, host, (pem) => createPublicKey(pem)),
    ),
  )
  const { signatures, digests } = profile.response
  const watch = new MetadataWatch({
    id,
    source: sourceOf(it, host),
    ...(signers.length === 0 ? {} : { signers }),
    rules: {
      entityId: it.entityId,
      // An operator of metadata signs it in its own way, which is not that of the login.
      signatures: [...new Set([...signatures, ...metadataSignatures])],
      digests: [...new Set([...digests, 'sha256', 'sha384', 'sha512'] as const)],
      minRsaBits: profile.minRsaBits,
      maxValidDays: it.maxValidDays,
      ...(it.allowedHosts === undefined ? {} : { allowedHosts: it.allowedHosts }),
      allowLoopback: host.environment !== 'production',
    },
    refreshMinutes: it.refreshMinutes,
    now: () => host.now(),
    log: host.log,
  })
  const { available, findings } = await watch.refresh()
  if (!available && it.metadataFile !== undefined)
    throw new Error(`settings.identityProvider.metadataFile: ${findings.join('; ')}`)
  return watch
}

const metadataSignatures = ['rsa-sha256', 'rsa-sha384', 'rsa-sha512', 'ecdsa-sha256', 'ecdsa-sha384'] as const

function sourceOf(it: SamlSettings['identityProvider'], host: PluginHost): MetadataSource {
  if (it.metadataFile !== undefined) return { kind: 'file', path: host.resolvePath(it.metadataFile) }
  const url = it.metadataUrl ?? queryAddress(it.metadataQuery ?? '', it.entityId)
  const keep = it.keepFile === undefined ? {} : { keepPath: host.resolvePath(it.keepFile) }
  return { kind: 'url', url, fetch: host.fetch, ...keep }
}

/** Spec: Metadata Query Protocol (draft-young-md-query), section 3. */
const queryAddress = (base: string, entityId: string): string =>
  `${base.replace(/\/+$/, '')}/entities/${encodeURIComponent(entityId)}`
