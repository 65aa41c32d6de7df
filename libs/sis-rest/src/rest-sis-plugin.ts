import type { SisConnection, SisPlugin } from '@emrex-gateway/core'
import { checkSystem } from './check-system.js'
import { findPeople, listInstitutions } from './find-people.js'
import { openClient } from './open-client.js'
import { readAttachment } from './read-attachment.js'
import { readReports } from './read-reports.js'
import { restSettings, type RestSettings } from './rest-settings.js'
import { deliveryStatus, submitDelivery } from './submit-delivery.js'

/**
 * Any system that offers the calls of `openapi.yaml`: results as the JSON form of ELMO or as ELMO in XML, repaired where
 * it departs from the format in a plain way.
 *
 * Guaranteed: no fact about a person stands in an address (ids are opaque to us), in an error or in a log line; a system
 * that is down is an error of the call, never of the start.
 *
 * Spec: openapi.yaml of this package.
 */
export const restSisPlugin: SisPlugin<RestSettings> = {
  apiVersion: 1,
  name: 'sis-rest',
  config: restSettings,
  async create(settings, host, id): Promise<SisConnection> {
    const client = await openClient(settings, host, id)
    const findBy = settings.findBy.includes('birthDate') ? [...settings.findBy, 'name' as const] : settings.findBy
    return {
      id,
      ...(settings.source && {
        source: {
          can: { findBy, failed: true, inProgress: true },
          institutions: (context) => listInstitutions(client, context),
          find: (subject, context) => findPeople(client, settings, subject, context),
          reports: (enrolment, want, context) =>
            readReports(client, settings, enrolment, want, context, () => host.now()),
          openAttachment: (_enrolment, attachment, context) =>
            readAttachment(client, attachment, settings.attachmentMaxBytes, context),
        },
      }),
      ...(settings.target && {
        target: {
          can: { findBy, mode: 'structured' },
          match: (subject, context) => findPeople(client, settings, subject, context),
          submit: (delivery, context) => submitDelivery(client, delivery, context),
          status: (delivery, context) => deliveryStatus(client, delivery, context),
        },
      }),
      check: (context) => checkSystem(client, settings, context, host.now()),
      close: async () => {},
    }
  },
}
