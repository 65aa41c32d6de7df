export { virtaSisPlugin } from './virta-sis-plugin.js'
export { virtaSettings, type VirtaSettings } from './virta-settings.js'
export { finnishInstitutions, type NamedInstitution } from './finnish-institutions.js'
