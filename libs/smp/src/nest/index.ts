export { SmpModule } from './smp.module.js'
export { smpPageView } from './pages/smp-page-view.js'
export { staffPageView } from './pages/staff-page-view.js'
export type { PageContext } from './pages/page-context.js'
