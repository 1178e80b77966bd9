/** The words of a text as they are compared: without accents, by their Spanish stem and its sound. */
import { stemmer } from '@orama/stemmers/spanish'
import { fold, soundOf } from '@/domain/spelling'
import { STOP_WORDS } from './stopWords'

/** Pronouns that a verb carries, «digannos», «enseñenlos»: what remains is the verb. */
const ATTACHED = /(?<=[aei]n?|[aei]r)(?:nos|les|los|las|lo|la|le|se|me)$/u

/** Endings that the stemmer knows only with their accents, and that folded text lacks. */
const NOUN = /(?:acion|icion|ucion|cion|sion)(?:es)?$/u

/** Endings as people mistype them, and as the stemmer knows them. */
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/([ae])n[sz]ia(?=s?$)/u, '$1ncia'],
  [/([aeiou])[sz]ion(?=(?:es)?$)/u, '$1cion'],
]

/** The u of «publiquen» and «paguen», which «publicar» and «pagar» have not. */
const MUTE_U = /(?<=[gq])u$/u

const stems = new Map<string, string>()

function makeStem(typed: string): string {
  const word = ENDINGS.reduce((text, [ending, known]) => text.replace(ending, known), typed)
  const noun = word.length > 7 ? word.replace(NOUN, '') : word
  const bare = noun === word && word.length > 6 ? word.replace(ATTACHED, '') : noun
  const stem = noun === word ? stemmer(bare) : noun
  return soundOf(stem.replace(MUTE_U, ''))
}

/** The stem of a folded word, as it sounds: «reparación», «reparar» and «reparen» have the same. */
export function stemOf(word: string): string {
  let stem = stems.get(word)
  if (stem === undefined) stems.set(word, (stem = makeStem(word)))
  return stem
}

/** The words of a text that tell what it is about, folded, in their order and with repetitions. */
export const contentWords = (text: string): string[] =>
  fold(text).filter((word) => word.length > 2 && !STOP_WORDS.has(word))
