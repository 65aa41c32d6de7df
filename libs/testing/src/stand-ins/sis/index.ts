export * from './start-sis-server.js'
export * from './virta/index.js'
