/** No text that people write goes round its one form: not in an op, not in an act of staff, not in an import. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CampaignAnswer, CampaignDraft } from '@/domain/campaignDraft'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as cs from '../support/campaignSections'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'
import { registryOf } from './registryFixtures'
import * as vx from './videoFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

/** Parameters that hold no text that somebody writes and the database keeps. */
const NO_TEXT = new Set(
  `accept_invitation p_token|add_rendition p_file|add_insumo_file p_kind|add_insumo_file p_mime|add_insumo_file p_sha256|choose_mail p_choice
  |join_day p_folio|join_day p_secret|change_modality p_folio|change_modality p_secret|substitute_delegate p_folio|substitute_delegate p_secret|choose_reminders p_chosen|choose_reminders p_folio|choose_reminders p_secret
  |calendar_feed p_campaign|calendar_feed p_direct|calendar_feed p_hops|calendar_feed p_key|choose_calendar p_folio|choose_calendar p_key
  |choose_calendar p_nonce|choose_calendar p_secret|choose_push p_auth|choose_push p_endpoint|choose_push p_folio|choose_push p_p256dh
  |choose_push p_secret|keep_push_key p_key
  |settle_doubtful p_outcome|write_to_liaisons p_kind
  |keep_seat p_folio|keep_seat p_secret|release_colleague p_colleague|release_colleague p_folio|release_colleague p_secret
  |substitute_colleague p_colleague|substitute_colleague p_folio|substitute_colleague p_secret
  |choose_mail p_token|create_convocatoria p_kind|door_list p_known|import_campaign p_classes|import_campaign p_files
  |invite_first_admin p_email|invite_staff p_email|invite_staff p_role|keep_signing_keys p_keys|list_bodies p_within|list_quarantine p_after|list_log p_after|list_log p_area|list_log p_folio|list_log p_kind|list_registrations p_after|list_registrations p_status|list_registry p_within|list_set_apart p_after|list_sorted p_after
  |issue_constancia p_secret
  |mail_standing p_token|open_file p_bucket|open_file p_name|open_folio p_folio|open_folio p_secret|open_invitation p_token|open_preview p_token
  |preview_import p_document|published_propuestas p_after|published_videos p_after|published_videos p_pillar|published_videos p_municipality|published_videos p_sector|public_videos p_objects|pull_changes pulls|record_mail_event p_event|recover_links p_code
  |recover_links p_email|recover_links p_seed|redeem_invitation p_token|report_missing_body p_class
  |support_propuesta p_folio|support_propuesta p_secret|support_propuesta p_notice_hash|support_propuesta p_locale|support_propuesta p_consented_at
  |report_missing_body p_municipality|request_link_code p_email|resolve_report p_outcome|review_queue p_after|review_queue p_filter
  |review_queue p_kind|review_queue p_states|save_section p_section|settle_file_job p_error
  |settle_file_job p_result|settle_file_job p_work|settle_constancias p_key|settle_constancias p_signed|settle_passes p_signed|settle_mail p_error|settle_revocations p_hash|settle_revocations p_signature|settle_revocations p_text|take_constancias p_key|settle_media_job p_error|settle_media_job p_result
  |settle_mail p_outcome
  |log_proof p_folio|log_proof p_secret|settle_log_head p_signature|settle_log_head p_text|take_log_head p_key
  |published_propuesta p_folio|find_propuestas p_words|find_propuestas p_part|find_propuestas p_municipality|find_propuestas p_sector|find_propuestas p_order
  |find_propuestas p_seed|find_propuestas p_after|settle_hold p_outcome|settle_edition_work p_work|settle_edition_work p_files
  |settle_edition_work p_error|note_followup p_state|own_comments p_folio|own_comments p_secret
  |own_captions p_folio|own_captions p_secret|open_own_video p_folio|open_own_video p_secret|caption_own_video p_folio|caption_own_video p_secret|answer_followup p_folio|answer_followup p_secret
  |remove_survey_text p_text|use_recovery_code p_code
  |guardian_request p_token|open_guardian_video p_token|guardian_answer p_token|guardian_answer p_answer|confirm_minor p_how`
    .split('|')
    .map((one) => one.trim()),
)

