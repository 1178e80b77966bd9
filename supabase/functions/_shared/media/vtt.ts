/** Captions as a WebVTT file. */

/** From and until when it is shown, in ms, and its text on one or more lines. */
export interface Cue {
  at: number
  to: number
  text: string
}

const two = (value: number) => String(value).padStart(2, '0')

/** `01:02:03.450`. */
function stamp(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':')
  return `${clock}.${String(ms % 1000).padStart(3, '0')}`
}

/** Words that the format would read as marks are written as what they are; an empty line would end a caption. */
const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/\n{2,}/g, '\n')

export const vttOf = (cues: readonly Cue[]): string =>
  ['WEBVTT', ...cues.map(({ at, to, text }) => `${stamp(at)} --> ${stamp(to)}\n${escaped(text)}`)].join(
    '\n\n',
  ) + '\n'
