import type { Attributes } from '@opentelemetry/api'

/** Spans around pieces of work. What is begun within the work of a span hangs below it. */
export interface Tracing {
  /** Runs the work within a span. A throw marks the span by the code of `codeOf`, never by its words. */
  span<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T>
  /** A span whose end comes by itself; `work` begins what belongs below it. */
  open(name: string, work: (span: OpenSpan) => void): void
  stop(): Promise<void>
}

export interface OpenSpan {
  end(name: string, attributes: Attributes, failed: boolean): void
}

const noSpan: OpenSpan = { end() {} }

/** No endpoint, no spans, no cost. */
export const noTracing: Tracing = {
  span: (_name, _attributes, work) => work(),
  open: (_name, work) => work(noSpan),
  stop: async () => {},
}
