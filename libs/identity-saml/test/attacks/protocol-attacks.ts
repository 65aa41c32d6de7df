import { instant } from '../../src/validate/instant.js'
import { verdictOf, type JudgeOptions } from '../judged.js'
import { at, entities, ns, profileOf, requestId } from '../saml-factory.js'
import { row, type AttackCases } from './attack-case.js'
import { sayings, wanted } from './sayings.js'

const restriction = (...audiences: string[]): string =>
  `<saml:AudienceRestriction>${audiences.map((audience) => `<saml:Audience>${audience}</saml:Audience>`).join('')}</saml:AudienceRestriction>`

/** 3.3 of the catalogue, as far as one message alone is judged: addresses, names, times, who signed. */
export const protocolAttacks: AttackCases = (keys) => {
  const { say, having, changed } = sayings(keys)
  const signed = (how: 'response' | 'assertion' | 'both' | 'either'): JudgeOptions => ({
    profile: profileOf({ signed: how }),
  })
  const authorities = wanted({ authorities: ['https://eid.example.org', 'https://eid2.example.org'] })
  const authority = (...list: string[]): string =>
    changed(
      '</saml:AuthnContextClassRef>',
      `</saml:AuthnContextClassRef>${list.map((one) => `<saml:AuthenticatingAuthority>${one}</saml:AuthenticatingAuthority>`).join('')}`,
      authorities,
    )

  return [
    ...row('SP-01', [
      ['another address', 'destination', () => having({ destination: 'https://evil.example.org/' })],
      ['a slash more', 'destination', () => having({ destination: `${entities.callback}/` })],
      ['a port', 'destination', () => having({ destination: entities.callback.replace('.org/', '.org:443/') })],
      [
        'other case of the path',
        'destination',
        () => having({ destination: entities.callback.replace('login', 'Login') }),
      ],
      ['none', 'destination', () => having({ destination: undefined })],
      ['empty', 'destination', () => having({ destination: '' })],
      [
        'another one that nobody signed',
        'destination',
        () => say({ signed: 'assertion', fields: { destination: 'https://evil.example.org/' } }, signed('either')),
      ],
      [
        'none where nobody signed',
        'ok',
        () => say({ signed: 'assertion', fields: { destination: undefined } }, signed('either')),
      ],
    ]),
    ...row('SP-02', [
      ['another', 'recipient', () => having({ recipient: 'https://evil.example.org/' })],
      ['none', 'recipient', () => having({ recipient: undefined })],
    ]),
    ...row('SP-03', [
      ['another', 'audience', () => having({ audience: restriction('https://other.example.org') })],
      ['ours as beginning', 'audience', () => having({ audience: restriction(`${entities.sp}/x`) })],
      ['ours cut short', 'audience', () => having({ audience: restriction(entities.sp.slice(0, -1)) })],
      [
        'a second restriction without us',
        'audience',
        () => having({ audience: restriction(entities.sp) + restriction('https://other.example.org') }),
      ],
      ['none', 'audience', () => having({ audience: '' })],
      ['an empty restriction', 'audience', () => having({ audience: restriction() })],
      ['ours among others', 'ok', () => having({ audience: restriction('https://other.example.org', entities.sp) })],
      [
        'an unknown condition',
        'conditions',
        () => having({ audience: `${restriction(entities.sp)}<saml:Condition></saml:Condition>` }),
      ],
      [
        'a known one',
        'ok',
        () => having({ audience: `${restriction(entities.sp)}<saml:OneTimeUse></saml:OneTimeUse>` }),
      ],
      ['no Conditions', 'count-conditions', () => changed(/<saml:Conditions.*<\/saml:Conditions>/s, '')],
      [
        'two Conditions',
        'count-conditions',
        () => changed('<saml:AuthnStatement', '<saml:Conditions></saml:Conditions><saml:AuthnStatement'),
      ],
    ]),
    ...row('SP-04', [
      ['of the Response', 'issuer', () => having({ responseIssuer: entities.otherIdp })],
      ['of the assertion', 'issuer', () => having({ issuer: entities.otherIdp })],
      ['of both', 'issuer', () => having({ responseIssuer: entities.otherIdp, issuer: entities.otherIdp })],
      ['missing in the assertion', 'issuer', () => changed(/<saml:Issuer>.*?<\/saml:Issuer>/, '')],
      [
        'two in the assertion',
        'issuer',
        () => changed('<saml:Subject>', `<saml:Issuer>${entities.idp}</saml:Issuer><saml:Subject>`),
      ],
      [
        'missing in the Response',
        'issuer',
        () =>
          say({
            editResponse: (response) => response.replace(/<saml:Issuer xmlns.*?<\/saml:Issuer>/, '<x></x>'),
            // The signature then stands in front of the assertion's Issuer, so it is put where it belongs.
            edit: (message) => {
              const signature = /<ds:Signature .*?<\/ds:Signature>/s.exec(message)![0]
              return message.replace(signature, '').replace('<x></x>', () => `<x></x>${signature}`)
            },
          }),
      ],
      [
        'missing in the Response that nobody signed',
        'ok',
        () => say({ signed: 'assertion', fields: { responseIssuer: undefined } }, signed('either')),
      ],
      [
        'two in the Response',
        'count-issuer',
        () =>
          say({
            editResponse: (response) =>
              response.replace(
                '<samlp:Status>',
                `<saml:Issuer xmlns:saml="${ns.saml}">${entities.idp}</saml:Issuer><samlp:Status>`,
              ),
          }),
      ],
      [
        'of another format',
        'issuer',
        () => changed('<saml:Issuer>', '<saml:Issuer Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">'),
      ],
      [
        'of the format that it has',
        'ok',
        () => changed('<saml:Issuer>', '<saml:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">'),
      ],
      ['with an element in it', 'issuer', () => changed('</saml:Issuer>', '<x></x></saml:Issuer>')],
    ]),
    ...row('SP-05', [
      ['unknown', 'irt', () => having({ inResponseTo: '_x', confirmationInResponseTo: '_x' })],
      [
        'missing everywhere',
        'unsolicited',
        () => having({ inResponseTo: undefined, confirmationInResponseTo: undefined }),
      ],
      ['missing in the Response', 'unsolicited', () => having({ inResponseTo: undefined })],
      ['missing in the confirmation', 'irt', () => having({ confirmationInResponseTo: undefined })],
      ['another in the Response', 'irt', () => having({ inResponseTo: '_x' })],
      ['another in the confirmation', 'irt', () => having({ confirmationInResponseTo: '_x' })],
      ['of another transaction', 'irt', () => having({}, { pending: { requestId: '_request-2' } })],
      [
        'only in the Response that nobody signed',
        'irt',
        () => say({ signed: 'assertion', fields: { confirmationInResponseTo: undefined } }, signed('either')),
      ],
    ]),
    ...row('SP-07', [
      ['conditions expired', 'expired', () => having({ notOnOrAfter: at(-61) })],
      ['conditions expired by skew', 'expired', () => having({ notOnOrAfter: at(-60) })],
      ['conditions expired inside skew', 'ok', () => having({ notOnOrAfter: at(-59) })],
      ['confirmation expired', 'expired', () => having({ confirmationEnd: at(-61) })],
      ['confirmation expired inside skew', 'ok', () => having({ confirmationEnd: at(-59) })],
      ['not yet', 'not-yet', () => having({ notBefore: at(61) })],
      ['not yet inside skew', 'ok', () => having({ notBefore: at(60) })],
      ['issued tomorrow', 'not-yet', () => having({ issued: at(61) })],
      ['a Response issued tomorrow', 'not-yet', () => having({ responseIssued: at(61) })],
      ['issued too long ago', 'expired', () => having({ issued: at(-960) })],
      ['a Response issued too long ago', 'expired', () => having({ responseIssued: at(-960) })],
      ['no end of the confirmation', 'time', () => having({ confirmationEnd: undefined })],
      ['no end of the conditions', 'time', () => having({ notOnOrAfter: undefined })],
      ['no beginning', 'time', () => having({ notBefore: undefined })],
      ['the year 9999', 'time', () => having({ notOnOrAfter: '9999-12-31T23:59:59Z' })],
      ['a confirmation until the year 9999', 'time', () => having({ confirmationEnd: '9999-12-31T23:59:59Z' })],
      // Microsoft Entra ID and AD FS say an hour and more, in both places.
      ['for 70 minutes', 'ok', () => having({ notOnOrAfter: at(4195), confirmationEnd: at(4195) })],
      [
        'for 70 minutes, and older than the profile bears',
        'expired',
        () => having({ issued: at(-960), notOnOrAfter: at(3240), confirmationEnd: at(3240) }),
      ],
      ['for a day', 'ok', () => having({ notOnOrAfter: at(86_395) })],
      ['for more than a day', 'time', () => having({ notOnOrAfter: at(86_396) })],
      ['local time', 'time', () => having({ notOnOrAfter: '2026-11-26T12:04:00' })],
      ['fractions', 'ok', () => having({ notOnOrAfter: '2026-11-26T12:04:00.1234567Z' })],
      ['an offset', 'time', () => having({ notOnOrAfter: '2026-11-26T14:04:00+02:00' })],
      ['no such day', 'time', () => having({ notOnOrAfter: '2026-11-31T12:04:00Z' })],
      ['the thirtieth of February', 'time', () => verdictOf(() => instant('2026-02-30T00:00:00Z'))],
      ['no such month', 'time', () => having({ notOnOrAfter: '2026-13-01T12:04:00Z' })],
      ...(
        [
          [-61, 'expired'],
          [-59, 'ok'],
          [600, 'ok'],
        ] as const
      ).map(
        ([seconds, expected]) =>
          [
            `a session that ends ${seconds} seconds from now`,
            expected,
            () =>
              changed(' SessionIndex="_session-1"', ` SessionIndex="_session-1" SessionNotOnOrAfter="${at(seconds)}"`),
          ] as const,
      ),
      [
        'another version of the Response',
        'version',
        () => say({ editResponse: (response) => response.replace('Version="2.0"', 'Version="1.1"') }),
      ],
      ['another version of the assertion', 'version', () => changed('Version="2.0"', 'Version="2.1"')],
      ['an empty ID of the assertion', 'assertion-id', () => having({ assertionId: '' })],
      ['no ID of the assertion', 'assertion-id', () => changed(' ID="_assertion-1"', '')],
    ]),
    ...row('SP-08', [
      [
        'NotBefore',
        'method',
        () =>
          changed(/( NotOnOrAfter="[^"]*") Recipient/, ` NotBefore="${at(-5)}" NotOnOrAfter="${at(295)}" Recipient`),
      ],
      ['none', 'count-confirmation', () => changed(/<saml:SubjectConfirmation .*<\/saml:SubjectConfirmation>/s, '')],
      ['holder of key', 'method', () => changed('cm:bearer', 'cm:holder-of-key')],
      [
        'two',
        'count-confirmation',
        () =>
          changed(
            '</saml:Subject>',
            `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"></saml:SubjectConfirmation></saml:Subject>`,
          ),
      ],
      [
        'no data',
        'count-confirmation',
        () => changed(/<saml:SubjectConfirmationData .*<\/saml:SubjectConfirmationData>/s, ''),
      ],
      ['no subject', 'count-subject', () => changed(/<saml:Subject>.*<\/saml:Subject>/s, '')],
      [
        'two subjects',
        'count-subject',
        () => changed('<saml:Conditions', '<saml:Subject></saml:Subject><saml:Conditions'),
      ],
      ['two names', 'count-name-id', () => changed('</saml:NameID>', '</saml:NameID><saml:NameID>x</saml:NameID>')],
      [
        'an encrypted name',
        'enc-form',
        () => changed('</saml:NameID>', '</saml:NameID><saml:EncryptedID></saml:EncryptedID>'),
      ],
      ['no name', 'attributes-missing', () => having({ nameId: '' })],
      ['an empty name', 'attributes-missing', () => having({ nameId: '<saml:NameID> </saml:NameID>' })],
      [
        'no name where none is wanted',
        'ok',
        () => having({ nameId: '' }, { profile: profileOf({}, { nameId: undefined }) }),
      ],
      ['an element in the name', 'attribute-form', () => having({ nameId: '<saml:NameID>a<x></x></saml:NameID>' })],
      [
        'a name without end',
        'attribute-form',
        () => having({ nameId: `<saml:NameID>${'a'.repeat(10_001)}</saml:NameID>` }),
      ],
    ]),
    ...row('SP-14', [
      ...(
        [
          ['response', 'response', 'ok'],
          ['response', 'assertion', 'unsigned'],
          ['response', 'both', 'ok'],
          ['assertion', 'response', 'unsigned'],
          ['assertion', 'assertion', 'ok'],
          ['assertion', 'both', 'ok'],
          ['both', 'response', 'unsigned'],
          ['both', 'assertion', 'unsigned'],
          ['both', 'both', 'ok'],
          ['either', 'response', 'ok'],
          ['either', 'assertion', 'ok'],
          ['either', 'both', 'ok'],
          ['either', 'none', 'unsigned'],
        ] as const
      ).flatMap(([want, is, expected]) =>
        [false, true].map(
          (encrypted) =>
            [
              `wanted: ${want}, signed: ${is}${encrypted ? ', encrypted' : ''}`,
              expected,
              () => say({ signed: is, encrypted }, signed(want)),
            ] as const,
        ),
      ),
    ]),
    ...row('SP-18', [
      [
        'another provider answers with a good message of its own',
        'sig-invalid',
        () =>
          say({
            key: keys.other.privateKey,
            fields: { responseIssuer: entities.otherIdp, issuer: entities.otherIdp, inResponseTo: requestId },
          }),
      ],
      [
        'another provider that has the same key',
        'issuer',
        () => having({ responseIssuer: entities.otherIdp, issuer: entities.otherIdp }),
      ],
    ]),
    ...row('SP-19', [
      ['an authority that is not accepted', 'authority', () => authority('https://evil.example.org')],
      ['one of two', 'authority', () => authority('https://eid.example.org', 'https://evil.example.org')],
      ['none named', 'authority', () => having({}, authorities)],
      ['one that is accepted', 'ok', () => authority('https://eid.example.org')],
    ]),
  ]
}
