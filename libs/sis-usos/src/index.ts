export { usosSisPlugin } from './usos-sis-plugin.js'
export { usosSettings, type UsosSettings } from './usos-settings.js'
export { filesOf } from './files-of.js'