interface Source {
  schema: string
  fn: string
  source: string
  names: (string | null)[]
  texts: (string | null)[]
}

/** The arguments of the call whose open parenthesis stands before `from`. */
function argumentsAt(source: string, from: number): string[] {
  const parts = ['']
  for (let at = from, depth = 0; at < source.length; at++) {
    const sign = source[at]!
    if (sign === '(') depth++
    if (sign === ')' && depth-- === 0) break
    if (sign === ',' && depth === 0) parts.push('')
    else parts[parts.length - 1] += sign
  }
  return parts.map((part) => part.trim())
}

/** Whether the function, or one that it gives the parameter to, takes the parameter in its only form. */
function isCanonical(all: readonly Source[], fn: string, name: string): boolean {
  return all
    .filter((one) => one.fn === fn)
    .some(({ source }) => {
      if (new RegExp(`app\\.(canon|canon_json|tidied)\\((coalesce\\()?${name}\\b`).test(source)) return true
      return [...source.matchAll(/app\.(\w+)\(/g)].some(([call, callee]) => {
        const place = argumentsAt(source, source.indexOf(call!) + call!.length).indexOf(name)
        const inner = all.find((one) => one.schema === 'app' && one.fn === callee)?.names[place]
        return place >= 0 && !!inner && !(callee === fn && inner === name) && isCanonical(all, callee!, inner)
      })
    })
}

test('every function for clients takes each text that it keeps in its only form', async () => {
  const { rows } = await db.pool.query<Source>(
    `select p.pronamespace::regnamespace::text as schema, p.proname as fn, p.prosrc as source,
       coalesce(p.proargnames, '{}') as names, array(select p.proargnames[a.place]
         from unnest(p.proargtypes::oid[]) with ordinality a (type, place)
         where a.type = any (array['text', 'text[]', 'jsonb', 'json']::regtype[]::oid[])) as texts
     from pg_proc p where p.pronamespace in ('app'::regnamespace, 'public'::regnamespace)`,
  )
  const given = rows.flatMap(({ schema, fn, texts }) =>
    schema === 'public' ? texts.map((name) => [fn, name] as const) : [],
  )
  const round = given.filter(([fn, name]) => name && !isCanonical(rows, fn, name))
  expect(round.map((pair) => pair.join(' ')).sort()).toEqual([...NO_TEXT].sort())
  expect(given.filter(([, name]) => !name).map(([fn]) => fn)).toEqual(['apply_ops'])
  expect(rows.find(({ fn }) => fn === 'parse_op')!.source).toContain('app.canon_json(v_op.payload)')
})

/** The columns that these acts write such a text to. */
const WRITTEN =
  `accessibility_needs.need body_classes.name body_import_changes.after body_liaisons.name body_liaisons.phone body_liaisons.post
    campaign_sections.data contacts.display_name convocatoria_events.changes convocatoria_events.reason convocatorias.question
    convocatorias.summary convocatorias.title convocatorias.what_happens_next convocatorias.who_decides holidays.name
    imported_campaigns.institution institution.contact institution.help_text institution.name institution.short_name
    institution.transparency_unit institution_events.changes insumos.body insumos.summary insumos.title jornada_changes.after
    jornada_changes.reason jornada_groups.name jornadas.accessibility jornadas.address jornadas.place jornadas.speaker
    jornadas.speaker_post jornadas.title mail_queue.body milestones.title missing_bodies.name notices.consents notices.full_form
    notices.simplified notices.title parts.answered_by parts.body parts.number parts.title pillars.hint pillars.title propuestas.body
    registrations.post renewal_drafts.data review_events.message staff_events.name staff_invitations.name strategy_versions.data
    sujetos_obligados.acronym sujetos_obligados.name surveys.questions topics.title video_campaigns.medium video_campaigns.rubric videos.captions videos.summary
    videos.title videos.transcript`.split(/\s+/)

/** A text as a bad keyboard sends it. `CLEAN` stands in every text that became of one. */
const CLEAN = 'limpió'
const dirty = (text: string) => `\u200b${text} \u202elimpio\u0301\u202c\u0007\ufffc`
const TEXTS =
  /^(title|summary|question|who_decides|what_happens_next|label|source|note|body|answered_by|hint|medium|name|speaker|speaker_post|place|address|accessibility|heading|text|number)$/
const soil = (value: unknown, key = ''): unknown => {
  if (Array.isArray(value))
    return value.map((one) => soil(one, /^(paragraphs|simplified)$/.test(key) ? 'text' : ''))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, soil(one, name)]))
  return typeof value === 'string' && value !== '' && TEXTS.test(key) ? dirty(value) : value
}
const asCoordinator = (fn: string, args: object) =>
  callAs(db, fx.coordinator, fn, args as Record<string, unknown>)
