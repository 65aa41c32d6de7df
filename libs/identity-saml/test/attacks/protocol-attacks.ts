import type { LoaRule } from '@emrex-gateway/core'
import { judge, verdict, type JudgeOptions } from '../judged.js'
import {
  at,
  attribute,
  buildResponse,
  entities,
  loa,
  names,
  ns,
  personAttributes,
  profileOf,
  requestId,
  type BuildOptions,
  type MessageFields,
} from '../saml-factory.js'
import { row, type AttackCases } from './attack-case.js'

const status = 'urn:oasis:names:tc:SAML:2.0:status:'
const code = (first: string, second?: string, message?: string): string =>
  `<samlp:StatusCode Value="${status}${first}">` +
  (second === undefined ? '' : `<samlp:StatusCode Value="${status}${second}"></samlp:StatusCode>`) +
  `</samlp:StatusCode>${message === undefined ? '' : `<samlp:StatusMessage>${message}</samlp:StatusMessage>`}`
const restriction = (...audiences: string[]): string =>
  `<saml:AudienceRestriction>${audiences.map((audience) => `<saml:Audience>${audience}</saml:Audience>`).join('')}</saml:AudienceRestriction>`
const known = { source: 'invented for tests' }

/** 3.3 of the catalogue, as far as one message alone is judged. */
export const protocolAttacks: AttackCases = (keys) => {
  const say = (options: BuildOptions, judged: JudgeOptions = {}): string =>
    verdict(judge(keys, buildResponse(keys, options), judged))
  const having = (fields: Partial<MessageFields>, judged: JudgeOptions = {}): string => say({ fields }, judged)
  const changed = (from: string | RegExp, to: string, judged: JudgeOptions = {}): string =>
    say(
      {
        editAssertion: (assertion) => {
          const edited = assertion.replace(from, () => to)
          if (edited === assertion) throw new Error('nothing was changed')
          return edited
        },
      },
      judged,
    )
  const signed = (how: 'response' | 'assertion' | 'both' | 'either'): JudgeOptions => ({
    profile: profileOf({ signed: how }),
  })
  const withoutAssertion = (statusCode: string, options: BuildOptions = {}, judged: JudgeOptions = {}): string =>
    say(
      {
        editResponse: (response) => response.replace(/<saml:Assertion.*<\/saml:Assertion>/s, ''),
        ...options,
        fields: { status: statusCode, ...options.fields },
      },
      judged,
    )
  const attributes = (...list: string[]): string => having({ attributes: list.join('') })
  const person = personAttributes
  const without = (name: string): string =>
    person.replace(new RegExp(`<saml:Attribute Name="${name}".*?</saml:Attribute>`), '')
  const wanted = (response: Parameters<typeof profileOf>[0]): JudgeOptions => ({ profile: profileOf(response) })
  const assuranceName = 'urn:oid:1.3.6.1.4.1.5923.1.1.1.11'
  const assurance: JudgeOptions = {
    profile: profileOf(
      {},
      {
        levelFrom: 'assurance-claim',
        levels: [
          { value: 'urn:low', loa: 'low', known },
          { value: 'urn:high', loa: 'high', known },
          { value: 'urn:substantial', loa: 'substantial', known },
        ] satisfies LoaRule[],
        attributes: [{ names: [assuranceName], gives: 'assurance', known }],
      },
    ),
  }
  const authorities = wanted({ authorities: ['https://eid.example.org', 'https://eid2.example.org'] })
  const authority = (...list: string[]): string =>
    changed(
      '</saml:AuthnContextClassRef>',
      `</saml:AuthnContextClassRef>${list.map((one) => `<saml:AuthenticatingAuthority>${one}</saml:AuthenticatingAuthority>`).join('')}`,
      authorities,
    )
  const statement = /<saml:AuthnStatement.*<\/saml:AuthnStatement>/s
  const native = `<saml:AttributeValue xmlns:n="${ns.eidas}" n:LatinScript="false">Ада</saml:AttributeValue>`

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
      ['longer than the profile bears', 'time', () => having({ notOnOrAfter: at(900) })],
      ['as long as the profile bears', 'ok', () => having({ notOnOrAfter: at(895) })],
      ['local time', 'time', () => having({ notOnOrAfter: '2026-11-26T12:04:00' })],
      ['fractions', 'ok', () => having({ notOnOrAfter: '2026-11-26T12:04:00.1234567Z' })],
      ['an offset', 'time', () => having({ notOnOrAfter: '2026-11-26T14:04:00+02:00' })],
      ['no such day', 'time', () => having({ notOnOrAfter: '2026-11-31T12:04:00Z' })],
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
    ...row('SP-09', [
      [
        'an assertion is there all the same',
        'status-authn-failed',
        () => having({ status: code('Responder', 'AuthnFailed') }),
      ],
      ['no assertion, though success', 'assertions', () => withoutAssertion(code('Success'))],
      [
        'no status',
        'count-status',
        () => say({ editResponse: (r) => r.replace(/<samlp:Status>.*<\/samlp:Status>/, '') }),
      ],
      [
        'two',
        'count-status',
        () => say({ editResponse: (r) => r.replace(/<samlp:Status>.*<\/samlp:Status>/, (found) => found + found) }),
      ],
      ['two codes', 'count-status', () => having({ status: code('Success') + code('Responder') })],
      ['no code', 'count-status', () => having({ status: '' })],
      ...(
        [
          ['Requester', 'RequestDenied', 'status-request-denied'],
          ['Responder', 'AuthnFailed', 'status-authn-failed'],
          ['Requester', 'NoAuthnContext', 'status-no-authn-context'],
          ['Requester', 'RequestUnsupported', 'status-request-unsupported'],
          ['Requester', 'InvalidAttrNameOrValue', 'status-invalid-attribute'],
          ['Responder', 'NoAvailableIDP', 'status-no-idp'],
          ['Responder', 'NoSupportedIDP', 'status-no-idp'],
          ['Responder', 'NoPassive', 'status-other'],
          ['Responder', undefined, 'status-responder'],
          ['Requester', undefined, 'status-requester'],
          ['VersionMismatch', undefined, 'status-other'],
        ] as const
      ).flatMap(
        ([first, second, expected]) =>
          [
            [`${first} ${second ?? ''}`, expected, () => withoutAssertion(code(first, second))],
            [
              `${first} ${second ?? ''}, not signed`,
              expected,
              () => withoutAssertion(code(first, second), { signed: 'none' }),
            ],
          ] as const,
      ),
      ['success within a failure', 'status-other', () => withoutAssertion(code('Responder', 'Success'))],
      [
        'SPID: cancelled',
        'status-authn-failed',
        () => withoutAssertion(code('Responder', 'AuthnFailed', 'ErrorCode nr25')),
      ],
      [
        'SPID: no consent',
        'status-request-denied',
        () => withoutAssertion(code('Responder', 'AuthnFailed', 'ErrorCode nr22')),
      ],
      [
        'SPID: an error of ours',
        'status-request-unsupported',
        () => withoutAssertion(code('Requester', 'RequestUnsupported', 'ErrorCode nr11')),
      ],
      [
        'an error for another request',
        'irt',
        () => withoutAssertion(code('Responder', 'AuthnFailed'), { signed: 'none', fields: { inResponseTo: '_x' } }),
      ],
      [
        'an error that nobody asked for',
        'unsolicited',
        () => withoutAssertion(code('Responder'), { signed: 'none', fields: { inResponseTo: undefined } }),
      ],
      [
        'an error by another',
        'issuer',
        () => withoutAssertion(code('Responder'), { signed: 'none', fields: { responseIssuer: entities.otherIdp } }),
      ],
      [
        'an error with a signature by another',
        'sig-invalid',
        () => withoutAssertion(code('Responder'), { key: keys.other.privateKey }),
      ],
    ]),
    ...row('SP-10', [
      ['lower', 'loa-too-low', () => having({ level: loa.low })],
      ['higher', 'ok', () => having({ level: loa.high })],
      ['unknown', 'loa-too-low', () => having({ level: 'urn:unknown' }, { pending: { minimumLoa: 'none' } })],
      [
        'two statements',
        'count-authn-statement',
        () =>
          changed('<saml:AttributeStatement>', '<saml:AuthnStatement></saml:AuthnStatement><saml:AttributeStatement>'),
      ],
      ['no statement', 'count-authn-statement', () => changed(statement, '')],
      ['no context', 'count-authn-context', () => changed(/<saml:AuthnContext>.*<\/saml:AuthnContext>/s, '')],
      [
        'no class',
        'count-authn-context',
        () => changed(/<saml:AuthnContextClassRef>.*<\/saml:AuthnContextClassRef>/s, ''),
      ],
      [
        'two classes',
        'count-authn-context',
        () =>
          changed(
            '<saml:AuthnContextClassRef>',
            `<saml:AuthnContextClassRef>${loa.high}</saml:AuthnContextClassRef><saml:AuthnContextClassRef>`,
          ),
      ],
      [
        'two classes where the level stands elsewhere',
        'count-authn-context',
        () =>
          changed(
            '<saml:AuthnContextClassRef>',
            `<saml:AuthnContextClassRef>${loa.high}</saml:AuthnContextClassRef><saml:AuthnContextClassRef>`,
            assurance,
          ),
      ],
      ['not notified', 'not-notified', () => having({ level: loa.notNotified }, wanted({ needsNotified: true }))],
      ['not notified where that is borne', 'ok', () => having({ level: loa.notNotified })],
      ['notified', 'ok', () => having({}, wanted({ needsNotified: true }))],
      [
        'the best of an assurance attribute',
        'ok',
        () =>
          having(
            { attributes: attribute(assuranceName, 'urn:low', 'urn:high', 'urn:x') },
            { ...assurance, pending: { minimumLoa: 'high' } },
          ),
      ],
      [
        'too low in an assurance attribute',
        'loa-too-low',
        () => having({ attributes: attribute(assuranceName, 'urn:low') }, assurance),
      ],
      ['no assurance attribute', 'loa-too-low', () => having({ attributes: '' }, assurance)],
      [
        'no assurance attribute where none is needed',
        'ok',
        () => having({ attributes: '' }, { ...assurance, pending: { minimumLoa: 'none' } }),
      ],
    ]),
    ...row('SP-11', [
      ['before the request', 'stale-authn', () => having({ authnInstant: at(-91) })],
      ['before the request, inside skew', 'ok', () => having({ authnInstant: at(-90) })],
      [
        'before the request, which bore it',
        'ok',
        () => having({ authnInstant: at(-5000) }, { pending: { freshLogin: false } }),
      ],
      ['tomorrow', 'not-yet', () => having({ authnInstant: at(61) })],
      ['missing', 'time', () => changed(/ AuthnInstant="[^"]*"/, '')],
    ]),
    ...row('SP-12', [
      ...[names.identifier, names.family, names.given, names.birthDate].map(
        (name) =>
          [`without ${name.split('/').at(-1)!}`, 'attributes-missing', () => attributes(without(name))] as const,
      ),
      [
        'no statement',
        'attributes-missing',
        () => changed(/<saml:AttributeStatement>.*<\/saml:AttributeStatement>/s, ''),
      ],
      [
        'two statements',
        'count-attribute-statement',
        () => changed('</saml:Assertion>', '<saml:AttributeStatement></saml:AttributeStatement></saml:Assertion>'),
      ],
      ['twice', 'attribute-form', () => attributes(person, attribute(names.given, 'Eve'))],
      [
        'one that nobody asked for, twice',
        'attribute-form',
        () => attributes(person, attribute('urn:x', 'a'), attribute('urn:x', 'b')),
      ],
      ['two values', 'attribute-form', () => attributes(without(names.given), attribute(names.given, 'Ada', 'Eve'))],
      [
        'two values in the own script',
        'attribute-form',
        () => attributes(person.replace('<saml:AttributeValue>Ada</saml:AttributeValue>', native + native)),
      ],
      [
        'one value in each script',
        'ok',
        () => attributes(person.replace('<saml:AttributeValue>Ada<', `${native}<saml:AttributeValue>Ada<`)),
      ],
      ['an empty value', 'attributes-missing', () => attributes(without(names.given), attribute(names.given, ' '))],
      ['no value', 'attributes-missing', () => attributes(without(names.given), attribute(names.given))],
      [
        'a value without end',
        'attribute-form',
        () => attributes(without(names.given), attribute(names.given, 'a'.repeat(100_000))),
      ],
      ['an element in a value', 'attribute-form', () => attributes(person.replace('>Ada<', '>A<x>d</x>a<'))],
      [
        'an element in a value that nobody asked for',
        'ok',
        () =>
          attributes(
            person,
            '<saml:Attribute Name="urn:oid:1.3.6.1.4.1.5923.1.1.1.10"><saml:AttributeValue><saml:NameID>x</saml:NameID></saml:AttributeValue></saml:Attribute>',
          ),
      ],
      [
        'no Name',
        'attribute-form',
        () => attributes(person, '<saml:Attribute><saml:AttributeValue>x</saml:AttributeValue></saml:Attribute>'),
      ],
      [
        'an encrypted attribute',
        'enc-form',
        () => attributes(person, '<saml:EncryptedAttribute></saml:EncryptedAttribute>'),
      ],
      [
        'an attribute of another namespace',
        'enc-form',
        () => attributes(person, '<x:Attribute xmlns:x="urn:x" Name="a"></x:Attribute>'),
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
