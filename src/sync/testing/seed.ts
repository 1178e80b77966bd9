/** The seed of every random run in the fault suites. `npm run test:faults -- --seeds N --seed N` sets seed and runs. */
export const SEED = Number(process.env['FAULT_SEED'] ?? Date.now() % 2 ** 31)

/** The number of runs: the one asked for, else `usual`. */
export const runs = (usual: number): number => Number(process.env['FAULT_SEEDS'] ?? usual)
