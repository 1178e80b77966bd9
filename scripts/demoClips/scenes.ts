/** What each clip of the demonstration draws, by the clip's key. `at` goes from 0 to 1. */
import type { Pen } from './pen'

type Scene = (pen: Pen, at: number) => void

/** How much of the part of the time from `from` to `to` has passed, from 0 to 1. */
const during = (at: number, from: number, to: number) => Math.min(1, Math.max(0, (at - from) / (to - from)))
/** Swings between -1 and 1, `times` times. */
const swing = (at: number, times: number) => Math.sin(at * times * Math.PI * 2)
const SHIRTS = ['#b23a48', '#2a6f97', '#7a5195', '#e09f3e', '#2f7d4f']
const shirt = (index: number) => SHIRTS[index % SHIRTS.length]!
const pop = (count: number, at: number, each: (index: number, grown: number) => void) => {
  for (let index = 0; index < count; index++) each(index, during(at, index / count, (index + 0.5) / count))
}

export const SCENES: Record<string, Scene> = {
  /** Neighbours say what they want, and the square gets it. */
  v01(pen, at) {
    pen.ground('#cfe8ef', '#e4cfa3', 20)
    const built = during(at, 0.55, 0.85)
    pen.tree(-60, 22, 34 * built)
    pen.tree(62, 22, 40 * built)
    if (built > 0) pen.house(-16, 22, 32, 30 * built, '#d8a25e')
    pop(3, at * 1.9, (index, grown) => {
      const x = (index - 1) * 52
      pen.person(x, 66, shirt(index), grown)
      pen.disc(x + 6, 14, 13 * grown, '#fff')
      pen.text('?!¡'.charAt(index), x + 6, 14, 16 * grown + 0.1, shirt(index))
    })
  },
  /** A roller paves the street while its cost is counted. */
  v02(pen, at) {
    pen.ground('#f3dfc1', '#8d7b68', 30)
    for (let index = -3; index < 4; index++)
      pen.house(
        index * 44 - 16,
        30,
        34,
        36 + ((index + 3) % 3) * 10,
        ['#e8b4a0', '#a9c5a0', '#e3c878'][(index + 3) % 3]!,
      )
    const x = -150 + at * 260
    pen.rect(-400, 42, 400 + x, 22, '#3c4043')
    pen.rect(x - 6, 22, 34, 18, '#e09f3e')
    pen.disc(x, 46, 13, '#5c636a')
    pen.disc(x + 26, 48, 10, '#5c636a')
    pen.rect(-62, -66, 124, 34, '#fff')
    pen.text(`$ ${Math.round(during(at, 0.1, 0.85) * 1284)} mil`, 0, -49, 19, '#16201f')
  },
  /** Of two bars, one keeps behind, and a note says why. */
  v03(pen, at) {
    pen.ground('#efe9f7', '#d9cdea', 52)
    const [promised, done] = [during(at, 0.05, 0.5) * 100, during(at, 0.1, 0.8) * 64]
    pen.rect(-62, 52 - promised, 40, promised, '#7a5195')
    pen.rect(-6, 52 - done, 40, done, '#2f7d4f')
    pen.text('prometido', -42, 61, 10, '#3b2a4d')
    pen.text('hecho', 14, 61, 10, '#3b2a4d')
    pen.path([-6, -48, 34, -48], 1.5, '#b23a48', during(at, 0.6, 0.7))
    pen.path([44, -46, 44, -14], 2.5, '#b23a48', during(at, 0.7, 0.8))
    if (at > 0.8) pen.text('falta esto', 62, -56, 11, '#b23a48')
  },
  /** Around a well, the bucket goes down and up, and the level is noted. */
  v04(pen, at) {
    pen.ground('#bfe3f2', '#b9c98a', 24)
    pen.disc(70, -54, 14, '#f6c445')
    pen.path([-26, 30, -26, -36, 26, -36, 26, 30], 5, '#6b4a2f')
    pen.shape([-40, -36, 0, -60, 40, -36], '#8c3b2e')
    const depth = (1 - Math.cos(at * Math.PI * 6)) * 18
    pen.path([0, -36, 0, depth], 2, '#3c3c3c')
    pen.rect(-8, depth, 16, 14, '#2a6f97')
    pen.rect(-32, 30, 64, 36, '#9a9184')
    pen.rect(-32, 30, 64, 6, '#c2b9ab')
    ;[-72, -52, 56, 76].forEach((x, index) =>
      pen.person(x, 66, shirt(index), Math.abs(swing(at + index / 7, 3))),
    )
  },
  /** The rules are written on one sheet, one by one. */
  v05(pen, at) {
    pen.ground('#35506b', '#2a3f55', 60)
    pen.rect(-48, -70, 96, 130, '#fdfaf0')
    pen.text('REGLAS', 0, -58, 13, '#35506b')
    pop(4, at * 1.15, (index, grown) => {
      const y = -36 + index * 26
      pen.path([-16, y - 3, 38, y - 3, 38, y + 5, -16, y + 5], 3, '#9aa7b5', grown)
      pen.path([-40, y, -35, y + 6, -25, y - 8], 4, '#2f7d4f', during(grown, 0.6, 1))
    })
    pen.disc(72, 36, 16, '#e09f3e')
    pen.text('✓', 72, 36, 20, '#fff')
  },
  /** From a hill without signal, somebody walks down to the town at night. */
  v06(pen, at) {
    const night = during(at, 0.3, 0.7)
    pen.ground(`rgb(${246 - night * 220} ${178 - night * 140} ${107 - night * 30})`, '#31572c', 40)
    pen.disc(40, -60 + at * 120, 18, '#fbe8a6')
    pen.shape([-400, 50, -120, -10, -60, 14, -10, -30, 60, 44, 400, 60], '#4f772d')
    pen.rect(-400, 40, 800, 300, '#31572c')
    for (let index = 0; index < 4; index++) {
      pen.house(26 + index * 22, 62 + (index % 2) * 6, 16, 14, '#d6ccc2')
      if (night > 0.6) pen.rect(31 + index * 22, 51 + (index % 2) * 6, 5, 5, '#ffe066')
    }
    const walked = during(at, 0.2, 0.8)
    pen.person(-50 + walked * 66, 36 + walked * 30, '#b23a48', Math.abs(swing(at, 6)) * 0.4)
    for (let bar = 0; bar < 4; bar++)
      pen.rect(-80 + bar * 7, -30 - bar * 5, 5, 8 + bar * 5, walked * 4 > bar + 0.5 ? '#fff' : '#0000003a')
  },
  /** A table of codes turns into bars that anybody can read. */
  v07(pen, at) {
    pen.ground('#e7f2ec', '#cfe3d8', 56)
    const turned = during(at, 0.4, 0.65)
    for (let row = 0; row < 5; row++) {
      const y = -58 + row * 23
      const value = [70, 118, 46, 92, 30][row]!
      pen.rect(-74, y, 148 - (148 - value) * turned, 17, turned > 0 ? shirt(row) : '#fff')
      if (turned === 0) pen.text(`3${row}1-${row * 7 + 11} · cap. 3000`, 0, y + 9, 10, '#5c636a')
      else if (turned === 1)
        pen.text(['agua', 'luz', 'papel', 'obra', 'viajes'][row]!, -48, y + 9, 11, '#fff')
    }
    if (at > 0.72) pen.disc(66, 34, 14 + swing(at, 4) * 2, '#f6c445')
    if (at > 0.72) pen.text('!', 66, 34, 18, '#16201f')
  },
  /** A letter goes, days of a calendar pass, an answer comes. */
  v08(pen, at) {
    pen.ground('#fbeed5', '#ecd3a1', 48)
    pen.rect(-30, -66, 60, 62, '#fff')
    pen.rect(-30, -66, 60, 14, '#b23a48')
    pen.text(String(1 + Math.floor(at * 15.9)), 0, -27, 30, '#16201f')
    pen.person(-70, 66, '#2a6f97', during(at, 0, 0.15))
    pen.house(42, 66, 46, 46, '#c9ada7')
    const [goes, comes] = [during(at, 0.08, 0.3), during(at, 0.75, 0.95)]
    const x = -56 + (goes - comes) * 110
    const y = 30 - Math.sin((goes - comes) * Math.PI) * 26
    if (goes === 1 && comes === 0) return
    pen.rect(x - 12, y - 8, 24, 16, comes > 0 ? '#d8f3dc' : '#fff')
    pen.path([x - 12, y - 8, x, y + 2, x + 12, y - 8], 1.5, '#5c636a')
  },
  /** A route through the blocks, with what was found on the pavements. */
  v09(pen, at) {
    pen.ground('#d9d4c7', '#d9d4c7', 0)
    for (let column = -6; column < 7; column++)
      for (let row = -2; row < 3; row++)
        pen.rect(column * 52 - 20, row * 44 - 16, 40, 32, (column + row) % 2 ? '#b7c9a8' : '#c8b8a0')
    const route = [-78, 66, -78, 22, -26, 22, -26, -22, 26, -22, 26, 22, 78, 22, 78, -66]
    pen.path(route, 5, '#2a6f97', at)
    ;[-78, 22, -26, -22, 26, 22, 78, -22].forEach((_, index, spots) => {
      if (index % 2 || at < 0.15 + index * 0.1) return
      const [x, y] = [spots[index]!, spots[index + 1]!]
      pen.disc(x, y, 10, index % 4 ? '#2f7d4f' : '#b23a48')
      pen.text(index % 4 ? '✓' : '!', x, y, 13, '#fff')
    })
  },
  /** Papers fall into three boxes, and the count grows. */
  v10(pen, at) {
    pen.ground('#e3ebf7', '#c3d0e6', 50)
    for (let box = 0; box < 3; box++) {
      const x = (box - 1) * 58
      const fall = (at * (5 + box) + box / 3) % 1
      pen.rect(x - 6, -66 + fall * 66, 12, 14, '#fff')
      pen.rect(x - 22, 0, 44, 50, shirt(box))
      pen.rect(x - 12, 2, 24, 4, '#16201f')
      pen.text(String(Math.floor(at * (5 + box) + box / 3)), x, 30, 20, '#fff')
    }
  },
  /** An advertisement, as the rules of the campaign exclude. */
  v11(pen, at) {
    pen.ground('#ffd6e0', '#ff9fb2', 44)
    const star = Array.from({ length: 32 }, (_, index) => {
      const turn = Math.floor(index / 2) * (Math.PI / 8) + at * 3
      const radius = Math.floor(index / 2) % 2 ? 40 : 56
      return index % 2 ? Math.sin(turn) * radius - 16 : Math.cos(turn) * radius
    })
    pen.shape(star, '#f6c445')
    pen.text('2×1', 0, -16, 38 + swing(at, 6) * 4, '#b23a48')
    ;[-66, -44, 44, 66].forEach((x, index) =>
      pen.rect(x - 9, 24 + swing(at + index / 5, 5) * 5, 18, 26, shirt(index + 1)),
    )
  },
  /** Four corners of a neighbourhood. */
  v12(pen, at) {
    pen.ground('#fff', '#fff', 0)
    const seen = Math.min(3, Math.floor(at * 4.2))
    ;['#a7d7a9', '#f6cf8d', '#a9c9ee', '#e5b0c6'].forEach((color, index) => {
      const [x, y] = [index % 2 ? 2 : -252, index < 2 ? -253 : 2]
      pen.rect(x, y, 250, 250, index <= seen ? color : '#e9ecef')
    })
    pen.tree(-58, -8, 44)
    pen.tree(-26, -8, 34)
    for (let stall = 0; stall < 3; stall++) {
      pen.rect(14 + stall * 24, -36, 18, 28, '#fdfaf0')
      pen.rect(12 + stall * 24, -44, 22, 9, shirt(stall))
    }
    pen.house(-66, 68, 50, 34, '#fdfaf0')
    pen.rect(28, 26, 5, 42, '#5c636a')
    pen.disc(30, 22, 10, '#2a6f97')
    const walked = during(at, 0, 0.98) * 4
    pen.person([-74, 78, -12, 60][seen]!, [-6, -6, 68, 68][seen]!, '#b23a48', Math.abs(swing(walked, 2)))
  },
}
