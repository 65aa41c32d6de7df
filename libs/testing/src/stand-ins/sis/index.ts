export * from './start-sis-server.js'
export * from './fs/index.js'
