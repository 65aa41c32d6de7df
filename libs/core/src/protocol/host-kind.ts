const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/
const ipv4 = /^\d+\.\d+\.\d+\.\d+$/

// Names that never belong to the public: RFC 6761, RFC 6762 with its appendix G, RFC 8375, and ICANN's `internal`.
const privateNames = /(^|\.)(localhost|local|localdomain|internal|intranet|private|corp|home|lan|home\.arpa|onion|alt)$/

/**
 * What the host of a parsed address is. WHATWG URL has already turned every way to write an IPv4 address (octal,
 * hexadecimal, one number, full-width digits) into four decimal numbers.
 */
export function hostKind(hostname: string): 'loopback' | 'ip-address' | 'private-name' | 'public-name' {
  if (loopback.test(hostname)) return 'loopback'
  if (hostname.startsWith('[') || ipv4.test(hostname)) return 'ip-address'
  const name = hostname.replace(/\.$/, '')
  return privateNames.test(name) || !name.includes('.') ? 'private-name' : 'public-name'
}
