import { readForm, type Delivery, type Receipt, type SisContext } from '@emrex-gateway/core'
import { toJson, type ElmoJson } from '@emrex-gateway/elmo'
import { z } from 'zod'
import { askCall, askFor, parsedJson } from './ask-call.js'
import type { RestClient } from './open-client.js'

const receipt = z.object({
  state: z.enum(['queued', 'accepted', 'partly', 'rejected']),
  reference: z.string().min(1).max(100).optional(),
  reason: z.string().min(1).max(100).optional(),
})

/** What is handed over: the document as it was received and verified, and the same results as JSON without attachments. */
export interface DeliveryBody {
  readonly id: string
  readonly enrolment: string
  readonly match: Delivery['match']
  readonly origin: Delivery['origin']
  /** Base64. */
  readonly document: string
  readonly results: ElmoJson
}

export function deliveryBody({ id, owner, match, origin, document }: Delivery): DeliveryBody {
  const { attachments: _outer, reports, ...elmo } = document.elmo
  const plain = { ...elmo, reports: reports.map(({ attachment: _files, ...report }) => report) }
  return {
    id,
    enrolment: owner.person,
    match,
    origin,
    document: Buffer.from(document.xml).toString('base64'),
    results: toJson(plain),
  }
}

/** Hands a delivery over; its id is the key by which the system knows it again. @throws {SisError} */
export async function submitDelivery(client: RestClient, delivery: Delivery, context: SisContext): Promise<Receipt> {
  const answer = await askFor(
    client,
    {
      path: 'deliveries',
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': delivery.id },
      body: JSON.stringify(deliveryBody(delivery)),
    },
    receipt,
    context,
  )
  return receiptOf(delivery.id, answer)
}

/** The receipt as the system has it now; undefined where it knows no such delivery. @throws {SisError} */
export async function deliveryStatus(
  client: RestClient,
  id: string,
  context: SisContext,
): Promise<Receipt | undefined> {
  const path = `deliveries/${encodeURIComponent(id)}`
  const { status, body } = await askCall(client, { path, reads: [404] }, context)
  if (status === 404) return undefined
  return receiptOf(
    id,
    readForm(receipt, parsedJson(body, client.connection, status), { connection: client.connection, status }),
  )
}

const receiptOf = (id: string, { state, reference, reason }: z.output<typeof receipt>): Receipt => ({
  id,
  state,
  ...(reference === undefined ? {} : { reference }),
  ...(reason === undefined ? {} : { reason }),
})
