/** How long a condition may take on a slow machine before a spec fails, and how often it is checked. */
export const PATIENCE = { timeout: 90_000, intervals: [100] }
