import { parse } from 'graphql'
import { fsSchema, type FsLanguageKeys } from './fs-schema.js'
import { problemsOfQuery } from './problems-of-query.js'

/** Why the stand-in would refuse a query, by graphql-js; empty where it would not. @throws where it is no GraphQL. */
export const problemsOfFsQuery = (
  query: string,
  {
    languageKeys = 'mixed' as FsLanguageKeys,
    flags = ['beta', 'experimental'] as readonly string[],
    institutionArgument = 'eierOrganisasjonskode',
  } = {},
): readonly string[] => problemsOfQuery(fsSchema(languageKeys, institutionArgument), parse(query), flags)
