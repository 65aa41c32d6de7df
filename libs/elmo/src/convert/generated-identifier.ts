import type { Identifier } from '../model.js'

/**
 * The type of an identifier that nobody gave: ELMO 2 demands one for each result, many documents have none, and a
 * made-up `local` one would pass for a course code. Its value is where the result stands in the document.
 */
export const generatedIdentifierType = 'generated-position'

export const generateIdentifier = (place: string): Identifier => ({ type: generatedIdentifierType, value: place })

export const isGenerated = ({ type }: Identifier): boolean => type === generatedIdentifierType
