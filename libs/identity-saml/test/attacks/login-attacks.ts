import type { LoaRule } from '@emrex-gateway/core'
import type { JudgeOptions } from '../judged.js'
import {
  at,
  attribute,
  entities,
  loa,
  names,
  ns,
  personAttributes,
  profileOf,
  type BuildOptions,
} from '../saml-factory.js'
import { row, type AttackCases } from './attack-case.js'
import { sayings, wanted } from './sayings.js'

const status = 'urn:oasis:names:tc:SAML:2.0:status:'
const code = (first: string, second?: string, message?: string): string =>
  `<samlp:StatusCode Value="${status}${first}">` +
  (second === undefined ? '' : `<samlp:StatusCode Value="${status}${second}"></samlp:StatusCode>`) +
  `</samlp:StatusCode>${message === undefined ? '' : `<samlp:StatusMessage>${message}</samlp:StatusMessage>`}`
const known = { source: 'invented for tests' }

/** 3.3 of the catalogue: how the login went, how strong it was, and what it says of the person. */
export const loginAttacks: AttackCases = (keys) => {
  const { say, having, changed } = sayings(keys)
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
  const statement = /<saml:AuthnStatement.*<\/saml:AuthnStatement>/s
  const native = `<saml:AttributeValue xmlns:n="${ns.eidas}" n:LatinScript="false">Ада</saml:AttributeValue>`

  return [
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
      ...(['Responder', 'Requester'] as const).map(
        (first) =>
          [
            `Sweden Connect: cancelled, ${first}`,
            'status-authn-failed',
            () =>
              withoutAssertion(
                code(first, 'AuthnFailed').replace(/[^"]*:AuthnFailed/, 'http://id.elegnamnden.se/status/1.0/cancel'),
              ),
          ] as const,
      ),
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
        'an error for another address',
        'destination',
        () =>
          withoutAssertion(code('Responder'), { signed: 'none', fields: { destination: 'https://evil.example.org/' } }),
      ],
      [
        'an error of another version',
        'version',
        () =>
          withoutAssertion(code('Responder'), {
            signed: 'none',
            edit: (message) => message.replace('Version="2.0"', 'Version="1.1"'),
          }),
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
      ['an empty Name', 'attribute-form', () => attributes(person, '<saml:Attribute Name=""></saml:Attribute>')],
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
  ]
}
