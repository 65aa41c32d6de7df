import type { SisRequest } from '../start-sis-server.js'

export type RestState = 'queued' | 'accepted' | 'partly'
interface RestReceipt {
  readonly id: string
  readonly state: RestState
  readonly reference: string
}
interface Part {
  readonly parts?: readonly Part[]
}
interface Body {
  readonly id: string
  readonly document: string
  readonly results: { readonly reports: readonly { readonly learningOpportunitySpecification?: readonly Part[] }[] }
}
const count = (results: readonly Part[] = []): number => results.reduce((sum, { parts }) => sum + 1 + count(parts), 0)

/** What was handed over to the system: each id once. */
export class RestDeliveries {
  readonly #kept = new Map<string, { readonly items: number; readonly document: Uint8Array }>()
  #next: 'well' | 'refused' | 'lost' | 'late' = 'well'
  #state: RestState = 'queued'

  /** How the next new delivery ends: refused, or kept while the answer about it is lost or comes too late. */
  nextIs(next: 'refused' | 'lost' | 'late'): void {
    this.#next = next
  }

  /** What every receipt says from now on. */
  say(state: RestState): void {
    this.#state = state
  }

  /** The receipt; the same for the same id. */
  take({ headers, body }: SisRequest): RestReceipt | 'refused' | 'lost' | 'late' {
    const { id, document, results } = JSON.parse(body.toString()) as Body
    if (headers['idempotency-key'] !== id) return 'refused'
    if (this.#kept.has(id)) return this.receiptOf(id)!
    const next = this.#next
    this.#next = 'well'
    if (next === 'refused') return next
    const items = results.reports.reduce((sum, report) => sum + count(report.learningOpportunitySpecification), 0)
    this.#kept.set(id, { items, document: Buffer.from(document, 'base64') })
    return next === 'well' ? this.receiptOf(id)! : next
  }

  receiptOf(id: string): RestReceipt | undefined {
    if (!this.#kept.has(id)) return undefined
    return { id, state: this.#state, reference: `R-${[...this.#kept.keys()].indexOf(id) + 1}` }
  }

  get kept(): readonly { readonly items: number; readonly document: Uint8Array }[] {
    return [...this.#kept.values()]
  }
}
