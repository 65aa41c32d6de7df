import { SignedMessage } from './oauth1-verifier.js'

/** The example of RFC 5849 §3.4.1; its signature as in erratum 2550, made with the secrets of §3.1's example client. */
const example = {
  method: 'POST',
  url: 'http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b',
  form: 'c2&a3=2+q',
  authorization:
    'OAuth realm="Example", oauth_consumer_key="9djdj82h48djs9d2", oauth_token="kkk9d7dh3k39sjv7", ' +
    'oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201", oauth_nonce="7d8f3e4a", ' +
    'oauth_signature="r6%2FTJjbCOr97%2F%2BUU0NsvSne7s5g%3D"',
}
const baseString =
  'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D' +
  '%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1' +
  '%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7'

/** The photograph of OAuth Core 1.0 Revision A, appendix A.5. */
const photograph = {
  method: 'GET',
  url: 'http://photos.example.net:80/photos?file=vacation.jpg&size=original',
  authorization:
    'OAuth realm="http://photos.example.net/", oauth_consumer_key="dpf43f3p2l4k3l03", ' +
    'oauth_token="nnch734d00sl2jdk", oauth_signature_method="HMAC-SHA1", ' +
    'oauth_signature="tR3%2BTy81lMeYAr%2FFid0kMTYa%2FWM%3D", oauth_timestamp="1191242096", ' +
    'oauth_nonce="kllo9940pd9333jh", oauth_version="1.0"',
}

describe('SignedMessage', () => {
  it('reads the published example of RFC 5849 as its text says', () => {
    expect(new SignedMessage(example).baseString).toBe(baseString)
    expect(new SignedMessage(example).isSignedBy('j49sk3j29djd', 'dh893hdasih9')).toBe(true)
  })

  it('takes the published signature of OAuth Core 1.0, and none with another secret', () => {
    const message = new SignedMessage(photograph)
    expect(message.isSignedBy('kd94hf93k423kf44', 'pfkkdhi9sl3r4s00')).toBe(true)
    expect(message.isSignedBy('kd94hf93k423kf44', '')).toBe(false)
    expect(message.isSignedBy('kd94hf93k423kf45', 'pfkkdhi9sl3r4s00')).toBe(false)
  })

  it('refuses the signature for another method, address or parameter', () => {
    for (const change of [
      { method: 'POST' },
      { url: photograph.url.replace('http:', 'https:') },
      { url: photograph.url.replace('original', 'small') },
      { url: `${photograph.url}&more=1` },
      { form: 'more=1' },
      { authorization: photograph.authorization.replace('1191242096', '1191242097') },
    ])
      expect(new SignedMessage({ ...photograph, ...change }).isSignedBy('kd94hf93k423kf44', 'pfkkdhi9sl3r4s00')).toBe(
        false,
      )
  })

  it('sees a protocol parameter that is there twice', () => {
    expect(new SignedMessage(example).isAmbiguous).toBe(false)
    expect(new SignedMessage({ ...example, form: 'oauth_token=x' }).isAmbiguous).toBe(true)
  })
})
