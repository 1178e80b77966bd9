/** The screens of the studio: the list, a new campaign, each section of each kind, publishing, import, and errors. */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { ed25519 } from '@noble/curves/ed25519.js'
import { bytesToHex } from '@noble/curves/utils.js'
import { expect, type Page } from '@playwright/test'
import canonicalize from 'canonicalize'
import type { PortableFile } from '@/domain/portableCampaign'
import { makeMember, signIn } from '../staffSteps'
import { button, heading, link } from '../steps'
import { board, campaigns, people, portable, propuestasStaff, staff } from '../words'
import type { Tour } from './tour'

const SECTIONS = {
  propuestas: ['textos', 'fechas', 'estrategia', 'insumos', 'aviso', 'publicar'],
  videos: ['pilares', 'video'],
  jornadas: ['grupos', 'jornadas'],
} as const

/** The file that the page exports, as another project would have signed it. */
async function exportedElsewhere(page: Page): Promise<Buffer> {
  const downloading = page.waitForEvent('download')
  await button(page, portable('export.make')).click()
  const {
    signature: _,
    files,
    ...content
  } = JSON.parse(await readFile(await (await downloading).path(), 'utf8')) as PortableFile
  const seed = randomBytes(32)
  const signed = { ...content, public_key: bytesToHex(ed25519.getPublicKey(seed)) }
  const signature = ed25519.sign(Buffer.from(canonicalize(signed)!), seed)
  return Buffer.from(JSON.stringify({ ...signed, files, signature: bytesToHex(signature) }))
}

async function showImport({ show }: Tour, page: Page, open: (path: string) => Promise<void>, id: string) {
  await open(`/equipo/campanas/${id}?seccion=publicar`)
  const buffer = await exportedElsewhere(page)
  await open('/equipo/campanas/importar')
  await heading(page, portable('import.title')).waitFor()
  await page
    .locator('#campaign-file')
    .setInputFiles({ name: 'campana.json', mimeType: 'application/json', buffer })
  await page.getByText(portable('signer.unknown_title')).waitFor()
  await button(page, portable('import.create')).click()
  await page.getByText(portable('import.not_ready')).waitFor()
  await show('equipo-campana-importar', page)
}

export async function tourCampaigns(tour: Tour): Promise<void> {
  const { network, database, campaign } = tour
  const coordinator = await makeMember(database, 'Carla Coordina', 'coordinator')
  const { page, open, offline, close } = await tour.phone()
  await signIn(page, network.origin, coordinator)
  await link(page, people('nav.campaigns')).click()
  await page.getByRole('link', { name: campaign.title }).first().waitFor()
  await tour.show('equipo-campanas', page)
  await link(page, campaigns('list.board')).first().click()
  await heading(page, board('days.title')).waitFor()
  await button(page, board('table.show')).first().click()
  await tour.show('equipo-campana-tablero', page)
  await link(page, people('nav.campaigns')).click()
  await link(page, campaigns('list.new')).click()
  await button(page, campaigns('new.create')).click()
  await page.getByText('Elige el tipo de campaña.').waitFor()
  await tour.show('equipo-campana-nueva-error', page)
  await page.getByRole('radio', { name: propuestasStaff('campaign') }).check()
  await button(page, campaigns('new.create')).click()
  await page.locator('#title').waitFor()
  const draft = page.url().replace(/\?.*$/u, '')
  await page.goto(`${draft}?seccion=publicar`)
  await page
    .getByText(/faltan? \d+ cosas?/iu)
    .first()
    .waitFor()
  await tour.show('equipo-campana-borrador', page)

  const { rows } = await database.query<{ id: string; kind: keyof typeof SECTIONS }>(
    `select id, kind from app.convocatorias where published and opens_at > now() - interval '1 year' order by opens_at desc`,
  )
  for (const [kind, sections] of Object.entries(SECTIONS)) {
    const { id } = rows.find((row) => row.kind === kind)!
    for (const section of sections) {
      await open(`/equipo/campanas/${id}?seccion=${section}`)
      await page.locator(`#section-${section}`).waitFor()
      await tour.show(`equipo-campana-${section}`, page)
    }
  }
  const { id } = rows.find((row) => row.kind === 'propuestas')!
  await showImport(tour, page, open, id)
  const address = `/equipo/campanas/${id}`
  await open(address)
  await page.getByRole('navigation', { name: campaigns('studio.sections') }).waitFor()
  await tour.show('equipo-campana-secciones', page)
  await open(`${address}?seccion=aviso`)
  await button(page, campaigns('notice.write')).click()
  await page.locator('#simplified').waitFor()
  await tour.show('equipo-campana-aviso-nuevo', page)
  const changeByOther = async () =>
    (
      await database.query(
        `update app.campaign_sections set version = version + 1, data = '{"notice_id": null}'
         where convocatoria_id = $1 and section = 'aviso'`,
        [address.split('/').at(-1)],
      )
    ).rowCount
  await expect.poll(changeByOther).toBe(1) // once the studio has saved it
  await page.locator('#notice-title').fill('Otro aviso')
  await page.getByText(campaigns('conflict.title')).first().waitFor()
  await tour.show('equipo-campana-conflicto', page)
  await button(page, staff('both.keep_theirs')).click()
  await offline(true)
  await open(address).catch(() => undefined)
  await page.getByText(campaigns('studio.offline')).waitFor()
  await tour.show('equipo-campana-sin-conexion', page)
  await heading(page, campaigns('list.title')).waitFor()
  await close()
}
