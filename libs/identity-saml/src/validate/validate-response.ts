import { createHash } from 'node:crypto'
import type { Element } from '@xmldom/xmldom'
import type { SamlProfile } from '../profile.js'
import { demand, SamlRefusal } from '../saml-refusal.js'
import type { SignaturePolicy } from '../signature/check-structure.js'
import { verifySignature } from '../signature/verify-signature.js'
import { attributeOf, childrenNamed, isNamed } from '../xml/elements.js'
import { namespaces } from '../xml/namespaces.js'
import { parseStrict, type StrictDocument } from '../xml/parse-strict.js'
import { assertionChecks, conditionsOf, confirmationOf } from './assertion-checks.js'
import { findDecrypted, findMessage, type Message } from './find-message.js'
import { instant } from './instant.js'
import { parseDecrypted } from './parse-decrypted.js'
import { readLogin } from './read-login.js'
import { readAttributes, readNameId } from './read-person.js'
import { errorChecks, responseChecks } from './response-checks.js'
import type {
  AssertedFacts,
  EmbeddedResponse,
  PendingRequest,
  ResponseContext,
  ResponseOutcome,
} from './response-outcome.js'
import { responseStatus } from './response-status.js'
import type { ResponseScene } from './scene.js'

/**
 * Judges the answer to a login. Success says that the identity provider that was asked signed these facts, for us, in
 * answer to this request, and that they hold at `now`; each is read from the signed bytes alone. Whether the assertion is
 * seen for the first time is the caller's to know: `assertionId` with `issuer` must be accepted once.
 *
 * Pure: it reads no clock, no file and no network.
 *
 * Spec: SAML 2.0 Profiles, 4.1.4; eIDAS SAML Message Format 1.4.
 */
export function validateResponse(
  source: Uint8Array | string | EmbeddedResponse,
  pending: PendingRequest,
  profile: SamlProfile,
  now: Date,
  context: ResponseContext,
): ResponseOutcome {
  const signed: StrictDocument[] = []
  try {
    const facts = judge(source, { pending, profile, now: now.getTime(), context }, signed)
    return { ok: true, facts }
  } catch (error) {
    if (!(error instanceof SamlRefusal)) throw error
    const { reason, detail, attributes } = error
    return { ok: false, reason, detail, isAuthentic: signed.length > 0, ...(attributes.length > 0 && { attributes }) }
  }
}

type Asked = Omit<ResponseScene, 'response' | 'isResponseSigned'>

/** `signed` gets each document whose signature holds, as soon as it does. */
function judge(source: Uint8Array | string | EmbeddedResponse, asked: Asked, signed: StrictDocument[]): AssertedFacts {
  const message = open(source)
  const response = verifyResponse(message, asked, signed)
  const scene = { ...asked, response: response ?? message.response, isResponseSigned: response !== undefined }

  const status = responseStatus(scene.response)
  if (status !== undefined) {
    for (const check of errorChecks) check(scene)
    throw new SamlRefusal(status)
  }
  const wanted = asked.profile.response.signed
  demand(scene.isResponseSigned || (wanted !== 'response' && wanted !== 'both'), 'unsigned')
  for (const check of responseChecks) check(scene)
  const assertion = verifyAssertion(message, scene, signed)
  const whole = { ...scene, assertion }
  for (const check of assertionChecks) check(whole)

  const attributes = readAttributes(assertion, asked.profile.attributes)
  const nameId = readNameId(assertion, asked.profile)
  const ends = [confirmationOf(assertion), conditionsOf(assertion)].map((element) =>
    instant(attributeOf(element, 'NotOnOrAfter')),
  )
  return {
    issuer: asked.context.idpEntityId,
    assertionId: readId(assertion),
    ...(nameId === undefined ? {} : { nameId }),
    attributes,
    ...readLogin(whole, attributes),
    notOnOrAfter: new Date(Math.max(...ends)),
    evidence: createHash('sha256').update(signed[0]!.text).digest('hex'),
  }
}

/** Without it, nobody could tell that an assertion was seen before. */
function readId(assertion: Element): string {
  const id = attributeOf(assertion, 'ID')
  demand(id !== undefined && id !== '', 'assertion-id')
  return id
}

function open(source: Uint8Array | string | EmbeddedResponse): Message {
  if (typeof source !== 'string' && 'document' in source) return findMessage(source.document, source.response)
  const document = parseStrict(source)
  return findMessage(document, document.root)
}

const isSigned = (element: Element): boolean => childrenNamed(element, namespaces.signature, 'Signature').length > 0

const policyOf = ({ response, minRsaBits }: SamlProfile): SignaturePolicy => ({
  signatures: response.signatures,
  digests: response.digests,
  minRsaBits,
})

/** The signed Response; undefined, when it has no signature. A signature that is there must hold, wanted or not. */
function verifyResponse(message: Message, asked: Asked, signed: StrictDocument[]): Element | undefined {
  if (!isSigned(message.response)) return undefined
  const trusted = verifySignature(message.document, message.response, asked.context.idpKeys, policyOf(asked.profile))
  signed.push(trusted)
  return trusted.root
}

/** The assertion out of signed bytes: its own, or those of the Response. */
function verifyAssertion(message: Message, scene: ResponseScene, signed: StrictDocument[]): Element {
  const { context, isResponseSigned, profile } = scene
  const { signed: wanted, encrypted } = profile.response
  const given = ['Assertion', 'EncryptedAssertion'].flatMap((name) =>
    childrenNamed(scene.response, namespaces.assertion, name),
  )[0]
  demand(given !== undefined, 'assertions')
  const isEncrypted = isNamed(given, namespaces.assertion, 'EncryptedAssertion')
  demand(isEncrypted || encrypted !== 'required', 'unencrypted')
  const document = isEncrypted ? parseDecrypted(context.decrypt(given, isResponseSigned), given) : message.document
  const element = isEncrypted ? findDecrypted(document) : message.assertion!
  if (isSigned(element)) {
    const trusted = verifySignature(document, element, context.idpKeys, policyOf(profile))
    signed.push(trusted)
    return trusted.root
  }
  demand(wanted !== 'assertion' && wanted !== 'both', 'unsigned')
  demand(isResponseSigned, 'unsigned')
  return isEncrypted ? element : given
}
