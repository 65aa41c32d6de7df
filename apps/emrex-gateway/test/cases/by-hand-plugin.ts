import { caseTarget, importItems, type Delivery, type SisPlugin } from '@emrex-gateway/core'
import { sqlSisPlugin, type SqlSettings } from '@emrex-gateway/sis-sql'

/** A SIS into which nobody can write, loaded by its path as a plugin from outside: it reads as an SQL system does. */
const byHandPlugin: SisPlugin<SqlSettings> = {
  ...sqlSisPlugin,
  name: 'by-hand',
  async create(settings, host, id) {
    const system = await sqlSisPlugin.create(settings, host, id)
    const { can, match } = system.target!
    const files = ({ document }: Delivery) => [
      { name: 'annan-merit.json', mediaType: 'application/json', text: annanMerit(document.elmo) },
    ]
    return { ...system, target: caseTarget({ connection: id, host, can, match, remark: 'EMREX', files }) }
  },
}
export default byHandPlugin

const annanMerit = (elmo: Delivery['document']['elmo']): string =>
  JSON.stringify({ merits: importItems(elmo).map(({ title, credits }) => ({ title, credits })) })
