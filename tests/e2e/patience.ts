/** How long a condition may take on a slow machine before a spec gives up, and how often it is looked at. */
export const PATIENCE = { timeout: 30_000, intervals: [100] }
