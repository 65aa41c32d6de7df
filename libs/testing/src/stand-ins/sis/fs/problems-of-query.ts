import {
  getDirectiveValues,
  GraphQLError,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type ValidationContext,
  type ValidationRule,
} from 'graphql'

/**
 * Fields that are marked with `@feature` do not exist for a client that does not send their flag.
 *
 * Not confirmed: that the real system says it in these words.
 */
function featureFlagRule(schema: GraphQLSchema, flags: ReadonlySet<string>): ValidationRule {
  const feature = schema.getDirective('feature')!
  return (context: ValidationContext) => ({
    Field(node) {
      const definition = context.getFieldDef()?.astNode
      const needed = definition && (getDirectiveValues(feature, definition)?.['flags'] as readonly string[] | undefined)
      if (needed?.some((flag) => !flags.has(flag)) === true)
        context.reportError(
          new GraphQLError(`Cannot query field "${node.name.value}" on type "${context.getParentType()?.name}".`, {
            nodes: node,
          }),
        )
    },
  })
}

/** Why this query is none for a client with these flags, by graphql-js; empty where it is one. */
export const problemsOfQuery = (
  schema: GraphQLSchema,
  document: DocumentNode,
  flags: readonly string[],
): readonly string[] =>
  validate(schema, document, [...specifiedRules, featureFlagRule(schema, new Set(flags))]).map(({ message }) => message)
