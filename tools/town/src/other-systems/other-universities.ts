/** A university of the town whose records lie in a system of another kind, played by a stand-in with its real authentication. */
export interface OtherUniversity {
  readonly id: OtherUniversityId
  /** As the catalogue and the pages name it. */
  readonly title: string
  readonly country: string
  readonly system: string
  /** Whether results can be handed to it. */
  readonly takes: boolean
}

export type OtherUniversityId = 'norrberg' | 'pierwszy' | 'forste' | 'suomi' | 'views' | 'vendor'

export const otherUniversities: readonly OtherUniversity[] = [
  { id: 'norrberg', title: 'University of Norrberg', country: 'SE', system: 'Ladok', takes: true },
  { id: 'pierwszy', title: 'Uniwersytet Pierwszy', country: 'PL', system: 'USOS', takes: true },
  { id: 'forste', title: 'Universitetet i Første', country: 'NO', system: 'FS', takes: true },
  { id: 'suomi', title: 'Finland’s universities', country: 'FI', system: 'VIRTA', takes: false },
  { id: 'views', title: 'University of the Views', country: 'NO', system: 'SQL', takes: true },
  { id: 'vendor', title: 'Vendor University', country: 'SE', system: 'five HTTP calls', takes: true },
]

export const otherUniversity = (id: OtherUniversityId): OtherUniversity =>
  otherUniversities.find((university) => university.id === id)!
