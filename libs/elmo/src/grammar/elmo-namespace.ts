import { namespaces } from './namespaces.js'
import type { Release } from './releases.js'

/** The namespace of the documents of a release; 2.0.0 still has that of 1.x. */
export const elmoNamespace = (release: Release): string => (release === '2.1.1' ? namespaces.elmo2 : namespaces.elmo)
