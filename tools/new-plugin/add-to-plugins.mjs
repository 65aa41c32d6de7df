/**
 * The list of plugins with one more.
 *
 * @param {string} source of `plugins.ts`
 * @param {{ name: string, short: string, propertyName: string }} plugin
 */
export function addToPlugins(source, { name, short, propertyName }) {
  const list = /(export const sisPlugins\b[^=]*= \{)/
  if (!list.test(source)) throw new Error('plugins.ts has another form: add the line by hand')
  return source.replace(
    list,
    `$1 '${short}': async () => (await import('@emrex-gateway/${name}')).${propertyName}SisPlugin,`,
  )
}
