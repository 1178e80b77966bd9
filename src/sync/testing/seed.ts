/** What every random run of the fault suites is drawn from: `npm run test:faults -- --seeds N --seed N` sets both. */
export const SEED = Number(process.env['FAULT_SEED'] ?? Date.now() % 2 ** 31)

/** How many runs: what was asked for, else what this property is worth in `npm test`. */
export const runs = (usual: number): number => Number(process.env['FAULT_SEEDS'] ?? usual)
