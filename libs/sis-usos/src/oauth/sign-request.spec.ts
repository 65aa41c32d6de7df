import { authorizationOf, hmacSha1, percentEncode, signatureBaseString } from './sign-request.js'

// Values of the public specifications, and of nobody's installation.
describe('percentEncode', () => {
  it('leaves letters, digits and four marks, and nothing else', () => {
    expect(percentEncode('abcABC123-._~')).toBe('abcABC123-._~')
    expect(percentEncode("|[]>!'()* +&=%/é☃")).toBe('%7C%5B%5D%3E%21%27%28%29%2A%20%2B%26%3D%25%2F%C3%A9%E2%98%83')
  })
})

describe('signatureBaseString', () => {
  it('is what RFC 5849 §3.4.1.1 prints for its example', () => {
    const parameters = [
      ['b5', '=%3D'],
      ['a3', 'a'],
      ['c@', ''],
      ['a2', 'r b'],
      ['oauth_consumer_key', '9djdj82h48djs9d2'],
      ['oauth_token', 'kkk9d7dh3k39sjv7'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', '137131201'],
      ['oauth_nonce', '7d8f3e4a'],
      ['c2', ''],
      ['a3', '2 q'],
    ] as const
    const text = signatureBaseString({ method: 'POST', url: 'http://EXAMPLE.COM:80/request' }, parameters)
    expect(text).toBe(
      'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D' +
        '%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1' +
        '%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
    )
    expect(hmacSha1(text, 'j49sk3j29djd', 'dh893hdasih9')).toBe('r6/TJjbCOr97/+UU0NsvSne7s5g=')
  })

  it('sorts by name first: a longer name comes after a shorter one, whatever its value', () => {
    const text = signatureBaseString({ method: 'GET', url: 'https://example.com/' }, [
      ['a1', ''],
      ['a', 'z'],
      ['a-', ''],
    ])
    expect(text).toBe('GET&https%3A%2F%2Fexample.com%2F&a%3Dz%26a-%3D%26a1%3D')
  })
})

describe('authorizationOf', () => {
  it('gives the photograph of OAuth Core 1.0 its published signature', () => {
    const header = authorizationOf(
      {
        method: 'GET',
        url: 'http://photos.example.net/photos',
        parameters: { file: 'vacation.jpg', size: 'original' },
      },
      {
        consumer: { key: 'dpf43f3p2l4k3l03', secret: 'kd94hf93k423kf44' },
        token: { key: 'nnch734d00sl2jdk', secret: 'pfkkdhi9sl3r4s00' },
        nonce: 'kllo9940pd9333jh',
        timestamp: 1191242096,
      },
    )
    expect(header).toContain('oauth_signature="tR3%2BTy81lMeYAr%2FFid0kMTYa%2FWM%3D"')
    expect(header).toMatch(/^OAuth oauth_consumer_key="dpf43f3p2l4k3l03", /)
    expect(header).not.toContain('kd94hf93k423kf44')
  })
})
