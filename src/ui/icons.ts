/** The icons of the first load, on a grid of 24 with strokes of 1.9. `moreIcons.ts` has the others. */
import { shallowRef } from 'vue'
import type { MORE_ICONS } from './moreIcons'

const FIRST_ICONS = {
  back: 'M15 5l-7 7 7 7',
  chevron: 'M9 5l7 7-7 7',
  clock: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18ZM12 7.5V12l3.2 2.2',
  cloudOff: 'M3.5 3.5l17 17M8.2 8.1A4.6 4.6 0 0 0 7 17.5h10M18.9 16.5A4 4 0 0 0 17 9.6a5.6 5.6 0 0 0-6.2-3.2',
  home: 'M4 11l8-7 8 7v9h-5.5v-5.5h-5V20H4v-9Z',
  inbox: 'M4 13 6.5 5h11L20 13v6H4v-6ZM4 13h4.5l1.5 2.5h4l1.5-2.5H20',
  more: 'M5 7h14M5 12h14M5 17h14',
} as const

export type IconName = keyof typeof FIRST_ICONS | keyof typeof MORE_ICONS
type Drawings = Partial<Record<IconName, string>>

const more = shallowRef<Drawings>({})
let asked = false

/** The SVG path of an icon. Reactive: undefined until the later chunk has loaded. */
export function drawingOf(name: IconName): string | undefined {
  const drawing = (FIRST_ICONS as Drawings)[name] ?? more.value[name]
  if (!drawing && !asked) void loadMore()
  return drawing
}

async function loadMore(): Promise<void> {
  asked = true
  more.value = (await import('./moreIcons')).MORE_ICONS
}
