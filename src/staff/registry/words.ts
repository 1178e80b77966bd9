/** The words of the registry's screens, and of the problems of a file. */
import { problemText as serverText } from '@/i18n/problems'
import messages from '@/i18n/es-MX/staffRegistry.json' with { type: 'json' }
import { translator } from '@/i18n/translator'
import type { Field } from './reader/columns'

export const t = translator(messages)

/** What a field of a body is called. */
export const FIELD_WORDS: Readonly<Record<Field, string>> = {
  name: t('field.name'),
  acronym: t('field.acronym'),
  class: t('field.class'),
  municipality: t('field.municipality'),
  active: t('field.active'),
  domains: t('field.domains'),
}

const FILE_WORDS: Readonly<Record<string, (detail: string) => string>> = {
  file_large: () => t('file.large'),
  file_empty: () => t('file.empty'),
  xlsx_bomb: () => t('file.bomb'),
  xlsx_broken: () => t('file.broken'),
  xls_old: () => t('file.old'),
  column_missing: (detail) => t('file.column_missing', { detail }),
  control_character: (detail) => t('file.control', { detail }),
  wrong_encoding: () => t('file.wrong_encoding'),
  quote_open: () => t('file.quote_open'),
  quote_misplaced: () => t('file.quote_misplaced'),
  row_width: (detail) => t('file.row_width', { detail }),
}

/** The words for a problem of a file, of a row or of a call. `detail` is what the reader says of it. */
export const problemText = (code: string, detail = ''): string =>
  FILE_WORDS[code]?.(detail) ?? serverText(code)
