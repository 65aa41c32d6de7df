// Loaded only when a page is asked for: it brings all that pages need.
export { renderStatistics } from '@emrex-gateway/web'
