/** How the outcome of an answer looks wherever it stands: its drawing, and the tone of its chip. */
export const OUTCOME_LOOK = {
  accepted: ['checkCircle', 'good'],
  partly: ['check', 'info'],
  not_now: ['clock', 'quiet'],
  no: ['stop', 'quiet'],
} as const
