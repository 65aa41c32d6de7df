import { judge, verdict, type JudgeOptions } from '../judged.js'
import { buildResponse, profileOf, type BuildOptions, type FactoryKeys, type MessageFields } from '../saml-factory.js'

/** Ways to build a message with one thing changed and to hear what is said of it. */
export function sayings(keys: FactoryKeys) {
  const say = (options: BuildOptions, judged: JudgeOptions = {}): string =>
    verdict(judge(keys, buildResponse(keys, options), judged))
  const having = (fields: Partial<MessageFields>, judged: JudgeOptions = {}): string => say({ fields }, judged)
  const changed = (from: string | RegExp, to: string, judged: JudgeOptions = {}): string =>
    say(
      {
        editAssertion: (assertion) => {
          const edited = assertion.replace(from, () => to)
          if (edited === assertion) throw new Error('nothing was changed')
          return edited
        },
      },
      judged,
    )
  return { say, having, changed }
}

/** Where the profile wants another thing of the answer than the factory's does. */
export const wanted = (response: Parameters<typeof profileOf>[0]): JudgeOptions => ({ profile: profileOf(response) })

/** Puts something into Extensions of a Response. */
export const extensions = (content: string) => (response: string) =>
  response.replace('<samlp:Status>', () => `<samlp:Extensions>${content}</samlp:Extensions><samlp:Status>`)
