export * from './start-sis-server.js'
