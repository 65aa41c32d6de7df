import { isUri } from './is-uri.js'

describe('isUri', () => {
  it('takes addresses of any scheme, and relative ones', () => {
    for (const uri of ['', '#', 'a/b:c', '../x?y#z', 'urn:uuid:1', 'mailto:a@b.example', '//host/x', '?q=/?', 'x:']) {
      expect([uri, isUri(uri)]).toEqual([uri, true])
    }
    for (const host of ['u:p@host', '[::1]', '[::1]:80', 'host:8080', '']) expect(isUri(`https://${host}/a`)).toBe(true)
  })

  it('takes letters of all alphabets and what is escaped on the way', () => {
    for (const uri of ['https://høgskole.example/søk', 'a b', '日本', '{id}', 'a|b', '"', '\u{1d7d8}']) {
      expect([uri, isUri(uri)]).toEqual([uri, true])
    }
  })

  it('refuses what no reader can take apart', () => {
    for (const uri of [
      '1a:b',
      ':',
      '%',
      '%4',
      '%zz',
      '#a#b',
      'a[',
      'https://a]b/',
      'https://host:8a/',
      'http://[::1',
    ]) {
      expect([uri, isUri(uri)]).toEqual([uri, false])
    }
  })

  it('takes time in proportion to the text', () => {
    for (const part of ['a', ':', '@', '/', '%41', '//', '?', '[', 'é']) {
      const began = process.cpuUsage().user
      isUri(`x://${part.repeat(300_000)}[`)
      isUri(`${part.repeat(300_000)}[`)
      // Some milliseconds; in proportion to its square, minutes.
      expect(process.cpuUsage().user - began).toBeLessThan(5_000_000)
    }
  })
})
