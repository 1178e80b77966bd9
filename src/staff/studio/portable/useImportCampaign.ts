/** Importing a campaign in steps: the file, what it brings, the draft. */
import { computed, ref, shallowRef } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import type { PortableFile, PortablePreview, PortableText } from '@/domain/portableCampaign'
import { attemptsOf } from '../../attempt'
import { listStaffKinds } from '../../kinds'
import { type Brought, readFiles } from './importFiles'
import { readPortable } from './portableFile'
import { rememberImport, type UnfinishedImport, unfinishedImport } from './unfinished'
import { failureText } from './words'

/** The choice that leaves a class out; no class has this key. */
export const LEFT_OUT = '-'

interface Opened {
  file: PortableFile
  preview: PortablePreview
  /** Whether this project made the key that signed the file. */
  isOwn: boolean
  brought: Brought
}

async function openFile(chosen: File): Promise<Opened> {
  const file = await readPortable(
    chosen,
    listStaffKinds().map(({ kind }) => kind),
  )
  const [preview, { signing_keys = [] }] = await Promise.all([
    answerOf(supabase.rpc('preview_import', { p_document: textOf(file) })),
    answerOf(supabase.rpc('bootstrap')),
  ])
  const isOwn = signing_keys.some(({ public_key }) => public_key === file.public_key)
  return { file, preview, isOwn, brought: await readFiles(file) }
}

/** What the server gets: the signature was verified here, and the server trusts no part of the file anyway. */
function textOf(file: PortableFile): PortableText {
  const { schema, kind, sections, classes, institution, exported_at } = file
  return { schema, kind, sections, classes, institution, exported_at }
}

/** What the person decides about a file. */
const createState = () => ({
  opened: shallowRef<Opened | null>(null),
  /** Class here by class in the file; null until the person chooses. */
  matches: ref<Record<string, string | null>>({}),
  trusts: ref(false),
  again: ref(false),
  isBusy: ref(false),
  problem: ref(''),
  /** Of the draft: one for each file, so that a call whose answer was lost makes no second draft. */
  id: ref(''),
  /** Whether the draft exists and its files are on their way. */
  isMade: ref(false),
})
type State = ReturnType<typeof createState>

/** The file with the ids of an earlier import of it, whose draft names no other files. */
const continued = (next: Opened, { files }: UnfinishedImport): Opened => ({
  ...next,
  brought: {
    ...next.brought,
    files: next.brought.files.flatMap((file) => {
      const own = files[file.from]
      return own === undefined ? [] : [{ ...file, id: own }]
    }),
  },
})

async function open({ opened, matches, trusts, again, id, isMade }: State, chosen: File) {
  opened.value = null
  const next = await openFile(chosen)
  matches.value = Object.fromEntries(next.preview.unknown_classes.map((key) => [key, null]))
  trusts.value = next.isOwn
  again.value = false
  const begun = unfinishedImport(next.file.signature, next.preview.imported)
  id.value = begun?.id ?? crypto.randomUUID()
  opened.value = begun ? continued(next, begun) : next
  isMade.value = begun !== null
}

const argumentsOf = ({ opened, matches, again, id }: State) => ({
  p_id: id.value,
  p_document: textOf(opened.value!.file),
  p_classes: Object.fromEntries(Object.entries(matches.value).map(([key, own]) => [key, own ?? LEFT_OUT])),
  p_again: again.value,
  p_files: Object.fromEntries(opened.value!.brought.files.map(({ from, id: own }) => [from, own])),
})

/** `done` runs with the id of a draft that has no files to send. */
export function useImportCampaign(done: (id: string) => Promise<unknown>) {
  const state = createState()
  const { opened, matches, trusts, again, id } = state
  const attempt = attemptsOf(state, failureText)
  /** The fields that the person has to decide before the draft is made, in their order on the screen. */
  const undecided = computed(() => [
    ...(trusts.value ? [] : ['trust-signer']),
    ...(again.value || opened.value?.preview.imported.length === 0 ? [] : ['import-again']),
    ...Object.keys(matches.value).flatMap((key) => (matches.value[key] === null ? [`class-${key}`] : [])),
  ])
  return {
    ...state,
    undecided,
    choose: (chosen: File) => attempt(() => open(state, chosen)),
    write: () =>
      attempt(async () => {
        const sent = argumentsOf(state)
        await answerOf(supabase.rpc('import_campaign', sent))
        const { file, brought } = opened.value!
        if (brought.files.length === 0) return void (await done(id.value))
        rememberImport({ signature: file.signature, id: id.value, files: sent.p_files })
        state.isMade.value = true
      }),
  }
}
