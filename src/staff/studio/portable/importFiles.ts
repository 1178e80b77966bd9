/** The files that a campaign brings, checked and cleaned as the studio does with a file that somebody chooses. */
import type { PortableFile } from '@/domain/portableCampaign'
import { problemText } from '@/i18n/problems'
import { FileProblem } from '@/staff/files/fileProblem'
import { type Prepared, prepareFile } from '@/staff/files/prepare'
import { fileItemsOf, fromBase64, isAsset } from './assets'
import { t } from './words'

interface Named {
  title: string
  /** The id in the campaign's file. */
  from: string
}

export interface BroughtFile extends Named {
  /** The id here, made once, so that a repeated call announces no second file. */
  id: string
  prepared: Prepared
}

/** `why`: in words. */
export interface RefusedFile extends Named {
  why: string
}

export interface Brought {
  files: BroughtFile[]
  refused: RefusedFile[]
}

/** The bytes of a file as they would be here, or in words why it cannot be. `kinds`: of the items that name it. */
async function prepare(file: PortableFile, id: string, kinds: readonly string[]): Promise<Prepared | string> {
  const asset = file.assets?.find((one) => one.id === id)
  const text = asset && file.files?.[asset.sha256]
  if (!asset || !text) return t('assets.absent')
  const bytes = fromBase64(text)
  if (!bytes || !isAsset(asset, bytes)) return t('assets.changed')
  try {
    const prepared = await prepareFile(new Blob([bytes]))
    return kinds.every((kind) => kind === prepared.kind) ? prepared : problemText('file_type')
  } catch (error) {
    if (error instanceof FileProblem) return problemText(error.code)
    throw error
  }
}

/** Every file that an item names is in one of the two lists, once. */
export async function readFiles(file: PortableFile): Promise<Brought> {
  const brought: Brought = { files: [], refused: [] }
  const items = fileItemsOf(file)
  for (const from of new Set(items.map((item) => item.file))) {
    const own = items.filter((item) => item.file === from)
    const named = { title: own[0]!.title || t('preview.untitled'), from }
    const prepared = await prepare(
      file,
      from,
      own.map(({ kind }) => kind),
    )
    if (typeof prepared === 'string') brought.refused.push({ ...named, why: prepared })
    else brought.files.push({ ...named, id: crypto.randomUUID(), prepared })
  }
  return brought
}
