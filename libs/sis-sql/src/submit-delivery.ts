import { importItems, SisError, type Delivery, type Receipt, type SisContext } from '@emrex-gateway/core'
import { isDuplicate, sisErrorOf } from './sis-error-of.js'
import type { SqlViews } from './sql-views.js'

const states: readonly string[] = ['queued', 'accepted', 'partly', 'rejected'] satisfies Receipt['state'][]
const referenceLength = 12
const rowsPerInsert = 50

/**
 * Writes a delivery and its items into the import tables in one transaction. The primary key is the delivery's id:
 * writing it again, or at the same time, changes nothing and gives the receipt of the row that is there.
 *
 * @throws {SisError}
 */
export async function submitDelivery(views: SqlViews, delivery: Delivery, context: SisContext): Promise<Receipt> {
  const earlier = await deliveryStatus(views, delivery.id, context)
  if (earlier !== undefined) return earlier
  try {
    await insertDelivery(views, delivery, context)
  } catch (error) {
    if (!isDuplicate(error)) throw sisErrorOf(error, views.connection, 'writing')
  }
  const receipt = await deliveryStatus(views, delivery.id, context)
  if (receipt === undefined)
    throw new SisError('refused', 'the delivery was not kept', { connection: views.connection })
  return receipt
}

/** The receipt of a delivery as the SIS has it now; undefined when it knows none. @throws {SisError} */
export async function deliveryStatus(views: SqlViews, id: string, context: SisContext): Promise<Receipt | undefined> {
  const rows = await views.rows('import', context, (query) =>
    query.select(['delivery_id', 'state']).where('delivery_id', id),
  )
  const state = rows.find((row) => row.text('delivery_id') === id)?.text('state')
  if (state === undefined) return undefined
  if (!isState(state))
    throw new SisError('bad-data', 'the delivery has an unknown state', { connection: views.connection })
  return { id, state, reference: id.slice(0, referenceLength) }
}

const isState = (text: string): text is Receipt['state'] => states.includes(text)

async function insertDelivery(views: SqlViews, delivery: Delivery, context: SisContext): Promise<void> {
  const { owner, match, origin, document } = delivery
  // The server would break the connection off without a word, each time anew.
  if (document.xml.length > (await views.longestDocument(context)))
    throw new SisError('unsupported', 'the document is longer than the database takes: raise its max_allowed_packet', {
      connection: views.connection,
    })
  const withParent = (await views.columns('import_item', context)).has('parent_item_no')
  const items = importItems(document.elmo).map(({ parent_item_no, ...item }) => ({
    delivery_id: delivery.id,
    ...item,
    ...(withParent ? { parent_item_no } : {}),
  }))
  await views.transaction(context, async (transaction) => {
    await transaction(views.name('import')).insert({
      delivery_id: delivery.id,
      person_key: owner.person,
      received_at: origin.receivedAt,
      emp: origin.ncp,
      country: origin.country,
      // Nothing but a verified document can be delivered.
      signature: 'valid',
      match: match.verdict,
      state: 'queued' satisfies Receipt['state'],
      elmo_xml: Buffer.from(document.xml),
    })
    for (let from = 0; from < items.length; from += rowsPerInsert)
      await transaction(views.name('import_item')).insert(items.slice(from, from + rowsPerInsert))
  })
}
