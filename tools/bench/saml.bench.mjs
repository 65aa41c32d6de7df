// How many answers of a SAML login are judged in a second, beside @node-saml/node-saml, and what memory that takes.
import { fork } from 'node:child_process'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { SAML } from '@node-saml/node-saml'
import { decodeBase64, decryptAssertion, validateResponse } from '@emrex-gateway/identity-saml'
import { makeThrowawaySigner, startMockIdp } from '@emrex-gateway/testing'
import { medianOf, mebibytes } from './figures.mjs'
import { machine } from './machine.mjs'
import { printTable } from './print-table.mjs'

/**
 * @typedef {object} Work
 * @property {'ours' | 'node-saml'} engine
 * @property {string} message base64, as a form carries it
 * @property {string} requestId
 * @property {number} now
 * @property {string} entityId
 * @property {string} idp entityID
 * @property {string} certificate of the login
 * @property {string} privateKey ours, to decrypt
 */

const callbackUrl = 'https://gateway.example/ncp/one/login/callback'
const rounds = Number(process.env['EMREX_BENCH_ROUNDS'] ?? 5)
const known = { source: 'invented' }

/** @type {import('@emrex-gateway/identity-saml').SamlProfile} */
const profile = {
  protocol: 'saml',
  id: 'bench',
  kind: 'eid',
  label: 'Bench',
  countries: ['NO'],
  request: { binding: 'post', signature: 'rsa-sha256', digest: 'sha256', forceAuthn: 'always', consumer: 'url' },
  response: {
    binding: 'post',
    signed: 'both',
    encrypted: 'allowed',
    signatures: ['rsa-sha256'],
    digests: ['sha256'],
    skewSeconds: 60,
    maxLifetimeSeconds: 900,
  },
  levels: [{ value: 'http://eidas.europa.eu/LoA/substantial', loa: 'substantial', known }],
  levelFrom: 'authn-context',
  attributes: [{ names: ['family'], gives: 'family-name', required: true, known }],
  minRsaBits: 2048,
  notes: [],
}

/**
 * One judgement; throws when the answer is not taken.
 *
 * @param {Work} work
 * @returns {() => Promise<void>}
 */
function judgeOf(work) {
  if (work.engine === 'node-saml') {
    const saml = new SAML({
      callbackUrl,
      issuer: work.entityId,
      audience: work.entityId,
      idpCert: work.certificate,
      entryPoint: 'https://idp.example/sso',
      wantAssertionsSigned: true,
      wantAuthnResponseSigned: true,
      acceptedClockSkewMs: -1,
      decryptionPvk: work.privateKey,
    })
    return async () => {
      const { profile: found } = await saml.validatePostResponseAsync({ SAMLResponse: work.message })
      if (found?.['family'] !== 'Nordmann') throw new Error('node-saml found somebody else')
    }
  }
  const idpKeys = [new X509Certificate(work.certificate).publicKey]
  const keys = [createPrivateKey(work.privateKey)]
  const policy = { aesCbc: false, oaepSha1: true, keyLength: false }
  const pending = {
    requestId: work.requestId,
    issuedAt: new Date(work.now),
    freshLogin: true,
    minimumLoa: /** @type {const} */ ('substantial'),
  }
  const context = {
    entityId: work.entityId,
    callbackUrl,
    idpEntityId: work.idp,
    idpKeys,
    decrypt: (/** @type {Parameters<typeof decryptAssertion>[0]} */ encrypted) =>
      decryptAssertion(encrypted, keys, policy),
  }
  return async () => {
    const outcome = validateResponse(decodeBase64(work.message), pending, profile, new Date(work.now), context)
    if (!outcome.ok) throw new Error(`refused: ${outcome.detail}`)
    if (outcome.facts.attributes.get('family')?.[0]?.text !== 'Nordmann') throw new Error('found somebody else')
  }
}

/** In a process of its own: a second to get warm, then so many in each round of a second. @param {Work} work */
async function measure(work) {
  const judge = judgeOf(work)
  const before = process.memoryUsage().rss
  const perSecond = []
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now()
    let count = 0
    for (; performance.now() - start < 1000; count++) await judge()
    if (round > 0) perSecond.push((count * 1000) / (performance.now() - start))
  }
  return { perSecond, grownBytes: process.resourceUsage().maxRSS * 1024 - before }
}

/** @param {Work} work @returns {Promise<Awaited<ReturnType<typeof measure>>>} */
async function inOwnProcess(work) {
  const child = fork(fileURLToPath(import.meta.url), ['judge'])
  child.send(work)
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${work.engine} ended without figures`)
  })
  const [figures] = await Promise.race([once(child, 'message'), ended])
  child.disconnect()
  return figures
}

if (process.argv[2] === 'judge') {
  const [work] = await once(process, 'message')
  process.send?.(await measure(work))
} else {
  console.log(machine())
  const entityId = 'https://gateway.example/saml'
  const ours = await makeThrowawaySigner()
  const idp = await startMockIdp({
    people: [{ id: 'ada', label: 'Ada', attributes: { family: 'Nordmann', given: 'Ada' } }],
  })
  try {
    const requestId = '_bench'
    const SAMLRequest = Buffer.from(
      `<q:AuthnRequest xmlns:q="urn:oasis:names:tc:SAML:2.0:protocol" ID="${requestId}" AssertionConsumerServiceURL="${callbackUrl}">` +
        `<Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">${entityId}</Issuer></q:AuthnRequest>`,
    ).toString('base64')
    /** @type {[string, Parameters<typeof idp.register>[1]][]} */
    const cases = [
      ['signed twice', {}],
      ['and encrypted: AES-256-GCM, RSA-OAEP with SHA-1', { encryptionCertificate: ours.certificate, oaepSha1: true }],
      ['and encrypted: AES-256-GCM, RSA-OAEP with SHA-256', { encryptionCertificate: ours.certificate }],
    ]
    const rows = []
    for (const [name, service] of cases) {
      idp.register(entityId, service)
      const { SAMLResponse: message = '' } = await idp.answer({ SAMLRequest }, 'ada')
      const work = {
        message,
        requestId,
        now: Date.now(),
        entityId,
        idp: idp.entityId,
        certificate: idp.certificate,
        privateKey: ours.privateKey,
      }
      const our = await inOwnProcess({ ...work, engine: 'ours' })
      // It has no RSA-OAEP with another digest than SHA-1.
      const isKnown = service.encryptionCertificate === undefined || service.oaepSha1 === true
      const their = isKnown ? await inOwnProcess({ ...work, engine: 'node-saml' }) : undefined
      const middle = (/** @type {readonly number[]} */ values) => Number(medianOf(values).split(' ')[0])
      rows.push([
        name,
        String(Buffer.byteLength(message)),
        medianOf(our.perSecond, 0),
        their === undefined ? 'not supported' : medianOf(their.perSecond, 0),
        their === undefined ? '' : (middle(our.perSecond) / middle(their.perSecond)).toFixed(2),
        mebibytes(our.grownBytes),
        their === undefined ? '' : mebibytes(their.grownBytes),
      ])
    }
    printTable(
      ['judged in a second', 'characters', 'ours', 'node-saml', 'ours / node-saml', 'memory, ours', 'node-saml'],
      rows,
    )
  } finally {
    await idp.close()
  }
}
