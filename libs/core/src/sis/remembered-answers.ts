/** Reference data that a SIS rarely changes, such as course names and grade scales. Nothing about a person belongs in here. */
export class RememberedAnswers {
  readonly #answers = new Map<string, { readonly until: number; readonly answer: Promise<unknown> }>()

  constructor(
    private readonly now: () => Date,
    private readonly maxAnswers = 20_000,
  ) {}

  /** The answer of `ask`, asked once by all who want it at the same time, and again after `seconds`. A failure is not kept. */
  async through<Answer>(key: string, seconds: number, ask: () => Promise<Answer>): Promise<Answer> {
    const now = this.now().getTime()
    const known = this.#answers.get(key)
    if (known !== undefined && known.until > now) return known.answer as Promise<Answer>
    const answer = ask()
    this.#answers.delete(key)
    this.#answers.set(key, { until: now + seconds * 1000, answer })
    if (this.#answers.size > this.maxAnswers) this.#answers.delete(this.#answers.keys().next().value!)
    answer.catch(() => {
      if (this.#answers.get(key)?.answer === answer) this.#answers.delete(key)
    })
    return answer
  }
}
