import { defaults, EmrexError, reasonOf, referenceOf, type LeasedJob, type NewJob } from '@emrex-gateway/core'
import { demandTryLeft } from '../job-retries.js'
import { dayMs, type RequestRecords } from './request-records.js'
import { isRequestIn } from './request-state.js'

export const reminderQueue = (entry: string): string => `reminder:${entry}`

interface ReminderPayload {
  readonly request: string
  /** When the next reminder is due, epoch milliseconds; absent for the last, and of jobs from before this was kept. */
  readonly next?: number
}

/** One job for each reminder that lies in the time of the request. */
export const reminderJobs = (
  entry: string,
  request: string,
  days: readonly number[],
  time: { readonly from: number; readonly until: number },
): NewJob[] =>
  [...new Set(days)]
    .map((left) => ({ left, runAt: time.until - left * dayMs }))
    .filter(({ runAt }) => runAt > time.from)
    .sort((one, other) => one.runAt - other.runAt)
    .map(({ left, runAt }, index, all) => {
      const next = all[index + 1]?.runAt
      const payload = { request, ...(next === undefined ? {} : { next }) } satisfies ReminderPayload
      return { queue: reminderQueue(entry), key: `${request}:${left}`, payload, runAt }
    })

/**
 * Reminds an applicant who has not used a link yet. The mail has a link of its own, because of the first one only a hash
 * is kept. It is sent at least once: a process that dies in between sends it again, with another link.
 */
export async function remind(requests: RequestRecords, job: LeasedJob): Promise<void> {
  const { host, api } = requests
  try {
    demandTryLeft(job, defaults.reminderMaxAttempts)
    const { request, next } = job.payload as unknown as ReminderPayload
    // After a long stop both are due: the applicant needs no two mails at once, and the next one says how long is left.
    if (next !== undefined && next <= requests.now) return await host.store.jobs.done(job)
    const record = await requests.load(request).catch((error: unknown) => {
      if (reasonOf(error) === 'REQUEST_UNKNOWN') return undefined
      throw error
    })
    if (host.mail === undefined || record === undefined || !isRequestIn(record, 'waiting'))
      return await host.store.jobs.done(job)
    const { email } = record.state.order.applicant
    if (email === undefined || !requests.isOffered(record.state)) return await host.store.jobs.done(job)
    const { handle, mark, token } = requests.newLink()
    // Attempts are few. None is taken back: a mail whose sending failed may have arrived all the same.
    const reminders = [...(record.state.reminders ?? []), mark]
    const daysLeft = Math.max(1, Math.round((record.expiresAt - requests.now) / dayMs))
    const { asker, purpose, language } = requests.asked(record.state)
    await requests.change(record, { ...record.state, reminders }, { effects: { handles: [handle] } })
    const mail = host.mail.write({ language, asker, purpose, daysLeft, link: requests.addressOf(token) })
    await host.mail.sender.send({ to: email, ...mail })
    // The applicant may have used a link while the mail was on its way.
    const now = await requests.load(request)
    const sent = { event: 'request.reminded', facts: { daysLeft }, effects: { finishJob: job } } as const
    await requests.change(now, now.state, sent)
  } catch (error) {
    if (error instanceof EmrexError && error.code === 'LEASE_LOST') return
    const reference = referenceOf(job.key)
    host.log.warn('reminder.failed', { entry: api.entry, reference, attempts: job.attempts, code: reasonOf(error) })
    // Nobody takes one up again: it is over, and goes with those that are done.
    if (job.attempts >= defaults.reminderMaxAttempts) return host.store.jobs.done(job)
    const retryAt = host.now().getTime() + defaults.webhookRetryMaxSeconds * 1000
    await host.store.jobs.fail(job, { code: reasonOf(error), retryAt })
  }
}
