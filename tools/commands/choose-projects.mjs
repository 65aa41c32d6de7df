/**
 * The projects that words on a command line mean: a folder (`libs/elmo`), a package name (`@emrex-gateway/elmo`) or its
 * last part (`elmo`). No word means all of them; words that mean none are handed back.
 *
 * @template {{ name: string, folder: string }} Project
 * @param {readonly Project[]} projects
 * @param {readonly string[]} words
 * @returns {{ chosen: readonly Project[], unknown: readonly string[] }}
 */
export function chooseProjects(projects, words) {
  if (words.length === 0) return { chosen: projects, unknown: [] }
  const isMeant =
    (/** @type {string} */ word) =>
    (/** @type {Project} */ { name, folder }) =>
      [name, folder, name.split('/')[1]].includes(word.replace(/\/$/, ''))
  return {
    chosen: projects.filter((project) => words.some((word) => isMeant(word)(project))),
    unknown: words.filter((word) => !projects.some(isMeant(word))),
  }
}
