/**
 * The list of plugins with one more.
 *
 * @param {string} source of `plugins.ts`
 * @param {{ name: string, short: string, propertyName: string }} plugin
 */
export function addToPlugins(source, { name, short, propertyName }) {
  const list = /(export const sisPlugins\b[^=]*= \{)/
  const lastImport = source.lastIndexOf('\nimport ')
  const end = source.indexOf('\n', lastImport + 1)
  if (!list.test(source) || lastImport < 0) throw new Error('plugins.ts has another form: add the line by hand')
  const line = `import { ${propertyName}SisPlugin } from '@emrex-gateway/${name}'`
  const withImport = `${source.slice(0, end)}\n${line}${source.slice(end)}`
  return withImport.replace(list, `$1 '${short}': ${propertyName}SisPlugin,`)
}
