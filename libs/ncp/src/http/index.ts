export { ncpHandler, type NcpHandler, type NcpHandlerOptions } from './ncp-handler.js'
export { ncpPageView } from '../nest/pages/ncp-page-view.js'
