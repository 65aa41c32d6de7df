/**
 * The lock file with one more package of the workspace, as `npm install` would write it. It brings nothing from outside.
 *
 * @param {string} lock
 * @param {string} folder
 * @param {{ name: string, version: string, license: string, dependencies: object, engines: object }} manifest
 */
export function addToLock(lock, folder, { name, version, license, dependencies, engines }) {
  const whole = JSON.parse(lock)
  whole.packages['apps/emrex-gateway'].dependencies = sorted({
    ...whole.packages['apps/emrex-gateway'].dependencies,
    [name]: version,
  })
  whole.packages = sorted({
    ...whole.packages,
    [folder]: { name, version, license, dependencies, engines },
    [`node_modules/${name}`]: { resolved: folder, link: true },
  })
  return `${JSON.stringify(whole, undefined, 2)}\n`
}

const sorted = (/** @type {Record<string, unknown>} */ list) =>
  Object.fromEntries(Object.entries(list).sort(([a], [b]) => a.localeCompare(b, 'en')))
