/** A mail address that only its owner recognises: the first letter and the domain. Without its parts nothing is shown. */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf('@')
  const [first] = address
  return first === undefined || at < 1 ? '•••' : `${first}•••${address.slice(at)}`
}

/** One plain address, and nothing that a mail server could take for two, or for a header. Spec: RFC 5321, 4.1.2 (dot-string). */
export const isPlainAddress = (address: string): boolean =>
  address.length <= 254 &&
  /^[^\s@<>()[\]\\,;:"\p{Cc}]+@[^\s@<>()[\]\\,;:"\p{Cc}]+\.[^\s@<>()[\]\\,;:"\p{Cc}]+$/u.test(address)
