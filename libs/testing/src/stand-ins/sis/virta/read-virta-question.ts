import { parseXml, type XmlElement } from '@emrex-gateway/elmo'
import type { SisRequest } from '../start-sis-server.js'

/** A question to VIRTA as it reads it. */
export interface VirtaQuestion {
  readonly operation: 'OpiskelijanKaikkiTiedot' | 'Opintosuoritukset'
  readonly caller: { readonly system: string; readonly user: string; readonly key: string }
  readonly by: 'henkilotunnus' | 'kansallinenOppijanumero'
  readonly value: string
  readonly institution?: string
}

const soap = 'http://schemas.xmlsoap.org/soap/envelope/'
const luku = 'http://tietovaranto.csc.fi/luku'

const elementsOf = ({ children }: XmlElement) => children.filter((child) => typeof child !== 'string')
const textOf = ({ children }: XmlElement) => children.filter((child) => typeof child === 'string').join('')

/** The children of an element, which must be these, all in the namespace of the operations, in this order. */
function contentOf(parent: XmlElement, names: readonly string[]): readonly XmlElement[] {
  const found = elementsOf(parent)
  if (found.some(({ namespace }) => namespace !== luku)) throw new Error('an element of another namespace')
  const written = found.map(({ localName }) => localName)
  if (written.join() !== names.join()) throw new Error(`${parent.localName} holds ${written.join()}`)
  return found
}

/**
 * Reads a message with another parser than the one the plugin writes and reads with, and refuses what the schema does not
 * allow. @throws what is wrong with it
 */
export function readVirtaQuestion({ method, headers, body }: SisRequest): VirtaQuestion {
  if (method !== 'POST') throw new Error(`a question came by ${method}`)
  if (!/^text\/xml\b/.test(headers['content-type'] ?? '')) throw new Error('a question is text/xml')
  if (headers['soapaction'] !== '""') throw new Error('the action of a question is empty')
  const { root } = parseXml(body)
  const [soapBody] = elementsOf(root).filter(({ localName }) => localName === 'Body')
  if (root.namespace !== soap || root.localName !== 'Envelope' || soapBody?.namespace !== soap)
    throw new Error('this is no SOAP 1.1')
  const [request, ...others] = elementsOf(soapBody)
  const operation = /^(OpiskelijanKaikkiTiedot|Opintosuoritukset)Request$/.exec(request?.localName ?? '')?.[1]
  if (request?.namespace !== luku || operation === undefined || others.length > 0)
    throw new Error('there is no such operation')
  const [kutsuja, hakuehdot] = contentOf(request, ['Kutsuja', 'Hakuehdot'])
  const [system = '', user = '', key = ''] = contentOf(kutsuja!, ['jarjestelma', 'tunnus', 'avain']).map(textOf)
  const [by, organisaatio] = elementsOf(hakuehdot!)
  const names = [by?.localName ?? '', ...(organisaatio === undefined ? [] : ['organisaatio'])]
  contentOf(hakuehdot!, names)
  if (names[0] !== 'henkilotunnus' && names[0] !== 'kansallinenOppijanumero') throw new Error('asked by nothing')
  return {
    operation: operation as VirtaQuestion['operation'],
    caller: { system, user, key },
    by: names[0],
    value: textOf(by!),
    ...(organisaatio === undefined ? {} : { institution: textOf(organisaatio) }),
  }
}
