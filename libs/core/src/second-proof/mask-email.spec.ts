import { isPlainAddress, maskEmail } from './mask-email.js'

describe('maskEmail', () => {
  it.each([
    ['maria@example.org', 'm•••@example.org'],
    ['m@example.org', 'm•••@example.org'],
    ['𐍈aria@example.org', '𐍈•••@example.org'],
    ['"odd@one"@example.org', '"•••@example.org'],
    ['no address', '•••'],
    ['@example.org', '•••'],
    ['', '•••'],
  ])('shows the first letter and the domain: %s', (address, masked) => {
    expect(maskEmail(address)).toBe(masked)
  })
})

describe('isPlainAddress', () => {
  it.each(['maria@example.org', 'm.p+x@student.example.org', 'märia@exämple.org'])('takes %s', (address) => {
    expect(isPlainAddress(address)).toBe(true)
  })

  it.each([
    '',
    'maria',
    'maria@example',
    'a@example.org, b@example.org',
    'a@example.org;b@example.org',
    'Maria <a@example.org>',
    'a@example.org\r\nBcc: b@example.org',
    'a@b@example.org',
    'a\u0000@example.org',
    `${'a'.repeat(250)}@example.org`,
  ])('refuses what a mail server could take for something else: %j', (address) => {
    expect(isPlainAddress(address)).toBe(false)
  })
})
