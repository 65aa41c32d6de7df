import { isIPv4, isIPv6 } from 'node:net'

/**
 * Who counts as one for the limits: an IPv4 address, or an IPv6 network of 64 bits, which is what one household or one
 * machine has (RFC 6177). Undefined for an address of this machine: that is a proxy which was not named as one, or a test,
 * and never a stranger.
 */
export function addressKey(address: string): string | undefined {
  // Some proxies tell the port, too (IIS, Azure): read as no address, all their visitors would count as one.
  const bare = /^\[([^\]]+)\](?::\d+)?$|^([\d.]+):\d+$/.exec(address)
  const plain = (bare?.[1] ?? bare?.[2] ?? address).split('%', 1)[0]!.toLowerCase()
  const mapped = /^(?:::ffff:|::)(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1]
  const v4 = mapped ?? plain
  if (isIPv4(v4)) return v4.startsWith('127.') ? undefined : v4
  if (!isIPv6(plain)) return 'unknown'
  const groups = expanded(plain)
  if (groups.join(':') === '0:0:0:0:0:0:0:1') return undefined
  const [high, low] = [Number.parseInt(groups[6]!, 16), Number.parseInt(groups[7]!, 16)]
  const isMapped = groups.slice(0, 5).every((group) => group === '0') && groups[5] === 'ffff'
  if (isMapped) return addressKey([high >> 8, high & 255, low >> 8, low & 255].join('.'))
  return `${groups.slice(0, 4).join(':')}::/64`
}

/** The eight groups of an IPv6 address, without leading zeros. */
function expanded(address: string): string[] {
  const [head = '', tail] = address.split('::')
  const groupsOf = (text: string) => (text === '' ? [] : text.split(':'))
  const [first, last] = [groupsOf(head), groupsOf(tail ?? '')]
  const gap = tail === undefined ? 0 : 8 - first.length - last.length
  return [...first, ...Array.from({ length: gap }, () => '0'), ...last].map((group) =>
    Number.parseInt(group, 16).toString(16),
  )
}
