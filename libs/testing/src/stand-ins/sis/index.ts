export * from './start-sis-server.js'
export * from './sql/index.js'
