import type { OidcProfile } from '@emrex-gateway/identity-oidc'
import type { SamlProfile } from '@emrex-gateway/identity-saml'
import { beFas } from './be-fas.js'
import { czNia } from './cz-nia.js'
import { deBundId } from './de-bundid.js'
import { dkMitid } from './dk-mitid.js'
import { dkWayf } from './dk-wayf.js'
import { euMyAcademicId } from './eu-myacademicid.js'
import { fiHaka } from './fi-haka.js'
import { fiSuomiFi } from './fi-suomi-fi.js'
import { frFranceConnect } from './fr-franceconnect.js'
import { hrAaiEduHr } from './hr-aai-eduhr.js'
import { hrNias } from './hr-nias.js'
import { itCie } from './it-cie.js'
import { itSpid } from './it-spid.js'
import { nlDigid } from './nl-digid.js'
import { nlSurfconext } from './nl-surfconext.js'
import { noFeide } from './no-feide.js'
import { noIdPorten } from './no-id-porten.js'
import { plLoginGov } from './pl-login-gov.js'
import { plainOidc } from './plain-oidc.js'
import { plainSaml } from './plain-saml.js'
import { seSwamid } from './se-swamid.js'
import { seSwedenConnect } from './se-sweden-connect.js'

export type EidasProfile = SamlProfile | OidcProfile

/** Every profile there is, in the order of the documentation. A country is one file, named here. */
export const profiles: readonly EidasProfile[] = [
  hrNias,
  hrAaiEduHr,
  plLoginGov,
  seSwedenConnect,
  seSwamid,
  noIdPorten,
  noFeide,
  fiHaka,
  fiSuomiFi,
  dkWayf,
  dkMitid,
  nlSurfconext,
  nlDigid,
  deBundId,
  beFas,
  frFranceConnect,
  itSpid,
  itCie,
  czNia,
  euMyAcademicId,
  plainSaml,
  plainOidc,
]
