export { fsSettings, type FsSettings } from './fs-settings.js'
export { fsSisPlugin } from './fs-sis-plugin.js'
export { eksternstudium, filesOf } from './eksternstudium.js'
