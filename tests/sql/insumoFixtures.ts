/** Fixtures of the tests of files of insumos: what editors, storage and the function verify-files do. */
import { randomUUID } from 'node:crypto'
import type { CampaignAnswer, CampaignDraft } from '@/domain/campaignDraft'
import type { FileJob, InsumoFile } from '@/domain/insumo'
import * as cs from '../support/campaignSections'
import { type Actor, asActor, callAs, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'

const SHA = 'a'.repeat(64)
const HOUR = 3_600_000

const INSERT = `insert into storage.objects (bucket_id, name, version, metadata) values ('insumos-intake', $1, $2, $3)`
/** What verify-files finds in a file as it was announced. */
export const FOUND = { bytes: 5000, sha256: SHA, mime: 'application/pdf', refusal: null, facts: {} }

export const itemOf = (file: string | null, change: object = {}) => ({
  id: randomUUID(),
  kind: 'pdf',
  title: 'Diagnóstico',
  summary: 'De qué trata.',
  body: 'El resumen.',
  source: 'Instituto',
  file,
  licence: 'cc-by-4.0',
  ...change,
})

/** The code of a refusal, or `ok`. */
export const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: { message: string }) => error.message,
  )

/** The acts on a database. */
export function actsOn(db: () => TestDatabase) {
  const later = (hours: number) => fx.setClock(db(), new Date(Date.now() + hours * HOUR).toISOString())
  const create = async () =>
    (
      (await callAs(db(), fx.coordinator, 'create_convocatoria', {
        p_id: randomUUID(),
        p_kind: 'propuestas',
      })) as CampaignAnswer
    ).id
  const add = (campaign: string, change: object = {}, actor: Actor = fx.coordinator) =>
    callAs(db(), actor, 'add_insumo_file', {
      p_convocatoria: campaign,
      p_id: randomUUID(),
      p_kind: 'pdf',
      p_mime: 'application/pdf',
      p_bytes: 5000,
      p_sha256: SHA,
      ...change,
    }) as Promise<InsumoFile>

  /** The insert that storage makes when an upload begins and when it ends. */
  const upload = (actor: Actor, name: string, change: object = {}) =>
    asActor(db(), actor, async (client) => {
      await client.query(`select set_config('storage.operation', 'storage.tus.upload.create', true)`)
      await client.query(INSERT, [
        name,
        randomUUID(),
        { contentLength: 5000, size: 5000, mimetype: 'application/pdf', ...change },
      ])
    })
  const canRead = (actor: Actor, name: string) =>
    callAs(db(), actor, 'open_file', { p_bucket: 'insumos-intake', p_name: name }).then(
      () => true,
      () => false,
    )
  const take = async () => (await callAs(db(), service, 'take_file_jobs', { p_limit: 20 })) as FileJob[]
  const settle = (id: string, work: string, result: object | null = null, error: string | null = null) =>
    callAs(db(), service, 'settle_file_job', { p_id: id, p_work: work, p_result: result, p_error: error })
  /** Takes and settles all that is due, and tells what it was. */
  async function work(found: object = FOUND): Promise<string[]> {
    const jobs = await take()
    for (const job of jobs) await settle(job.id, job.work, job.work === 'verify' ? found : null)
    return jobs.map((job) => job.work)
  }
  const markUnused = () => db().pool.query('select app.mark_unused_files()')
  const fileOf = async (id: string) =>
    (await db().pool.query<Record<string, unknown>>('select * from app.insumo_files where id = $1', [id]))
      .rows[0]

  async function save(campaign: string, items: object[]): Promise<string[]> {
    const { revision: _, ...draft } = (await callAs(db(), fx.coordinator, 'convocatoria_draft', {
      p_id: campaign,
    })) as CampaignDraft
    const version = draft.sections.find(({ section }) => section === 'insumos')!.version
    const answer = (await callAs(db(), fx.coordinator, 'save_section', {
      p_id: campaign,
      p_section: 'insumos',
      p_expected_version: version,
      p_data: { items },
    })) as { problems: { field: string; code: string; level: string }[] }
    return answer.problems.map(
      ({ field, code, level }) => `${field.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/u, 'ID')} ${code} ${level}`,
    )
  }
  async function publish(campaign: string) {
    const { revision } = (await callAs(db(), fx.coordinator, 'convocatoria_draft', {
      p_id: campaign,
    })) as CampaignDraft
    return callAs(db(), fx.coordinator, 'publish_convocatoria', { p_id: campaign, p_revision: revision })
  }
  /** A file that storage has and that was verified. */
  async function verified(campaign: string): Promise<string> {
    const { id } = await add(campaign)
    await upload(fx.coordinator, id)
    if ((await work()).join() !== 'verify') throw new Error('the file was not verified')
    return id
  }
  async function publishedWithFile() {
    const campaign = await create()
    const { insumos: _, ...others } = cs.wholeCampaign('propuestas')
    for (const [section, data] of Object.entries(others))
      await callAs(db(), fx.coordinator, 'save_section', {
        p_id: campaign,
        p_section: section,
        p_expected_version: 0,
        p_data: data,
      })
    const file = await verified(campaign)
    const item = itemOf(file)
    await save(campaign, [item])
    await publish(campaign)
    return { campaign, file, item }
  }
  return {
    later,
    create,
    add,
    upload,
    canRead,
    take,
    settle,
    work,
    markUnused,
    fileOf,
    save,
    publish,
    publishedWithFile,
    verified,
  }
}