const applied = async (
  kind: Parameters<typeof fx.op>[0],
  id: string,
  payload: object,
  rest: object,
  actor = anon,
) => expect(await fx.applyOne(db, actor, fx.op(kind, id, payload, rest))).toMatchObject({ status: 'applied' })

async function citizensWrite() {
  const one = await fx.submit(db, {
    body: dirty('Una propuesta bastante larga.'),
    display_name: dirty('Ana'),
  })
  await fx.decide(db, fx.moderator, one.id, 'request_correction', { message: dirty('Aclara.') })
  const { version } = (await fx.openFolio(db, one.row.folio, one.secret)) as { version: number }
  await applied(
    'propuesta.correct',
    one.id,
    { part_id: fx.ACTION, helps: 'no', body: dirty('Otra propuesta bastante larga.') },
    { secret: one.secret, expected_version: version },
  )
  const captured = {
    channel: 'paper',
    capture_id: randomUUID(),
    body: dirty('Una propuesta escrita en papel.'),
  }
  const handed = { ...(await fx.propuesta(db)), ...captured, display_name: dirty('Luz') }
  await applied('propuesta.enter', randomUUID(), handed, {}, fx.moderator)
  const texts = { title: dirty('Título'), summary: dirty('Resumen'), transcript: dirty('Hola') }
  await vx.submitVideo(db, texts)
  const mute = await vx.submitVideo(db, { transcript: null })
  await applied(
    'video.transcribe',
    mute.id,
    { transcript: dirty('Hola') },
    { expected_version: 1 },
    fx.moderator,
  )
  const cues = [{ at: 0, to: 900, text: dirty('Hola') }]
  await applied('video.caption', mute.id, { cues }, { expected_version: 2 }, fx.moderator)
  await jx.setDay(db, jx.DAY, 100)
  await jx.register(db, {
    display_name: dirty('Luz'),
    post: dirty('Titular'),
    accessibility: dirty('Rampa'),
    consents: [{ key: 'accessibility', granted: true }],
  })
  await callAs(db, anon, 'report_missing_body', { p_name: dirty('Instituto nuevo') })
}

