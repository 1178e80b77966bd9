/** The address of the worker's file, as the build names it. */
// oxlint-disable-next-line import/default -- Vite makes the default export of `?worker&url`
import worker from './film.worker?worker&url'

export const WORKER_FILE = worker
