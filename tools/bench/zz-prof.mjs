import { startLoadTown } from './load/start-load-town.mjs'
const town = await startLoadTown({ transcript: process.argv[2] === 'yes', url: process.argv[3] })
for (let i = 0; i < 40; i++) await town.carry()
const sum = async () => (await town.usage())
const a = await sum()
const n = 80
const one = async (k) => { for (let i = 0; i < k; i++) await town.carry() }
await Promise.all([one(n/4), one(n/4), one(n/4), one(n/4)])
const b = await sum()
console.log('cpu per transfer', (b[0].cpuMs - a[0].cpuMs) / n, 'requests', b[0].requestMs.length / n)
await town.stop()
