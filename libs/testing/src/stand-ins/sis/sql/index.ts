export * from './rows-of-population.js'
export * from './sql-words.js'
