import { judge, verdict, type JudgeOptions } from '../judged.js'
import { assertionOf, buildResponse, fields, ns, profileOf, responseOf, signElement, wrapped } from '../saml-factory.js'
import { row, type AttackCases } from './attack-case.js'
import { sayings } from './sayings.js'

/** 3.2 of the catalogue: what comes out of a ciphertext, however it was encrypted. */
export const decryptedAttacks: AttackCases = (keys) => {
  const { say } = sayings(keys)
  const decrypted = (plaintext: string, declarations = '', options: JudgeOptions = {}): string =>
    verdict(
      judge(
        keys,
        signElement(responseOf(fields(), wrapped(plaintext, declarations)), { key: keys.idp.privateKey }),
        options,
      ),
    )
  const plain = assertionOf(fields())
  const undeclared = plain.replace(` xmlns:saml="${ns.saml}"`, '')
  const signedAssertion = signElement(plain, { key: keys.idp.privateKey })
  const assertionWanted: JudgeOptions = { profile: profileOf({ signed: 'assertion' }) }

  return [
    ...row('SC-18', [
      ['the good twin', 'ok', () => decrypted(plain)],
      ['two assertions', 'xml', () => decrypted(plain + plain.replace('-1"', '-2"'))],
      [
        'an assertion within another',
        'assertions',
        () => decrypted(plain.replace('</saml:Assertion>', `${plain.replace('-1"', '-2"')}</saml:Assertion>`)),
      ],
      ['a Response', 'assertions', () => decrypted(buildResponse(keys))],
      ['an assertion of another namespace', 'assertions', () => decrypted(plain.replace(ns.saml, 'urn:other'))],
      ['DOCTYPE', 'doctype', () => decrypted(`<!DOCTYPE x>${plain}`)],
      ['a comment', 'comment', () => decrypted(plain.replace('>ada-1<', '>ada<!-- -->-1<'))],
      ['no XML', 'xml', () => decrypted('ada-1')],
      ['text before it', 'xml', () => decrypted(`x${plain}`)],
      ['a prefix that is declared around it', 'ok', () => decrypted(undeclared)],
      [
        'prefixes that are declared around it, in a Response that nobody signed',
        'ok',
        () => {
          const signed = signElement(plain.replace('>Ada<', ' xmlns:x="urn:x" x:a="b">Ada<'), {
            key: keys.idp.privateKey,
          })
          const bare = signed.replace(/ xmlns:(?:x|saml)="[^"]*"/g, '')
          return verdict(judge(keys, responseOf(fields(), wrapped(bare, ' xmlns:x="urn:x"')), assertionWanted))
        },
      ],
      ['a prefix that is declared nowhere', 'xml', () => decrypted(undeclared.replace('>Ada<', ' x:a="b">Ada<'))],
      [
        'an Object in its signature',
        'ds-object',
        () => decrypted(signedAssertion.replace('</ds:Signature>', '<ds:Object></ds:Object></ds:Signature>')),
      ],
      [
        'a signature elsewhere in it',
        'count-signature',
        () => decrypted(plain.replace('</saml:Subject>', `<ds:Signature xmlns:ds="${ns.ds}"/></saml:Subject>`)),
      ],
      ['a signature by another', 'sig-invalid', () => decrypted(signElement(plain, { key: keys.other.privateKey }))],
      [
        'no signature of its own, though wanted',
        'unsigned',
        () => decrypted(plain, '', { profile: profileOf({ signed: 'both' }) }),
      ],
      ['its own signature', 'ok', () => decrypted(signedAssertion, '', { profile: profileOf({ signed: 'both' }) })],
      ['not encrypted, though wanted', 'unencrypted', () => say({}, { profile: profileOf({ encrypted: 'required' }) })],
      ['encrypted, as wanted', 'ok', () => say({ encrypted: true }, { profile: profileOf({ encrypted: 'required' }) })],
    ]),
    ...row('SC-19', [
      [
        'an assertion for another audience, in a Response that nobody signed',
        'audience',
        () =>
          say(
            {
              signed: 'assertion',
              encrypted: true,
              fields: {
                audience: `<saml:AudienceRestriction><saml:Audience>https://other-sp.example.org</saml:Audience></saml:AudienceRestriction>`,
              },
            },
            assertionWanted,
          ),
      ],
      ['the same, where the Response must be signed', 'unsigned', () => say({ signed: 'assertion', encrypted: true })],
      [
        'an assertion that nobody signed either',
        'unsigned',
        () => say({ signed: 'none', encrypted: true }, { profile: profileOf({ signed: 'either' }) }),
      ],
    ]),
  ]
}
