/** A university in Ladok. Its certificate alone tells Ladok which one it is. */
export interface LadokUniversity {
  readonly seat: 'first' | 'second'
  readonly code: string
  readonly larosateId: number
  readonly schac: string
  readonly title: string
  readonly titleEnglish?: string
  readonly url: string
}

export const ladokUniversities: readonly LadokUniversity[] = [
  {
    seat: 'first',
    code: 'NBU',
    larosateId: 901,
    schac: 'norrberg.example',
    title: 'Norrbergs universitet',
    titleEnglish: 'University of Norrberg',
    url: 'https://www.norrberg.example/',
  },
  {
    seat: 'second',
    code: 'SVH',
    larosateId: 902,
    schac: 'sundvik.example',
    title: 'Högskolan i Sundvik',
    url: 'https://www.sundvik.example/',
  },
]
