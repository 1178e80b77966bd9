/**
 * The registrations of the demonstration: full days with waiting lists, days that people gave back, freed seats that
 * were offered and accepted, and days that the institution changed. Nobody attended yet, because the days lie ahead.
 */
import type { JornadaDetails, RegistrationContent } from '@/features/jornadas/registration'
import { announceChanges } from './dayChanges'
import { note, openCampaign, type OpenCampaign, opOf, type Row, sharedPayload, spread } from './campaign'
import { DEMO_STAFF } from '../keys'
import { inviteLiaisons } from './liaisons'
import { idOf, type NewOp, type Phone, secretOf } from './phone'
import { readSample } from './samples'

interface Samples {
  count: number
  first_names: string[]
  /** Words for «sample», so that no real person has the name. */
  surnames: string[]
  posts: string[]
  needs: string[]
  /** Which days of the group each person asks for, by position from 1. */
  days_by_group: number[][][]
}

interface Body {
  id: string
  class_key: string
}

export interface Registration {
  key: string
  body: string
  days: string[]
  name: string
  post: string
  need: string | null
}

/** Every how many registrations one cancels its first day, and which of them. */
const [CANCELS_EVERY, CANCELS_AT] = [7, 1]
/** Every how many registrations one is of somebody unconfirmed, and which of them. */
const [UNCONFIRMED_EVERY, UNCONFIRMED_AT] = [12, 6]
/** Every how many registrations one names a need. */
const NEEDS_EVERY = 17
/** Who registers two colleagues too, and in whose place somebody else attends. */
const [LIAISON, SUBSTITUTED] = ['r002', 'r004']

export async function sendRegistrations(phone: Phone): Promise<void> {
  const campaign = await openCampaign<JornadaDetails>(phone, 'jornadas')
  if (!campaign) return
  const { items } = await phone.post<{ items: Body[] }>('/rest/v1/rpc/list_bodies', {})
  const registrations = registrationsOf(campaign, items)
  const times = spread(campaign, registrations.length)
  const submits = registrations.map((one, index) => submitOf(campaign, one, times[index]!))
  const rows = new Map<string, Row>()
  note(rows, registrations, await phone.send(submits))
  await confirmByTelephone(phone, registrations)
  const cancels = registrations
    .filter((_, index) => index % CANCELS_EVERY === CANCELS_AT)
    .map(({ key, days }) =>
      opOf(key, 'cancel', { kind: 'registration.cancel_day', payload: { jornada_id: days[0] } }),
    )
  await phone.send(cancels)
  await acceptOffers(phone, rows)
  await substitute(phone, rows.get(SUBSTITUTED), registrations.at(-2)!)
  const [firstGroup] = campaign.details.groups
  const days = campaign.details.jornadas.filter(({ group_id }) => group_id === firstGroup?.id)
  const kept = registrations.filter((_, index) => index % CANCELS_EVERY !== CANCELS_AT)
  await announceChanges(phone, days, kept)
  const registered = new Set(registrations.map(({ body }) => body))
  const silent = items.filter(
    ({ id, class_key }) => firstGroup!.class_keys.includes(class_key) && !registered.has(id),
  )
  await inviteLiaisons(phone, firstGroup!.id, silent)
}

/** Staff spoke with most people. The seats of the others are held for a time, and show how that looks. */
async function confirmByTelephone(phone: Phone, registrations: Registration[]): Promise<void> {
  const token = await phone.signIn(DEMO_STAFF)
  const ops = registrations
    .filter((_, index) => index % UNCONFIRMED_EVERY !== UNCONFIRMED_AT)
    .map(({ key }) => {
      const { secret: _, ...op } = opOf(key, 'confirm', { kind: 'registration.confirm', payload: {} })
      return op
    })
  await phone.send(ops, token)
}

/** The people, half of each group: their bodies, days, names and posts rotate through the samples. */
function registrationsOf({ details }: OpenCampaign<JornadaDetails>, bodies: Body[]): Registration[] {
  const samples = JSON.parse(String(readSample('registrations.json'))) as Samples
  const at = <T>(list: T[], index: number) => list[index % list.length]!
  return Array.from({ length: samples.count }, (_, index) => {
    const group = at(details.groups, index)
    const turn = Math.floor(index / details.groups.length)
    const eligible = bodies.filter(({ class_key }) => group.class_keys.includes(class_key))
    const positions = at(at(samples.days_by_group, index), turn)
    const days = details.jornadas.filter(({ group_id }) => group_id === group.id)
    return {
      key: `r${String(index + 1).padStart(3, '0')}`,
      body: at(eligible, turn * 7).id,
      days: positions.map((position) => days[position - 1]!.id),
      name: `${at(samples.first_names, index)} ${at(samples.surnames, index * 5)} ${at(samples.surnames, turn * 3 + 1)}`,
      post: at(samples.posts, turn * 3),
      need: index % NEEDS_EVERY === 0 ? at(samples.needs, index / NEEDS_EVERY) : null,
    }
  })
}

/** Two people of another registration's names, in sample addresses. */
const colleaguesOf = (name: string, post: string) =>
  ['a', 'b'].map((letter) => ({
    display_name: `${name} ${letter.toUpperCase()}`,
    post,
    email: `${LIAISON}${letter}@demo.example`,
  }))

/** Somebody else of the body attends instead, as its private link asks for. */
async function substitute(phone: Phone, row: Row | undefined, { name, post }: Registration): Promise<void> {
  if (!row) return
  const p_data = { id: idOf('substitute'), display_name: name, post, email: 'suplente@demo.example' }
  await phone.post('/rest/v1/rpc/substitute_delegate', {
    p_folio: row.folio,
    p_secret: secretOf(SUBSTITUTED),
    p_data,
  })
}

function submitOf(
  campaign: OpenCampaign<JornadaDetails>,
  { key, body, days, name, post, need }: Registration,
  at: string,
): NewOp {
  const payload = {
    ...sharedPayload(campaign, { key, name, granted: () => need !== null }, at),
    body_id: body,
    jornada_ids: days,
    online_ids: campaign.details.jornadas.flatMap(({ id, online }) =>
      online && days.includes(id) && idOf(`online:${key}`) < '8' ? [id] : [],
    ),
    ...(key === LIAISON && { colleagues: colleaguesOf(name, post) }),
    post,
    accessibility: need,
  }
  return opOf(key, 'submit', { kind: 'registration.submit', v: 2, payload, captured_at: at })
}

/** About half of the people to whom a freed seat was offered accept it, the same ones at every start. The others may. */
async function acceptOffers(phone: Phone, rows: Map<string, Row>): Promise<void> {
  const offers: { key: string; jornada: string }[] = []
  for (const [key, { folio }] of rows) {
    const request = { p_folio: folio, p_secret: secretOf(key) }
    const row = await phone.post<{ content: RegistrationContent }>('/rest/v1/rpc/open_folio', request)
    const offered = row.content.seats.filter(({ status }) => status === 'offered')
    offers.push(...offered.map(({ jornada_id }) => ({ key, jornada: jornada_id })))
  }
  const accepts = offers
    .filter(({ key }) => idOf(`accepts:${key}`) < '8')
    .map(({ key, jornada }) =>
      opOf(key, `accept:${jornada}`, { kind: 'registration.accept_offer', payload: { jornada_id: jornada } }),
    )
  await phone.send(accepts)
}
