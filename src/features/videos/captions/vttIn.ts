/**
 * Reads captions of a WebVTT file (W3C, 4) strictly: what a player would guess is refused with its line. Marks of voices and styles are
 * taken off, because only times and words are kept.
 */
import type { Cue } from '@/domain/video'
import { CUES_MAX, type LineTrouble, troublesOf } from './lines'

/** 600 lines of 200 letters and their times are less. */
export const VTT_MAX_BYTES = 512 * 1024
/** No caption that can be kept is near; a longer line costs more to read than it is worth. */
const LINE_MAX = 1000
const SHOWN_LINES_MAX = 8

type VttTrouble =
  LineTrouble | 'size' | 'bytes' | 'header' | 'none' | 'many' | 'times' | 'untimed' | 'arrow' | 'tag' | 'sign'

/** `line` is counted from 1; 0 for the whole file. */
export interface VttProblem {
  line: number
  code: VttTrouble
}

interface Block {
  /** Of its first line, counted from 1. */
  line: number
  lines: string[]
}
interface Placed {
  cue: Cue
  line: number
}

const TIME = /^(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})$/u
const TIMES = /^(\S+)[ \t]+-->[ \t]+(\S+)(?:[ \t].*)?$/u
const MARK = /<(\/?)([^>]*)>/gu
const KNOWN_MARK = /^(?:(?:c|i|b|u|v|ruby|rt|lang)(?:[.\s][^<]*)?|(?:\d{2,4}:)?[0-5]\d:[0-5]\d\.\d{3})?$/u
const SIGN = /&(#?\w+);/gu
const SIGNS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', nbsp: ' ', lrm: '', rlm: '' }

function msOf(text: string): number | null {
  const [, hours = '0', minutes, seconds, ms] = TIME.exec(text) ?? []
  return ms === undefined
    ? null
    : ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(ms)
}

/** The lines between empty ones. */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  let isIn = false
  for (const [at, line] of text.split(/\r\n|\n|\r/u).entries()) {
    if (line === '') isIn = false
    else if (isIn) blocks.at(-1)!.lines.push(line)
    else {
      blocks.push({ line: at + 1, lines: [line] })
      isIn = true
    }
  }
  return blocks
}

/** The words of one line without marks; or why it is refused. */
function wordsOf(line: string): { text: string } | { code: VttTrouble } {
  const marks = [...line.matchAll(MARK)]
  const bare = line.replace(MARK, '')
  if (marks.some(([, , name]) => !KNOWN_MARK.test(name!)) || bare.includes('<')) return { code: 'tag' }
  if ([...bare.matchAll(SIGN)].some(([, name]) => !Object.hasOwn(SIGNS, name!))) return { code: 'sign' }
  return { text: bare.replace(SIGN, (_, name: string) => SIGNS[name]!).trim() }
}

/** A comment, or looks that are not kept. */
const isAside = ([first = '']: string[]) => /^(?:NOTE(?:[ \t]|$)|(?:STYLE|REGION)[ \t]*$)/u.test(first)

function cueIn({ line, lines }: Block): Placed | VttProblem {
  const at = lines[0]!.includes('-->') ? 0 : 1
  const place = line + at
  if (!lines[at]?.includes('-->')) return { line, code: 'untimed' }
  const times = lines[at].length > LINE_MAX ? null : TIMES.exec(lines[at])
  const [from, to] = [msOf(times?.[1] ?? ''), msOf(times?.[2] ?? '')]
  if (from === null || to === null) return { line: place, code: 'times' }
  const shown = lines.slice(at + 1)
  const words: string[] = []
  for (const [index, one] of shown.entries()) {
    const here = place + 1 + index
    if (index >= SHOWN_LINES_MAX || one.length > LINE_MAX) return { line: here, code: 'long' }
    if (one.includes('-->')) return { line: here, code: 'arrow' }
    const found = wordsOf(one)
    if ('code' in found) return { line: here, ...found }
    words.push(found.text)
  }
  return { cue: { at: from, to, text: words.filter(Boolean).join('\n') }, line: place }
}

/** Every reason for which this file is refused, in its order; the captions when there is none. */
export function captionsIn(text: string, durationMs: number): { cues: Cue[]; problems: VttProblem[] } {
  const [header, ...blocks] = blocksOf(text.replace(/^\ufeff/u, ''))
  if (header?.line !== 1 || !/^WEBVTT(?:[ \t]|$)/u.test(header.lines[0]!))
    return { cues: [], problems: [{ line: 1, code: 'header' }] }
  const unread = header.lines.findIndex((line) => line.includes('-->'))
  if (unread > 0) return { cues: [], problems: [{ line: unread + 1, code: 'arrow' }] }
  const found = blocks.filter(({ lines }) => !isAside(lines)).map(cueIn)
  const placed = found.filter((one): one is Placed => 'cue' in one)
  const cues = placed.map(({ cue }) => cue)
  const problems = [
    ...found.filter((one): one is VttProblem => 'code' in one),
    ...troublesOf(cues, durationMs).flatMap((code, at) => (code ? [{ line: placed[at]!.line, code }] : [])),
  ].sort((a, b) => a.line - b.line)
  if (found.length === 0) problems.push({ line: 0, code: 'none' })
  if (found.length > CUES_MAX) problems.unshift({ line: 0, code: 'many' })
  return { cues: problems.length > 0 ? [] : cues, problems }
}

/** The same of a chosen file, which has to be UTF-8. */
export async function readVtt(file: Blob, durationMs: number): Promise<ReturnType<typeof captionsIn>> {
  const refused = (code: VttTrouble) => ({ cues: [], problems: [{ line: 0, code }] })
  if (file.size > VTT_MAX_BYTES) return refused('size')
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
    return captionsIn(text, durationMs)
  } catch {
    return refused('bytes')
  }
}
