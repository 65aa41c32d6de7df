const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Why an address of a registry or an NCP may not be used, or undefined when it may: https (or http on a loopback host
 * where that is allowed), without user name and fragment.
 */
export function checkAddress(address: string, allowLoopbackHttp: boolean): string | undefined {
  if (!URL.canParse(address)) return 'its address is not a URL'
  const url = new URL(address)
  const isAllowedHttp = allowLoopbackHttp && url.protocol === 'http:' && loopbackHost.test(url.hostname)
  if (url.protocol !== 'https:' && !isAllowedHttp) return 'its address is not https'
  if (url.username !== '' || url.password !== '') return 'its address holds a user name'
  if (url.hash !== '') return 'its address holds a fragment'
  return undefined
}
