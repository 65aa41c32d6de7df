/** From a specification to the instance, in a document. */
export const instancePath = 'specifies/learningOpportunityInstance'
