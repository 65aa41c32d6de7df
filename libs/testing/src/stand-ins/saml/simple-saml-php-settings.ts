import { join } from 'node:path'

export interface SimpleSamlPhpFacts {
  readonly folder: string
  /** Of the unpacked package. */
  readonly program: string
  readonly origin: string
  /** Attributes by user name; the password is the user name. */
  readonly people: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  readonly level: string
  readonly service: {
    readonly entityId: string
    readonly consumerUrl: string
    /** Other addresses where it may want its answers. */
    readonly furtherConsumerUrls?: readonly string[]
    readonly logoutUrl: string
    readonly signingCertificate: string
    readonly encryptionCertificate?: string
  }
}

const php = (value: unknown): string => {
  if (typeof value === 'string') return `'${value.replace(/['\\]/g, '\\$&')}'`
  if (typeof value === 'boolean' || typeof value === 'number') return String(value)
  if (value === null) return 'null'
  const entries = Object.entries(value as object)
  return `[${entries.map(([key, one]) => `${/^\d+$/.test(key) ? key : php(key)} => ${php(one)}`).join(', ')}]`
}
const variable = (name: string, value: unknown): string => `<?php\n$${name} = ${php(value)};\n`
const packed = (pem: string): string => pem.replace(/-----[A-Z ]+-----|\s/g, '')

/** The files of a configuration, by path within it. */
export function simpleSamlPhpSettings(facts: SimpleSamlPhpFacts): Readonly<Record<string, string>> {
  const { folder, origin, service } = facts
  const at = (name: string): string => join(folder, name)
  return {
    'conf/config.php': variable('config', {
      baseurlpath: `${origin}/`,
      certdir: `${at('cert')}/`,
      loggingdir: `${at('log')}/`,
      datadir: `${at('data')}/`,
      tempdir: at('tmp'),
      metadatadir: at('conf/metadata'),
      attributenamemapdir: `${join(facts.program, '../../../etc/simplesamlphp/attributemap')}/`,
      secretsalt: 'a salt that protects nobody',
      'auth.adminpassword': 'nobody logs in here',
      technicalcontact_name: 'Nobody',
      technicalcontact_email: 'nobody@example.org',
      timezone: 'UTC',
      'enable.saml20-idp': true,
      'module.enable': { exampleauth: true, core: true, saml: true },
      'session.cookie.secure': false,
      'session.cookie.samesite': null,
      'language.cookie.secure': false,
      'language.default': 'en',
      'store.type': 'phpsession',
      'logging.level': 4,
      'logging.handler': 'file',
      'metadata.sources': { 0: { type: 'flatfile' } },
      'authproc.idp': {},
      'authproc.sp': {},
    }),
    'conf/authsources.php': variable('config', {
      people: {
        0: 'exampleauth:UserPass',
        ...Object.fromEntries(
          Object.entries(facts.people).map(([name, attributes]) => [`${name}:${name}`, attributes]),
        ),
      },
    }),
    'conf/metadata/saml20-idp-hosted.php': variable('metadata', {
      '__DYNAMIC:1__': {
        host: '__DEFAULT__',
        privatekey: 'idp.key',
        certificate: 'idp.pem',
        auth: 'people',
        'signature.algorithm': 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
        'saml20.sign.response': true,
        'saml20.sign.assertion': true,
        'validate.authnrequest': true,
        SingleSignOnServiceBinding: {
          0: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
          1: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
        },
        'sign.logout': true,
        'validate.logout': true,
        'assertion.encryption': service.encryptionCertificate !== undefined,
        'attributes.NameFormat': 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
        NameIDFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
        'simplesaml.nameidattribute': 'uid',
        authproc: {
          10: {
            class: 'saml:AttributeNameID',
            attribute: 'uid',
            Format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
          },
          20: { class: 'saml:AuthnContextClassRef', AuthnContextClassRef: facts.level },
          30: { class: 'core:AttributeLimit', default: false, ...without('uid', facts.people) },
        },
      },
    }),
    'conf/metadata/saml20-sp-remote.php': `<?php\n$metadata[${php(service.entityId)}] = ${php({
      AssertionConsumerService: Object.fromEntries(
        [service.consumerUrl, ...(service.furtherConsumerUrls ?? [])].map((Location, index) => [
          index,
          { index, Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', Location },
        ]),
      ),
      SingleLogoutService: {
        0: { Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', Location: service.logoutUrl },
      },
      NameIDFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      'validate.authnrequest': true,
      keys: {
        0: {
          type: 'X509Certificate',
          signing: true,
          encryption: false,
          X509Certificate: packed(service.signingCertificate),
        },
        ...(service.encryptionCertificate === undefined
          ? {}
          : {
              1: {
                type: 'X509Certificate',
                signing: false,
                encryption: true,
                X509Certificate: packed(service.encryptionCertificate),
              },
            }),
      },
    })};\n`,
  }
}

/** The list of all attributes but one, as the filter takes it. */
function without(name: string, people: SimpleSamlPhpFacts['people']): Readonly<Record<string, string>> {
  const names = [...new Set(Object.values(people).flatMap((attributes) => Object.keys(attributes)))]
  return Object.fromEntries(names.filter((one) => one !== name).map((one, index) => [String(index), one]))
}
