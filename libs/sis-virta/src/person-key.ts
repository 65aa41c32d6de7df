import { nationalIdKind } from './national-id-kind.js'
import type { VirtaSearch } from './virta-client.js'

const oid = /^1\.2\.246\.562\.24\.\d{11}$/

/** A national learner OID (oppijanumero). Spec: wiki.eduuni.fi, "Mikä on oppijanumero?". */
export const isLearnerOid = (value: string): boolean => oid.test(value)

/** What VIRTA can be asked about somebody by, as an opaque key; the OID where there is one, because it says nothing else. */
export function personKeyOf(
  henkilotunnus: string | undefined,
  kansallinenOppijanumero: string | undefined,
): string | undefined {
  if (kansallinenOppijanumero !== undefined && isLearnerOid(kansallinenOppijanumero)) return kansallinenOppijanumero
  return henkilotunnus !== undefined && nationalIdKind(henkilotunnus) !== undefined ? henkilotunnus : undefined
}

export const searchOf = (key: string): VirtaSearch =>
  isLearnerOid(key) ? { kansallinenOppijanumero: key } : { henkilotunnus: key }
