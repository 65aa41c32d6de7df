import { AsyncLocalStorage } from 'node:async_hooks'
import { context, SpanKind, SpanStatusCode, trace, type Attributes, type Context, type Span } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type SpanExporter,
} from '@opentelemetry/sdk-trace'
import type { OpenSpan, Tracing } from './tracing.js'

export interface TraceSettings {
  /** Where spans are posted to (OTLP over HTTP, JSON). */
  readonly endpoint: string
  /** Of so many requests: 1 = all. */
  readonly sampleRatio: number
  readonly serviceName: string
}

/**
 * Spans to an endpoint, in batches. Guaranteed: no request waits for the endpoint; one that is slow or away costs spans and
 * nothing else; nothing is taken from what a request says about traces of others, and nothing is said to other systems.
 */
export function startTracing(
  { endpoint, sampleRatio, serviceName }: TraceSettings,
  codeOf: (error: unknown) => string,
  failed: () => void,
): Tracing {
  const exporter = new OTLPTraceExporter({ url: endpoint, timeoutMillis: 5000, concurrencyLimit: 2 })
  const processor = new BatchSpanProcessor({
    exporter: counted(exporter, failed),
    scheduledDelayMillis: 2000,
    exportTimeoutMillis: 6000,
  })
  const provider = new TracerProvider({
    sampler: new TraceIdRatioBasedSampler(sampleRatio),
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    spanProcessors: [processor],
  })
  const tracer = provider.getTracer('emrex-gateway')
  // Of this gateway alone: an application around it may have a context of its own.
  const current = new AsyncLocalStorage<Context>()
  const begin = (name: string, kind: SpanKind, attributes: Attributes): [Span, Context] => {
    const parent = current.getStore() ?? context.active()
    const span = tracer.startSpan(name, { kind, attributes }, parent)
    return [span, trace.setSpan(parent, span)]
  }
  return {
    async span(name, attributes, work) {
      const [span, within] = begin(name, SpanKind.CLIENT, attributes)
      try {
        return await current.run(within, work)
      } catch (error) {
        span.setAttribute('error.type', codeOf(error))
        span.setStatus({ code: SpanStatusCode.ERROR })
        throw error
      } finally {
        span.end()
      }
    },
    open(name, work) {
      const [span, within] = begin(name, SpanKind.SERVER, {})
      const end: OpenSpan['end'] = (called, attributes, hasFailed) => {
        span.updateName(called).setAttributes(attributes)
        if (hasFailed) span.setStatus({ code: SpanStatusCode.ERROR })
        span.end()
      }
      current.run(within, () => work({ end }))
    },
    async stop() {
      await provider.shutdown().catch(failed)
    },
  }
}

/** The same exporter; counts what it could not bring, and throws nothing. */
function counted(exporter: SpanExporter, failed: () => void): SpanExporter {
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.error !== undefined) failed()
        // What the exporter says of it could name an address; nobody would read it.
        done({ code: result.code })
      })
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  }
}
