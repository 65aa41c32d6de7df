import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

const waits = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const humanWaits = [1, 5, 15, 60, 300, 900, 1800, 5400, 86_400]

/**
 * Everything that is counted, by names from the settings, the tables of this software and the registry: never by anything
 * that a person or a stranger chooses. `docs/observability.md` tells each; a test holds the two together.
 */
export class Metrics {
  readonly registry = new Registry()

  readonly transfers = this.counter('transfers_total', 'Transfers and cases that came to a state', [
    ...['role', 'entry', 'state', 'code'],
  ])
  readonly stepSeconds = this.histogram('transfer_step_seconds', 'Time in a state, people included', humanWaits, [
    ...['role', 'entry', 'state'],
  ])
  readonly logins = this.counter('logins_total', 'Logins that ended, by outcome', ['role', 'entry', 'login', 'outcome'])
  readonly ncpAnswers = this.counter('ncp_answers_total', 'How transfers ended at each NCP that was asked', [
    ...['ncp', 'outcome'],
  ])
  readonly sisQuestions = this.counter('sis_questions_total', 'Questions to systems, by outcome', [
    ...['system', 'question', 'outcome'],
  ])
  readonly sisSeconds = this.histogram('sis_question_seconds', 'Time of a question, its repetitions included', waits, [
    ...['system', 'question'],
  ])
  readonly systemUp = this.gauge('system_up', '1 when the last look at a system was good', ['system'])
  readonly loginUp = this.gauge('login_up', '1 when a login is available', ['login'])
  readonly registryEntries = this.gauge('registry_entries', 'NCPs that are known')
  readonly registrySkipped = this.gauge('registry_skipped', 'Entries and lists that could not be used')
  readonly registryAge = this.gauge('registry_age_seconds', 'Age of the oldest list in use')
  readonly certificateDays = this.gauge('certificate_days_left', 'Days to the end: ours, and those of NCPs near it', [
    ...['use', 'name'],
  ])
  readonly deliveries = this.gauge('deliveries', 'Deliveries to systems by their state', ['entry', 'state'])
  readonly deliveryLag = this.gauge('delivery_lag_seconds', 'How long the oldest delivery that is due has waited', [
    'entry',
  ])
  readonly storeUp = this.gauge('store_up', '1 when the database answers and can be written')
  readonly ready = this.gauge('ready', '1 when this instance should be sent requests')
  readonly httpRequests = this.counter('http_requests_total', 'Answers, by route template', [
    ...['method', 'route', 'status'],
  ])
  readonly httpSeconds = this.histogram('http_request_seconds', 'Time to the end of the answer', waits, [
    ...['method', 'route'],
  ])
  readonly httpUnderWay = this.gauge('http_requests_under_way', 'Requests that wait for their answer')
  readonly slowBodies = this.counter('slow_bodies_total', 'Connections ended because a request came too slowly')
  readonly refused = this.counter('requests_refused_total', 'Requests that were sent away to come again later', [
    ...['why', 'what'],
  ])
  readonly limitFailures = this.counter('limit_store_failures_total', 'Times that the shared limits could not be asked')
  readonly retention = this.counter('retention_deleted_total', 'What was deleted because its time was over', ['kind'])
  readonly evidenceFaults = this.gauge('evidence_faults', 'Places where the chain of evidence does not hold', [
    ...['role', 'entry'],
  ])
  readonly keysReplaced = this.counter(
    'keys_replaced_total',
    'Keys and certificates taken into use without a restart',
    ['what'],
  )
  readonly keysRefused = this.gauge('keys_refused', '1 while a changed file of keys cannot be used', ['what'])
  readonly logFailures = this.counter('log_failures_total', 'Log lines that could not be written')
  readonly traceFailures = this.counter('trace_export_failures_total', 'Batches of spans that nobody took')
  readonly backgroundFailures = this.counter('background_failures_total', 'Rounds of periodic work that failed')

  constructor() {
    collectDefaultMetrics({ register: this.registry })
  }

  private counter(name: string, help: string, labelNames: string[] = []): Counter {
    return new Counter({ name: `emrex_${name}`, help, labelNames, registers: [this.registry] })
  }

  private gauge(name: string, help: string, labelNames: string[] = []): Gauge {
    return new Gauge({ name: `emrex_${name}`, help, labelNames, registers: [this.registry] })
  }

  private histogram(name: string, help: string, buckets: number[], labelNames: string[]): Histogram {
    return new Histogram({ name: `emrex_${name}`, help, buckets, labelNames, registers: [this.registry] })
  }
}
