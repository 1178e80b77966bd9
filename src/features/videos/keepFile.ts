import type { ChosenFile } from '@/media/clean'
import type { CopyOptions } from '@/media/copy'
import type { FoundVideo } from './film/lookInto'

/** Keeps a clean file on this phone. Resolves when the person may leave. A failure leaves nothing of it behind. */
export type KeepFile = (file: ChosenFile, found: FoundVideo, options: CopyOptions) => Promise<void>
