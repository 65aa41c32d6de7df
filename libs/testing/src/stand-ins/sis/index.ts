export * from './start-sis-server.js'
export * from './usos/index.js'
export * from './refuse-handshakes.js'
export * from './ladok/index.js'
