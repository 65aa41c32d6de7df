export { NcpModule } from './ncp.module.js'
export { ncpPageView } from './pages/ncp-page-view.js'
export type { PageContext } from './pages/page-context.js'
