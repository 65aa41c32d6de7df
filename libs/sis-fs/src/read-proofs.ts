import { SisError, type Notice, type SisContext } from '@emrex-gateway/core'
import { z } from 'zod'
import { proofsAnswer, type FsProof } from './fs-answers.js'
import type { FsClient } from './fs-client.js'
import { proofsQuery, type LanguageKeys } from './fs-queries.js'

// Of a hundred results each; nobody has that many.
const maxPages = 500

/** Reads competence proofs, in the family of language keys that this FS knows. */
export interface ProofReader {
  /** All proofs of one person, each once, in the order of FS. @throws {SisError} */
  read(person: string, context: SisContext, notices: Notice[]): Promise<readonly FsProof[]>
  /** Whether FS would answer; nobody's proofs are read. Gives the family that it knows. @throws {SisError} */
  probe(context: SisContext): Promise<LanguageKeys>
}

export function createProofReader(client: FsClient): ProofReader {
  const { organisasjonskode, institutionArgument, languageKeys, pageSize, descriptionCategories } = client.settings
  const texts = { categories: descriptionCategories, described: descriptionCategories.length > 0 }
  const families: readonly LanguageKeys[] = languageKeys === 'auto' ? ['mixed', 'new', 'old'] : [languageKeys]
  let known: LanguageKeys | undefined

  /** Tries the families in turn, and keeps to the one that was understood. FS refuses a query before it reads anything. */
  const understood = async <Answer>(ask: (keys: LanguageKeys) => Promise<Answer>): Promise<Answer> => {
    let refusal: unknown
    for (const keys of known === undefined ? families : [known, ...families.filter((one) => one !== known)])
      try {
        const answer = await ask(keys)
        known = keys
        return answer
      } catch (error) {
        if (!(error instanceof SisError) || error.kind !== 'unsupported') throw error
        refusal ??= error
      }
    throw refusal
  }

  const page = (variables: object, context: SisContext) =>
    understood((keys) =>
      client.ask(
        proofsQuery(keys, institutionArgument),
        { institution: organisasjonskode, first: pageSize, really: true, ...texts, ...variables },
        proofsAnswer,
        context,
      ),
    )

  return {
    async read(person, context, notices) {
      const proofs = new Map<string, FsProof>()
      let after: string | undefined
      for (let pages = 0; pages < maxPages; pages += 1) {
        const { nodes, pageInfo } = (await page({ person: [person], after }, context)).proofs
        for (const proof of nodes)
          if (proof === 'other kind') notices.push({ notice: 'type-unknown' })
          else proofs.set(proof.id, proof)
        if (!pageInfo.hasNextPage) return [...proofs.values()]
        // A page that leads to itself would be read for ever.
        if (pageInfo.endCursor === undefined || pageInfo.endCursor === after) break
        after = pageInfo.endCursor
      }
      throw new SisError('bad-data', 'the pages of FS do not end', { connection: client.connection })
    },
    async probe(context) {
      await understood((keys) => {
        const variables = { institution: organisasjonskode, first: 1, really: false, ...texts }
        return client.ask(proofsQuery(keys, institutionArgument), variables, z.object({}), context)
      })
      return known!
    },
  }
}
