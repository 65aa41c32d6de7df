export * from './start-sis-server.js'
export * from './rest/index.js'
