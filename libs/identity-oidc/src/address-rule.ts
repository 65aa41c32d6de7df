import type { PluginHost } from '@emrex-gateway/core'

const isLoopback = (hostname: string): boolean =>
  hostname === '127.0.0.1' || hostname === '[::1]' || hostname === 'localhost' || hostname.endsWith('.localhost')

/** Whether an address may be asked without TLS: never in production, and elsewhere on this machine alone. */
export const mayBePlain = (url: URL, environment: PluginHost['environment']): boolean =>
  environment !== 'production' && isLoopback(url.hostname)

/** Says in words what is wrong with an address, or nothing. */
export type AddressRule = (address: string) => string | undefined

/**
 * Which addresses of an issuer may be asked: the host of the issuer, hosts below it, and the further ones that settings or
 * profile name. A discovery document cannot send us anywhere else, least of all into the network we stand in.
 */
export function addressRule(
  issuer: string,
  furtherHosts: readonly string[],
  environment: PluginHost['environment'],
): AddressRule {
  const own = new URL(issuer)
  return (address) => {
    if (!URL.canParse(address)) return 'is no address'
    const url = new URL(address)
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && mayBePlain(url, environment)))
      return 'is not an https address'
    if (url.username !== '' || url.password !== '') return 'carries a password'
    if (url.host === own.host || furtherHosts.includes(url.host)) return undefined
    if (url.port === '' && own.port === '' && url.hostname.endsWith(`.${own.hostname}`)) return undefined
    return `names the host ${url.host}, which is neither the issuer's nor in furtherHosts`
  }
}