async function staffWrite() {
  const { rows } = await db.pool.query<Record<string, unknown>>(
    `select j.* from app.jornadas j where j.id = $1`,
    [jx.DAY],
  )
  const day = rows[0]!
  const payload = {
    on_day: null,
    starts_at: null,
    ends_at: null,
    modality: day['modality'],
    capacity: 100,
    ...Object.fromEntries(
      ['place', 'speaker', 'speaker_post', 'address', 'accessibility'].map((key) => [key, dirty(key)]),
    ),
    link: null,
    reason: dirty('Obras'),
  }
  await applied('jornada.reschedule', jx.DAY, payload, { expected_version: day['sequence'] }, fx.coordinator)
  await callAs(db, fx.admin, 'invite_staff', {
    p_email: 'x@correo.mx',
    p_name: dirty('Sol'),
    p_role: 'moderator',
  })
  const { version, data } = (await callAs(db, fx.admin, 'institution_settings', {})) as {
    version: number
    data: object
  }
  const texts = Object.fromEntries(
    ['name', 'short_name', 'phone', 'address', 'hours', 'transparency_unit', 'help_text'].map((key) => [
      key,
      dirty('x'),
    ]),
  )
  await callAs(db, fx.admin, 'save_institution', {
    p_expected_version: version,
    p_data: { ...data, ...texts },
  })
  await callAs(db, fx.admin, 'save_holidays', {
    p_expected_version: version + 1,
    p_days: JSON.stringify([{ day: '2036-01-01', name: dirty('Año') }]),
  })
  const registry = registryOf(db)
  const liaison = { name: dirty('Eva'), post: dirty('Titular'), email: null, phone: dirty('1') }
  await asCoordinator('save_body', {
    p_id: randomUUID(),
    p_expected_version: 0,
    p_data: {
      name: dirty('Uno'),
      acronym: dirty('U'),
      class_key: 'sindicato',
      municipality: null,
      domains: [],
      liaison,
    },
  })
  await registry.importRows([{ name: dirty('Dos'), acronym: dirty('D') }])
  const { version: p_expected, classes } = (await registry.list()) as unknown as {
    version: number
    classes: object[]
  }
  await asCoordinator('save_classes', {
    p_classes: JSON.stringify([...classes, { key: null, name: dirty('Clase'), retired: false }]),
    p_expected,
  })
}

async function campaignsAreWritten() {
  for (const kind of ['propuestas', 'videos', 'jornadas'] as const) {
    const { id } = (await asCoordinator('create_convocatoria', {
      p_id: randomUUID(),
      p_kind: kind,
    })) as CampaignAnswer
    for (const [section, data] of Object.entries(soil(cs.wholeCampaign(kind)) as Record<string, object>))
      await asCoordinator('save_section', {
        p_id: id,
        p_section: section,
        p_expected_version: 0,
        p_data: data,
      })
    const { revision } = (await asCoordinator('convocatoria_draft', { p_id: id })) as CampaignDraft
    const published = (await asCoordinator('publish_convocatoria', { p_id: id, p_revision: revision })) as {
      version: number
    }
    if (kind === 'videos')
      await asCoordinator('withdraw_convocatoria', { p_id: id, p_reason: dirty('Error') })
    expect(published).toMatchObject({ published: true })
  }
  await asCoordinator('save_renewal', {
    p_id: fx.OPEN,
    p_version: 0,
    p_data: { parts: [{ id: fx.ACTION, change: 'same', findings: [], why: dirty('Nadie lo pidió') }] },
  })
  const document = {
    schema: 1,
    kind: 'videos',
    sections: soil(cs.wholeCampaign('videos')),
    institution: { name: dirty('Otro') },
  }
  await asCoordinator('import_campaign', { p_id: randomUUID(), p_document: document })
}

test('whatever people write is kept in its only form, and every table of texts was written to', async () => {
  await citizensWrite()
  await staffWrite()
  await campaignsAreWritten()
  const { rows: columns } = await db.pool.query<{ t: string; c: string }>(
    `select c.relname as t, a.attname as c from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'app'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
       and a.atttypid in ('text'::regtype, 'jsonb'::regtype, 'text[]'::regtype)`,
  )
  const written: string[] = []
  for (const { t, c } of columns) {
    const value = `to_jsonb(x.${c})`
    const { rows } = await db.pool.query<{ odd: string | null; written: boolean }>(
      `select (array_agg(x.${c}::text) filter (where app.canon_json(${value}, true) <> ${value}))[1] as odd,
         coalesce(bool_or(x.${c}::text like '%${CLEAN}%'), false) as written from app.${t} x`,
    )
    expect([t, c, rows[0]!.odd]).toEqual([t, c, null])
    if (rows[0]!.written) written.push(`${t}.${c}`)
  }
  expect(written.sort()).toEqual(WRITTEN)
})
