import {
  assertionOf,
  buildResponse,
  fields,
  ns,
  placeBehindIssuer,
  responseOf,
  signElement,
  wrapped,
  type FactoryKeys,
} from '../saml-factory.js'

/** Who the attacker wants to be. */
const forgedName = `<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">mallory-1</saml:NameID>`

const signatureIn = (message: string): string => /<ds:Signature .*?<\/ds:Signature>/s.exec(message)![0]
const insertInto = (element: string, endTag: string, content: string): string =>
  `${element.slice(0, element.lastIndexOf(endTag))}${content}${element.slice(element.lastIndexOf(endTag))}`

/**
 * The eight classical ways to move what was signed aside and put something else in its place, with what each must be
 * called. `isEncrypted`: the forged part is an EncryptedAssertion. `key` is that of the identity provider.
 */
export function wrappings(
  keys: FactoryKeys,
  isEncrypted = false,
  forgedIds: { readonly response: string; readonly assertion: string } = {
    response: '_forged-r',
    assertion: '_forged-a',
  },
): readonly (readonly [name: string, expected: string, message: string])[] {
  const key = keys.idp.privateKey
  const forgedFields = fields({ responseId: forgedIds.response, assertionId: forgedIds.assertion, nameId: forgedName })
  const forgedPlain = assertionOf(forgedFields)
  const seal = (assertion: string): string => (isEncrypted ? wrapped(assertion) : assertion)
  const forgedAssertion = seal(forgedPlain)
  const forgedResponse = responseOf(forgedFields, forgedAssertion)

  const signedResponse = buildResponse(keys, { signed: 'response' })
  const responseSignature = signatureIn(signedResponse)
  const bareResponse = signedResponse.replace(responseSignature, '')

  const signedAssertion = signElement(assertionOf(fields()), { key })
  const assertionSignature = signatureIn(signedAssertion)
  const bareAssertion = signedAssertion.replace(assertionSignature, '')
  const around = (...content: string[]): string => responseOf(fields(), content.join(''))
  const carrying = (signature: string): string => seal(placeBehindIssuer(forgedPlain, signature))
  const object = (content: string): string => `<ds:Object>${content}</ds:Object>`
  const extensions = (content: string): string => `<samlp:Extensions>${content}</samlp:Extensions>`

  return [
    [
      'XSW1: the original Response in an Object of the signature of the forged one',
      'ds-object',
      placeBehindIssuer(forgedResponse, insertInto(responseSignature, '</ds:Signature>', object(bareResponse))),
    ],
    [
      'XSW2: the original Response beside its signature in the forged one',
      'responses',
      placeBehindIssuer(forgedResponse, bareResponse + responseSignature),
    ],
    ['XSW3: a forged assertion before the signed one', 'assertions', around(forgedAssertion, signedAssertion)],
    [
      'XSW4: a forged assertion around the signed one',
      'assertions',
      around(
        insertInto(forgedAssertion, isEncrypted ? '</saml:EncryptedAssertion>' : '</saml:Assertion>', signedAssertion),
      ),
    ],
    [
      'XSW5: a forged assertion with the signature, the original without it at the end',
      'assertions',
      around(carrying(assertionSignature), bareAssertion),
    ],
    [
      'XSW6: the original inside the signature of the forged one',
      'assertions',
      around(
        placeBehindIssuer(forgedPlain, insertInto(assertionSignature, '</ds:Signature>', bareAssertion)),
        isEncrypted ? forgedAssertion : '',
      ),
    ],
    ['XSW7: a forged assertion in Extensions', 'assertions', around(extensions(forgedAssertion), signedAssertion)],
    ['XSW7b: the original in Extensions', 'assertions', around(extensions(signedAssertion), forgedAssertion)],
    [
      'XSW8: the original in an Object of the signature of the forged one',
      'ds-object',
      around(
        placeBehindIssuer(forgedPlain, insertInto(assertionSignature, '</ds:Signature>', object(bareAssertion))),
        isEncrypted ? forgedAssertion : '',
      ),
    ],
  ]
}

/** An ArtifactResponse around a Response; whoever fetched it has verified what is around. */
export const artifactAround = (response: string): string =>
  `<samlp:ArtifactResponse xmlns:samlp="${ns.samlp}" ID="_artifact-1" Version="2.0">` +
  `<saml:Issuer xmlns:saml="${ns.saml}">https://idp.example.org/metadata</saml:Issuer>${response}</samlp:ArtifactResponse>`
