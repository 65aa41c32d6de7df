import type { ConfigSchema } from '../plugin.js'
import type { SisContext } from '../ports/sis-plugin.js'
import { SisError } from '../sis-error.js'
import { askJson, type SystemCaller, type SystemQuestion } from './ask-system.js'

/** The form of an answer; a zod schema fits. */
export type AnswerForm<Answer> = ConfigSchema<Answer>

/**
 * Asks for an answer in JSON of a known form. What else it holds is passed over by the form, not by this.
 * @throws {SisError} those of `askJson`, and bad-data with the name of a field alone: values may be about a person
 */
export async function askForm<Answer>(
  caller: SystemCaller,
  question: SystemQuestion,
  form: AnswerForm<Answer>,
  context: Pick<SisContext, 'signal'>,
): Promise<Answer> {
  const { status, json } = await askJson(caller, question, context)
  return readForm(form, json, { connection: caller.connection, status })
}

/** An answer that is there already. @throws {SisError} bad-data with the name of a field alone */
export function readForm<Answer>(
  form: AnswerForm<Answer>,
  answer: unknown,
  info: { readonly connection: string; readonly status?: number },
): Answer {
  const outcome = form.safeParse(answer)
  if (outcome.success) return outcome.data
  // Keys of a record could be anything; names of fields are short words.
  const steps = outcome.error.issues[0]?.path.filter(
    (step) => typeof step === 'string' && /^[A-Za-z_]{1,40}$/.test(step),
  )
  throw new SisError('bad-data', `the answer of the system has another form (${(steps ?? []).join('.')})`, info)
}
