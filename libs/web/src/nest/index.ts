export { AssetsController } from '../server/assets.controller.js'
export { LoginController } from '../server/login.controller.js'
export { ProblemFilter } from '../server/problem.filter.js'
export { WebModule } from '../server/web.module.js'
