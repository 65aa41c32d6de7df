export { demoIdentityPlugin } from './demo-identity-plugin.js'
export { demoSettings, type DemoPerson, type DemoSettings } from './demo-settings.js'
