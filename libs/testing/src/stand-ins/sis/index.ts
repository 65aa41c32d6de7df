export * from './start-sis-server.js'
export * from './usos/index.js'
