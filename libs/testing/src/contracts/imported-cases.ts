import type { OpenedCase } from '../memory-case-desk.js'
import type { ImportTargetUnderTest } from './import-target.js'

/** What a recording host holds of a target whose mode is `case`, as the kit asks for it: read from the files for staff. */
export function importedCases(opened: readonly OpenedCase[]): Awaited<ReturnType<ImportTargetUnderTest['imported']>> {
  const counts = opened.map(({ files }) => {
    const text = files.find(({ name }) => name === 'results.json')?.text ?? '{"items":[]}'
    return (JSON.parse(text) as { readonly items: readonly unknown[] }).items.length
  })
  return {
    deliveries: opened.length,
    items: counts.reduce((sum, count) => sum + count, 0),
    documents: opened.map(({ delivery }) => delivery.document.xml),
  }
}
