/**
 * The projects that words on a command line mean: a folder (`libs/elmo`), a package name (`@emrex-gateway/elmo`) or its
 * last part (`elmo`). No word means all of them.
 *
 * @template {{ name: string, folder: string }} Project
 * @param {readonly Project[]} projects
 * @param {readonly string[]} words
 * @returns {readonly Project[]}
 * @throws {Error} when a word means no project
 */
export function chooseProjects(projects, words) {
  if (words.length === 0) return projects
  const chosen = words.map((word) => {
    const asked = word.replace(/\/$/, '')
    const found = projects.find(({ name, folder }) => [name, folder, name.split('/')[1]].includes(asked))
    if (found === undefined)
      throw new Error(`no project "${word}"; there are: ${projects.map(({ folder }) => folder).join(', ')}`)
    return found
  })
  return [...new Set(chosen)]
}
