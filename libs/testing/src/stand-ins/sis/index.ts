export * from './start-sis-server.js'
export * from './refuse-handshakes.js'
export * from './ladok/index.js'
