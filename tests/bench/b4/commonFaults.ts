/** The common faults in the browser: which calls fail, and how. */
import type { Call } from '../support/ask'
import type { Fault } from '../support/faults'

export const COMMON = ['answer_lost', 'duplicate', 'reorder', 'portal', '500', 'kill', 'two_tabs'] as const
export type Common = (typeof COMMON)[number]

const OF: Record<Common, Fault> = {
  answer_lost: 'answer_lost',
  duplicate: 'twice',
  reorder: 'late',
  portal: 'portal',
  '500': '500',
  kill: 'ok',
  two_tabs: 'answer_lost',
}

const isWrite = ({ method, url }: Call) => method !== 'GET' && !url.includes('/rpc/pull_changes')

/**
 * Returns the fault of each call until `mend`. A portal and a broken server last; other faults hit up to three
 * calls.
 */
export function planFaults(fault: Common, random: () => number) {
  let isOver = false
  let strikes = 3
  const lasts = fault === 'portal' || fault === '500'
  return {
    mend: () => void (isOver = true),
    faultOf: (asked: Call): Fault => {
      if (isOver || (!lasts && !isWrite(asked))) return 'ok'
      if (lasts) return OF[fault]
      if (strikes === 0 || random() < 0.3) return 'ok'
      strikes -= 1
      return OF[fault]
    },
  }
}
