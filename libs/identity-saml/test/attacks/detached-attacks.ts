import { signatureUris } from '../../src/signature/algorithms.js'
import { signDetached, verifyDetached } from '../../src/signature/sign-detached.js'
import { verdictOf } from '../judged.js'
import { row, type AttackCases } from './attack-case.js'

/** SR-01 of the catalogue: the signature beside a message of the Redirect binding. */
export const detachedAttacks: AttackCases = (keys) => {
  const query = `SAMLResponse=${encodeURIComponent('fZ+/A==')}&RelayState=a%20b`
  const good = signDetached(query, 'rsa-sha256', keys.idp.privateKey)
  const say = (raw: string): string =>
    verdictOf(() => verifyDetached(raw, [keys.idp.publicKey], ['rsa-sha256', 'ecdsa-sha256']))
  const without = (name: string): string =>
    good
      .split('&')
      .filter((pair) => !pair.startsWith(`${name}=`))
      .join('&')
  const bare = signDetached('SAMLRequest=abc', 'rsa-sha256', keys.idp.privateKey)
  return row('SR-01', [
    ['the good twin', 'ok', () => say(good)],
    ['a good one without RelayState', 'ok', () => say(bare)],
    [
      'values as they were before encoding',
      'ok',
      () => {
        const values = verifyDetached(good, [keys.idp.publicKey], ['rsa-sha256'])
        return values.get('SAMLResponse') === 'fZ+/A==' && values.get('RelayState') === 'a b' ? 'ok' : 'changed'
      },
    ],
    ['encoded anew', 'sig-invalid', () => say(good.replace('a%20b', 'a+b'))],
    ['in other case', 'sig-invalid', () => say(good.replace('%2B', '%2b'))],
    ['another RelayState', 'sig-invalid', () => say(good.replace('a%20b', 'evil'))],
    ['RelayState added', 'sig-invalid', () => say(bare.replace('&SigAlg', '&RelayState=x&SigAlg'))],
    ['RelayState added behind', 'query', () => say(`${bare}&RelayState=x`)],
    ['RelayState taken away', 'sig-invalid', () => say(without('RelayState'))],
    ['a message twice', 'query', () => say(`SAMLResponse=evil&${good}`)],
    ['a message twice, at the end', 'query', () => say(`${good}&SAMLResponse=evil`)],
    ['a signature twice', 'query', () => say(`${good}&Signature=x`)],
    ['in another order', 'query', () => say(good.replace(query, query.split('&').reverse().join('&')))],
    ['no message', 'query', () => say(without('SAMLResponse'))],
    ['another name of the message', 'query', () => say(signDetached('SAMLart=abc', 'rsa-sha256', keys.idp.privateKey))],
    ['a parameter more', 'query', () => say(`${good}&x=y`)],
    ['no algorithm', 'query', () => say(without('SigAlg'))],
    ['no signature', 'unsigned', () => say(without('Signature'))],
    [
      'SHA-1',
      'sig-alg',
      () =>
        say(
          good.replace(
            encodeURIComponent(signatureUris['rsa-sha256']),
            'http%3A%2F%2Fwww.w3.org%2F2000%2F09%2Fxmldsig%23rsa-sha1',
          ),
        ),
    ],
    ['an algorithm that is not accepted', 'sig-alg', () => say(signDetached(query, 'rsa-sha512', keys.idp.privateKey))],
    ['another key', 'sig-invalid', () => say(signDetached(query, 'rsa-sha256', keys.other.privateKey))],
    ['half a character', 'query', () => say(good.replace('a%20b', '%e1'))],
  ])
}
