/** What the board of a selection says of its videos. */
import type { SelectionDesk, SelectionVideo } from '../../jury'

/** Points as people write them: «17.5». */
export const pointsOf = (mean: number): string => (Math.round(mean * 100) / 100).toString()

/** What a video waits for, or what became of it. */
export function standingOf({ state, chosen, judged, vacant, has_file }: SelectionVideo) {
  if (state === 'published') return 'published'
  if (chosen !== null) return chosen ? 'chosen' : 'left_out'
  if (judged) return 'judged'
  if (!has_file) return 'no_file'
  return vacant > 0 ? 'vacant' : 'waiting'
}

/** Those that may be chosen now: judged and not yet published. */
export const choosable = (videos: readonly SelectionVideo[]): SelectionVideo[] =>
  videos.filter(({ state, judged }) => state === 'accepted' && judged)

/** Whether a choice leaves the order of the points, so that the minutes need a reason. The server decides. */
export function leavesOrder(videos: readonly SelectionVideo[], chosen: ReadonlySet<string>): boolean {
  const isIn = ({ id, state }: SelectionVideo) => chosen.has(id) || state === 'published'
  const points = (are: boolean) =>
    videos.filter((one) => one.mean !== null && isIn(one) === are).map(({ mean }) => mean!)
  const [inside, outside] = [points(true), points(false)]
  if (inside.length + outside.length === 0) return false
  return inside.length === 0 || Math.max(...outside, -1) >= Math.min(...inside)
}

const LEAST_JURORS = 2

/** What a selection needs before it can be opened, and lacks. The server refuses it likewise. */
export const lacksOf = ({ criteria, jurors }: SelectionDesk): ('criteria' | 'jurors')[] => [
  ...(criteria.length === 0 ? ['criteria' as const] : []),
  ...(jurors.length < LEAST_JURORS ? ['jurors' as const] : []),
]

/** What the coordination can do now. */
export function nextAct(desk: SelectionDesk, vacant: number) {
  const { can_lead, version, closed_at, waits, videos } = desk
  if (!can_lead) return null
  if (version === 0) return lacksOf(desk).length > 0 ? null : 'open'
  if (closed_at) return null
  if (vacant > 0) return 'deal'
  return waits === 0 && videos.every(({ judged, state }) => judged || state !== 'accepted') ? 'close' : null
}
