export * from './dialect.js'
export * from './large-attachment.js'
export * from './large-record.js'
export * from './population.js'
